// A day at a gate, in Chinese and in English: set up by its own screens, the server killed, codes held in front of its camera.
import assert from "node:assert/strict";
import { join } from "node:path";
import { holder } from "./faulty.mjs";
import { test } from "./fixtures.mjs";
import { FADE_MS, PASS_SHOWN_MS, answered, assertQuiet, gone, hold, next, opened, setUp } from "./gates.mjs";
import { authority, pictures, serve, shot } from "./support.mjs";

test.describe.configure({ timeout: 240_000 });

const ZHEJIANG = "330000";
const RULES = {
  "zh-CN": { forbidden: "黄码不可进入这类场所", mask: "日常健康监测期间须佩戴口罩", green: "互认", fever: "体温达到 37.3 ℃ 不可进入", proof: "以其他证明代替码" },
  en: { forbidden: "Yellow codes do not enter places of this kind", mask: "Under daily health monitoring a mask is required", green: "are recognised", fever: "Nobody enters with 37.3 °C", proof: "Another proof is accepted" },
};
const COUNTED = ["pass", "restricted", "stop", "invalid", "cannot-tell"];

/** The numbers of today, by outcome. */
async function counts({ page, say }) {
  await page.getByRole("button", { name: say("settings-open"), exact: true }).click();
  await page.locator(".counts dd").last().waitFor();
  const numbers = await page.locator(".counts dd").allTextContents();
  await page.getByRole("button", { name: say("settings-done") }).click();
  return Object.fromEntries(COUNTED.map((outcome, index) => [outcome, Number(numbers[index])]));
}

