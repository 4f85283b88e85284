// A family on one phone: the own pass, a child's and an elder's; each code read by the verifier, which says who shows it.
import assert from "node:assert/strict";
import { pictured, read } from "./codes.mjs";
import { gate as openGate, text } from "./faulty.mjs";
import { test } from "./fixtures.mjs";
import { gone } from "./gates.mjs";
import { least, sound } from "./looks.mjs";
import { apply, authority, browser, kept, restOfForm, serve, shot } from "./support.mjs";

test.describe.configure({ timeout: 240_000 });

const button = (page, name) => page.getByRole("button", { name, exact: true });

for (const [locale, elder] of [["zh-CN", false], ["en", false], ["zh-CN", true], ["en", true]]) {
  test(`own pass, a child's and an elder's (${locale}${elder ? ", elder mode" : ""})`, async ({ t }) => {
    const { origin } = await serve(t, authority(t));
    const { page, faults } = await browser(t, { locale });
    const say = (id, args) => text(locale, id, args);
    const looks = `${locale}${elder ? "-elder" : ""}`;
    const check = async (state) => {
      await sound(page, state);
      await shot(page, `people-${state}-${looks}`);
      const found = await least(page);
      assert.ok(found.text >= (elder ? 18 : 16) && found.target >= (elder ? 60 : 44), `${state}: ${JSON.stringify(found)}`);
    };
    const people = async () => {
      await button(page, say("rooms-open")).click();
      await button(page, say("room-people")).click();
      await page.locator("ul.passes").waitFor();
    };
    await page.goto(`${origin}/wallet/`);
    await apply(page);
    await page.locator("svg.qr").waitFor();
    await kept(page);
    if (elder) {
      await button(page, say("rooms-open")).click();
      await button(page, say("room-display")).click();
      await page.getByLabel(say("display-elder")).check();
      await button(page, say("rooms-back")).click();
      await button(page, say("rooms-back")).click();
    }
    await people();
    await check("alone");

    // A child under 14: the guardian's consent is a step of its own.
    await button(page, say("people-add-begin")).click();
    await page.getByLabel(say("relation-parent"), { exact: true }).check();
    await page.locator("input[name=new-sign][value=star]").check();
    await check("adding");
    await button(page, say("people-go-on")).click();
    await page.locator("#field-name").waitFor();
    await check("form");
    await page.locator("#field-name").fill("甲小宝");
    await page.locator("#field-document-number").fill("110105201501010025");
    await page.locator("#field-phone").fill("13800138000");
    await page.locator("button[type=submit]").click();
    await page.locator("#field-guardian").waitFor();
    await page.locator("button[type=submit]").click();
    await page.getByText(say("reason-guardian-consent-missing")).waitFor();
    await check("guardian");
    await page.locator("#field-guardian").check();
    await page.locator("button[type=submit]").click();
    await restOfForm(page);
    await page.locator("svg.qr").waitFor();
    await page.locator("p.several").getByText(say("whom-parent")).waitFor();
    await check("child");

    // An elder without a phone.
    await people();
    await button(page, say("people-add-begin")).click();
    await page.getByLabel(say("relation-child"), { exact: true }).check();
    await page.locator("input[name=new-sign][value=house]").check();
    await button(page, say("people-go-on")).click();
    await page.locator("#field-name").fill("乙老太");
    await page.locator("#field-document-number").fill("110105194001010034");
    await page.locator("#field-phone").fill("13800138000");
    await page.locator("button[type=submit]").click();
    await restOfForm(page);
    await page.locator("p.several").getByText(say("whom-child")).waitFor();

    // Each code is its person's, and the gate sees by whom it is shown.
    const gate = await browser(t, { locale });
    await openGate(gate.page, origin);
    for (const [whom, relation] of [["whom-self", null], ["whom-parent", "parent"], ["whom-child", "child"]]) {
      await people();
      await check("list");
      // By keyboard, as everything.
      await page.locator("ul.passes li > button").filter({ hasText: say(whom) }).focus();
      await page.keyboard.press("Enter");
      await page.locator("p.several").getByText(say(whom)).waitFor();
      const code = read(t, await pictured(page));
      await button(gate.page, say("scan-paste")).click();
      await gate.page.locator("#paste").fill(code);
      await button(gate.page, say("scan-paste-read")).click();
      await gate.page.locator("main.verdict.pass").waitFor();
      const shown = gate.page.getByText(say("verdict-guardian", { relation: say(`relation-${relation ?? "other"}`) }));
      assert.equal(await shown.count(), relation ? 1 : 0);
      if (relation) await shot(gate.page, `people-gate-${relation}-${looks}`);
      await gone(gate);
    }

    // It is there at the next opening, with no network as well; the order is the person's.
    await page.reload();
    await page.locator("p.several").getByText(say("whom-child")).waitFor();
    await people();
    const order = () => page.locator("ul.passes b").allInnerTexts();
    const [front, second, third] = await order();
    await page.getByRole("button", { name: `${say("people-down")} ${second}` }).first().click();
    await page.waitForFunction((third) => document.querySelectorAll("ul.passes b")[1]?.textContent === third, third);
    assert.deepEqual(await order(), [front, third, second]);

    // Another sign for somebody who is not in front.
    const child = page.locator("ul.passes li").filter({ hasText: say("whom-parent") });
    await child.locator("summary").click();
    await child.locator("input[value=heart]").check();
    await check("sign");
    await child.locator("summary").click();

    // Removing asks first.
    await page.locator("ul.passes li").filter({ hasText: say("whom-parent") }).getByRole("button", { name: say("people-remove") }).click();
    await page.getByRole("alertdialog").waitFor();
    await check("removing");
    await button(page, say("people-remove-yes")).click();
    await page.locator("ul.passes li").nth(2).waitFor({ state: "detached" });
    assert.equal(await page.locator("ul.passes li").count(), 2);
    assert.deepEqual([...faults, ...gate.faults], []);
  });
}