for (const locale of ["zh-CN", "en"]) {
  test(`five answers by camera, ${locale}`, async ({ t }) => {
    test.setTimeout(300_000);
    const [data, elsewhere] = [authority(t), authority(t, "other")];
    const server = await serve(t, data);
    const short = locale.slice(0, 2);
    const [green, yellow, monitored, unknown] = [
      holder(t, data), holder(t, data, { colour: "yellow" }), holder(t, data, { monitoring: true }), holder(t, elsewhere),
    ].map((person) => person.present());
    // With a clock far behind a code is dated by its credential.
    const over = holder(t, data, { validFor: 1 }).present("--at", "0");
    const gate = await opened(t, server.origin, locale);
    const { page, say } = gate;
    await setUp(gate, { kind: "school", province: ZHEJIANG, name: "第一小学" }, pictures && join(pictures, `gate-setup-${short}.png`));
    await server.stop();
    await page.reload();
    await page.locator("main.scan .place", { hasText: "第一小学" }).waitFor();
    await shot(page, `gate-scan-${short}`);

    // Yellow at a school: stop, whose data fade after five seconds and come back by a hand, and which goes by a hand only.
    await hold(gate, yellow);
    const stop = await answered(gate, "stop", [say("reason-place-forbidden"), say("remedy-place-forbidden")], {
      rule: RULES[locale].forbidden, beside: ["甲**", say("code-colour-yellow")], name: `gate-stop-${short}`, fits: true,
    });
    await page.clock.fastForward(FADE_MS);
    await stop.locator(".faded").waitFor();
    assert.doesNotMatch(await stop.textContent(), /甲/);
    await shot(page, `gate-faded-${short}`);
    await page.getByRole("button", { name: say("verdict-show-again") }).click();
    await page.clock.fastForward(FADE_MS);
    assert.match(await stop.textContent(), /甲\*\*/);
    await hold(gate);
    await next(gate);

    // The same gate becomes a mall. Under monitoring: in with a mask. A hand on the screen keeps what it says.
    await setUp(gate, { kind: "mall" });
    await hold(gate, monitored);
    const restricted = await answered(gate, "restricted", [say("reason-mask-required"), say("remedy-mask-required")], {
      rule: RULES[locale].mask, beside: ["甲**", say("code-colour-green"), say("verdict-monitoring")], name: `gate-restricted-${short}`, fits: true,
    });
    await restricted.dispatchEvent("pointerdown");
    await page.clock.fastForward(FADE_MS);
    assert.match(await restricted.textContent(), /甲\*\*/);
    await hold(gate);
    await next(gate);

    // A pass goes by itself, with what it says of a person.
    await hold(gate, green);
    await answered(gate, "pass", [say("verdict-pass-hint"), say("verdict-pass-remedy")], { rule: RULES[locale].green, beside: ["甲**"], name: `gate-pass-${short}`, fits: true });
    await gone(gate);
    await hold(gate);

    // Over, and from nobody known: nothing is said of a person, and both wait for a hand.
    for (const [code, outcome, reason] of [[over, "invalid", "expired"], [unknown, "cannot-tell", "unknown-key"]]) {
      await hold(gate, code);
      const remedy = say(`remedy-${reason}`, { layer: "credential" });
      const verdict = await answered(gate, outcome, [remedy], { absent: ["甲"], name: `gate-${outcome}-${short}` });
      await page.clock.fastForward(PASS_SHOWN_MS);
      assert.equal(await verdict.count(), 1);
      await hold(gate);
      await next(gate);
    }
    assert.deepEqual(await counts(gate), { pass: 1, restricted: 1, stop: 1, invalid: 1, "cannot-tell": 1 });

    // The gate was offline for three weeks: it says so, and tells nothing by data that old.
    await page.clock.setSystemTime(Date.now() + 21 * 86_400_000);
    await hold(gate, green);
    await answered(gate, "cannot-tell", [say("remedy-bundle-expired")], { absent: ["甲"], name: `gate-too-old-${short}` });
    await page.locator(".light.stale").nth(1).waitFor();
    assertQuiet(server.origin, gate);
  });

  test(`temperature, people without a code, strict, ${locale}`, async ({ t }) => {
    const data = authority(t);
    const server = await serve(t, data);
    const short = locale.slice(0, 2);
    const [one, two, three] = [holder(t, data), holder(t, data), holder(t, data)].map((person) => person.present());
    const gate = await opened(t, server.origin, locale);
    const { page, say } = gate;
    await setUp(gate, { kind: "museum", province: ZHEJIANG, switches: { temperature: true } });
    await server.stop();
    const type = async (digits) => {
      for (const digit of digits) await page.locator(".keypad").getByRole("button", { name: digit, exact: true }).click();
    };

    await hold(gate, one);
    await page.locator(".keypad").waitFor();
    await type("986");
    await page.getByText(say("temperature-refused")).waitFor();
    await shot(page, `gate-keypad-${short}`);
    await type("373");
    await answered(gate, "stop", [say("reason-temperature-high"), say("remedy-temperature-high")], { rule: RULES[locale].fever, name: `gate-fever-${short}`, fits: true });
    await hold(gate);
    await next(gate);
    await hold(gate, two);
    await page.locator(".keypad").waitFor();
    await type("368");
    await answered(gate, "pass", [], {});
    await gone(gate);
    await hold(gate);

    // Nothing but a piece of paper.
    await page.getByRole("button", { name: say("scan-no-code") }).click();
    await page.getByRole("button", { name: say("proof-paper-code") }).waitFor();
    await shot(page, `gate-proofs-${short}`);
    await page.getByRole("button", { name: say("proof-paper-code") }).click();
    await type("365");
    await answered(gate, "pass", [say("verdict-proof-hint"), say("verdict-proof-remedy")], { rule: RULES[locale].proof, name: `gate-proof-${short}`, fits: true });
    await gone(gate);
    assert.deepEqual(await counts(gate), { pass: 2, restricted: 0, stop: 1, invalid: 0, "cannot-tell": 0 });

    // Strict: no everyday code is enough, whatever the other switch says.
    await setUp(gate, { switches: { temperature: false, strict: true } });
    await page.locator(".challenge svg.qr").waitFor();
    await shot(page, `gate-strict-${short}`);
    await hold(gate, three);
    await answered(gate, "invalid", [say("reason-nonce-missing"), say("remedy-nonce-missing")], { absent: ["甲"], name: `gate-nonce-${short}` });
    await hold(gate);
    await next(gate);
    await page.getByRole("button", { name: say("settings-open"), exact: true }).click();
    const asking = page.locator("label.switch", { hasText: say("settings-challenge-hint") }).locator("input");
    assert.deepEqual([await asking.isChecked(), await asking.isDisabled()], [true, true]);
    assertQuiet(server.origin, gate);
  });
}
