// The mini-program in WeChat's open component framework: its journeys, and what WeChat may do to it.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { read } from "./codes.mjs";
import { holder } from "./faulty.mjs";
import { test } from "./fixtures.mjs";
import { cut, sound } from "./looks.mjs";
import { miniprogram } from "./miniprogram.mjs";
import { PERSON, authority, root, serve, shot } from "./support.mjs";

test.describe.configure({ timeout: 240_000 });
/** So long the program waits for a network, and less long for all else. */
const PATIENCE_MS = 20_000;
const WALLET = "pages/wallet/index";
const GATE = "verifier/pages/gate/index";

const texts = Object.fromEntries(["zh-CN", "en"].map((language) => [language, readFileSync(join(root, `www/shared/i18n/${language}.ftl`), "utf8")]));
/** A text without variables, as the Fluent file has it. */
const say = (id, language = "zh-CN") => new RegExp(`^${id} = (.*)$`, "m").exec(texts[language])?.[1] ?? assert.fail(id);

const shown = (page, words) => page.getByText(words, { exact: true }).first().waitFor();
const field = (page, id, language) => page.getByLabel(say(id, language), { exact: true });

/** Ticks a box that is not ticked yet. */
async function ticked(page, name) {
  const box = page.getByRole("checkbox", { name });
  if ((await box.getAttribute("aria-checked")) === "false") await box.click();
}

/** Fills in the form from its beginning and sends it. */
async function apply({ page, tap }, language) {
  const said = (id) => say(id, language);
  while ((await page.getByText(said("apply-back"), { exact: true }).count()) > 0) await tap(said("apply-back"));
  await field(page, "apply-name", language).fill(PERSON.name);
  await field(page, "apply-document-number", language).fill(PERSON["document-number"]);
  await field(page, "apply-phone", language).fill(PERSON.phone);
  await tap(said("apply-next"));
  await field(page, "apply-address", language).fill("江西省南昌市东湖区一号");
  for (const question of ["apply-been", "apply-contact"]) await page.getByRole("radiogroup", { name: said(question) }).getByRole("radio", { name: said("answer-no"), exact: true }).click();
  await ticked(page, said("symptom-none"));
  await tap(said("apply-next"));
  for (const box of ["apply-truth", "apply-consent"]) await ticked(page, said(box));
  await tap(said("apply-send"));
}

/** Waits for the code, and reads it as a camera would. */
async function codeOf(t, { page }) {
  await page.locator("canvas").waitFor();
  await page.waitForFunction(() => {
    const canvas = document.querySelector("canvas");
    return canvas.width > 300 && canvas.getContext("2d").getImageData(canvas.width / 2, 0, 1, canvas.height).data.some((value, at) => at % 4 === 0 && value === 0);
  });
  return read(t, await page.locator("canvas").screenshot());
}

/** Has the gate scan a text by WeChat's scanner. */
async function scan(gate, text) {
  await gate.scans(text);
  await gate.tap(say("mini-scan"));
}

test("apply, show, scan, verdict, with the server killed", async ({ t }) => {
  const server = await serve(t, authority(t));
  const wallet = await miniprogram(t, server.origin);
  // A wrong check digit is noticed, and nothing that was entered is lost.
  await field(wallet.page, "apply-document-number").fill("110105194912310021");
  await field(wallet.page, "apply-name").fill(PERSON.name);
  await wallet.tap(say("apply-next"));
  await shown(wallet.page, say("reason-document-check-digit"));
  assert.equal(await field(wallet.page, "apply-name").inputValue(), PERSON.name);
  await shot(wallet.page, "mini-apply-problem");
  await apply(wallet);
  const text = await codeOf(t, wallet);
  await wallet.page.getByText("甲**").waitFor();
  await shot(wallet.page, "mini-code-zh");
  // What the platform was asked for: encrypted storage, random numbers before any key, recordings kept out, the own server only.
  assert.ok((await wallet.calls("setStorage")).every(({ encrypt }) => encrypt === true));
  assert.ok((await wallet.calls("setVisualEffectOnCapture")).some(({ visualEffect }) => visualEffect === "hidden"));
  assert.ok((await wallet.calls("request")).every(({ url }) => url.startsWith(`${server.origin}/`)));
  assert.ok((await wallet.page.evaluate(() => host.calls.findIndex(([name]) => name === "getRandomValues") < host.calls.findIndex(([name]) => name === "setStorage"))));

  const gate = await miniprogram(t, server.origin, { start: GATE });
  await gate.page.locator(".light.fresh").nth(1).waitFor();
  await shot(gate.page, "mini-gate-zh");
  await server.stop();
  await gate.again();
  await gate.page.locator(".light.fresh").nth(1).waitFor();
  await scan(gate, text);
  await gate.page.locator(".verdict.pass").waitFor();
  await shown(gate.page, say("verdict-pass"));
  await gate.page.getByText("甲**").waitFor();
  await shot(gate.page, "mini-pass-zh");
  // The pass goes by itself. The same code again was seen before; the camera reads another one.
  await gate.page.locator("wx-camera").waitFor();
  await scan(gate, text);
  await gate.page.locator(".verdict").getByText("已核验过").waitFor();
  await gate.tap(say("verdict-next"));
  await gate.page.locator("wx-camera").waitFor();
  await gate.page.evaluate(() => host.fire("wx-camera", "scancode", { result: "https://example.org/" }));
  await gate.page.locator(".verdict.invalid").waitFor();
  await shot(gate.page, "mini-invalid-zh");

  // Killed and opened again without a network: the code is there, with no touch.
  await wallet.again();
  await codeOf(t, wallet);
  assert.deepEqual([...(await wallet.errors()), ...(await gate.errors()), ...wallet.faults, ...gate.faults], []);
});

test("a base library that is too old, no module, a cut one, no random numbers: said, and nothing half-made", async ({ t }) => {
  const { origin } = await serve(t, authority(t));
  const wallet = await miniprogram(t, origin, { app: { SDKVersion: "2.10.4" } });
  const cases = [
    ["too-old", { app: { SDKVersion: "2.10.4" } }],
    ["too-old", { faults: { WXWebAssembly: "absent" } }],
    ["too-old", { faults: { getRandomValues: "absent" } }],
    ["no-core", { faults: { WXWebAssembly: "throws" } }],
    ["no-core", { faults: { WXWebAssembly: "cut" } }],
    ["no-random", { faults: { getRandomValues: "system error" } }],
    ["no-random", { faults: { getRandomValues: "throws" } }],
  ];
  for (const start of [WALLET, GATE]) {
    for (const [said, change] of cases) {
      await wallet.again({ faults: {}, app: {}, start, ...change });
      await shown(wallet.page, say(`mini-${said}`));
      await shown(wallet.page, say(`mini-${said}-remedy`));
      assert.deepEqual(await wallet.page.evaluate(() => Object.keys(localStorage)), [], `${said}, ${JSON.stringify(change)}`);
    }
  }
  await shot(wallet.page, "mini-no-random");
  await wallet.again({ faults: {}, start: WALLET });
  await field(wallet.page, "apply-name").waitFor();
});

test("calls of WeChat that never answer: given up after a while, and said", async ({ t }) => {
  const { origin } = await serve(t, authority(t));
  const silent = async (name) => {
    const wallet = await miniprogram(t, origin, { faults: { [name]: "never" } });
    await wallet.page.clock.install();
    await wallet.again();
    return wallet;
  };
  const [random, storage, request] = await Promise.all(["getRandomValues", "setStorage", "request"].map(silent));
  await apply(request);
  await request.page.waitForFunction(() => host.calls.some(([name]) => name === "request"));
  for (const { page } of [random, storage, request]) await page.clock.fastForward(PATIENCE_MS);
  await request.page.getByText(say("reason-offline")).first().waitFor();
  await shown(random.page, say("mini-no-random"));
  assert.deepEqual(await random.page.evaluate(() => Object.keys(localStorage)), []);
  await storage.page.getByText(say("mini-reason-storage-refused")).first().waitFor();
  await field(storage.page, "apply-name").waitFor();
  for (const wallet of [random, storage, request]) assert.deepEqual(await wallet.errors(), []);
});

test("calls of WeChat that fail or are refused", async ({ t }) => {
  const data = authority(t);
  const { origin } = await serve(t, data);
  const wallet = await miniprogram(t, origin, { faults: { setStorage: "system error" } });
  const { page } = wallet;
  // No storage: said, and the form is there for all that.
  await page.getByText(say("mini-reason-storage-refused")).first().waitFor();
  // The network fails, then is back.
  await wallet.again({ faults: { request: "timeout" } });
  await apply(wallet);
  await page.getByText(say("reason-offline")).first().waitFor();
  await shot(page, "mini-offline");
  await wallet.again({ faults: {} });
  await codeOf(t, wallet);
  // The scanner: the person goes back; it fails; consent is refused; it gives what is no text.
  const scanning = async (change, told) => {
    await wallet.again({ faults: {}, ...change });
    await page.locator("canvas").waitFor();
    await wallet.tap(say("gate-scan"));
    if (told) await shown(page, say(told));
  };
  await scanning({}, null);
  await page.waitForTimeout(300);
  assert.equal(await page.locator(".notice").count(), 0);
  await scanning({ faults: { scanCode: "system error" } }, "mini-scan-failed");
  await scanning({ faults: { scanCode: { errno: 112, errMsg: "scanCode:fail api scope is not declared in the privacy agreement" } } }, "mini-privacy-refused");
  await scanning({ faults: { scanCode: "absent" } }, "mini-scan-failed");
  await wallet.again({ faults: {} });
  for (const odd of [{ charSet: "GB18030", rawData: "gAGC" }, { result: "", charSet: "Shift_JIS" }]) {
    await wallet.scans(odd);
    await page.locator("canvas").waitFor();
    await wallet.tap(say("gate-scan"));
    await shown(page, say("mini-scan-unreadable"));
    await wallet.tap(say("notice-close"));
  }
  await wallet.scans({ result: `TM1:\ud800${"甲".repeat(30_000)}`, charSet: "UTF-16" });
  await wallet.tap(say("gate-scan"));
  await page.locator(".notice").waitFor();
  // Consent that is asked for, refused, then given.
  await page.evaluate(() => { host.consent = "open"; });
  await wallet.tap(say("gate-scan"));
  await shown(page, say("mini-privacy"));
  await sound(page, "the question for consent");
  await shot(page, "mini-privacy");
  await wallet.tap(say("mini-privacy-refuse"));
  await shown(page, say("mini-privacy-refused"));
  assert.deepEqual(await wallet.errors(), []);
});

for (const toTheDisk of [false, true]) {
  test(`killed in the middle of each write, ${toTheDisk ? "which is on the disk" : "which is lost"}: the form or the code is there, never half of it`, async ({ t }) => {
    const { origin } = await serve(t, authority(t));
    for (let at = 1; at <= 40; at += 3) {
      const first = await miniprogram(t, origin);
      await field(first.page, "apply-name").waitFor();
      await first.page.evaluate(([at, toTheDisk]) => Object.assign(host, { dieAtWrite: host.writes + at, toTheDisk }), [at, toTheDisk]);
      const done = await Promise.race([apply(first).then(() => codeOf(t, first)).then(() => true, () => false), first.page.waitForFunction(() => host.dead).then(() => false)]);
      await first.page.close();
      const wallet = await miniprogram(t, origin, { context: first.context });
      // It goes on from where it was, or the form is there.
      await wallet.page.locator("canvas, .button.wide").first().waitFor();
      const form = wallet.page.getByRole("button", { name: new RegExp(`^(${say("apply-next")}|${say("apply-send")})$`) });
      if ((await form.count()) > 0) await apply(wallet);
      await codeOf(t, wallet);
      assert.deepEqual(await wallet.errors(), [], `write ${at}`);
      await wallet.context.close();
      if (done) break;
    }
  });
}

const ROOMS = ["people", "visits", "diary", "colour", "details", "renewal", "display", "data", "help"];

/** What axe-core finds, what is cut, what is smaller than it may be. */
async function good(page, state) {
  await sound(page, state);
  assert.deepEqual(await cut(page), [], state);
  const small = await page.evaluate(() => {
    const elder = document.querySelector(".page").classList.contains("elder");
    const words = [...document.querySelectorAll(".page *")].filter((element) => element.checkVisibility() && [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim()));
    return [
      ...words.filter((element) => parseFloat(getComputedStyle(element).fontSize) < 16).map((element) => element.outerHTML.slice(0, 80)),
      ...[...document.querySelectorAll("button, [role=button], [role=checkbox], [role=radio], input")].filter((element) => element.checkVisibility() && element.getBoundingClientRect().height < (elder ? 60 : 44)).map((element) => element.outerHTML.slice(0, 120)),
    ];
  });
  assert.deepEqual(small, [], `${state}: too small`);
}

test("the wallet's screens, in both languages, simple and large: nothing that axe finds, nothing cut, nothing small", async ({ t }) => {
  test.setTimeout(400_000);
  const { origin } = await serve(t, authority(t));
  for (const [language, app] of [["zh-CN", {}], ["en", { language: "en" }], ["zh-CN", { fontSizeScaleFactor: 1.5 }]]) {
    const name = `${language}${app.fontSizeScaleFactor ? "-elder" : ""}`;
    const wallet = await miniprogram(t, origin, { app });
    const { page, tap } = wallet;
    const press = (id) => tap(say(id, language));
    const look = async (state) => {
      await good(page, `${state}, ${name}`);
      await shot(page, `mini-${state}-${name}`);
    };
    await field(page, "apply-name", language).waitFor();
    assert.equal(await page.locator(".page.elder.large").count(), app.fontSizeScaleFactor ? 1 : 0);
    await look("form");
    await press("apply-next");
    await page.locator(".problem").nth(2).waitFor();
    await look("problems");
    await apply(wallet, language);
    await codeOf(t, wallet);
    await look("code");
    await page.locator(".code .frame").click();
    await page.locator(".is-whole").waitFor();
    assert.equal(await page.evaluate(() => host.brightness), 1);
    await look("whole");
    await page.locator(".code .frame").click();
    assert.equal(await page.evaluate(() => host.brightness), 0.4);
    await press("rooms-open");
    await shown(page, say("rooms-title", language));
    await look("menu");
    for (const room of ROOMS) {
      await page.getByRole("button", { name: say(`room-${room}`, language), exact: true }).click();
      await page.getByRole("heading", { name: say(`room-${room}`, language), exact: true }).waitFor();
      if (room === "people") {
        await press("people-add-begin");
        await shown(page, say("people-i-am", language));
      }
      if (room === "help") await press("help-colour");
      if (room === "data") {
        await press("mine-wipe");
        await shown(page, say("mine-wipe-sure", language));
      }
      await look(`room-${room}`);
      if (room === "data") await press("mine-wipe-no");
      await press("rooms-back");
      // The way back from a room leads to the code.
      if (!(await page.getByRole("heading", { name: say("rooms-title", language), exact: true }).count())) await press("rooms-open");
      await shown(page, say("rooms-title", language));
    }
    assert.deepEqual([...(await wallet.errors()), ...wallet.faults], []);
    await wallet.context.close();
  }
});

test("the gate's screens, in both languages", async ({ t }) => {
  test.setTimeout(400_000);
  const data = authority(t);
  const { origin } = await serve(t, data);
  const elsewhere = authority(t, "other");
  for (const language of ["zh-CN", "en"]) {
    const gate = await miniprogram(t, origin, { start: GATE, app: { language: language.replace("-", "_") } });
    const { page, tap } = gate;
    const press = (id) => tap(say(id, language));
    const look = async (state) => {
      await good(page, `${state}, ${language}`);
      await shot(page, `mini-gate-${state}-${language}`);
    };
    await page.locator(".light.fresh").nth(1).waitFor();
    await look("scanning");
    await press("scan-paste");
    const outcomes = [["pass", holder(t, data).present()], ["restricted", holder(t, data, { colour: "yellow" }).present()], ["stop", holder(t, data, { colour: "red" }).present()], ["invalid", "https://example.org/"], ["cannot-tell", holder(t, elsewhere).present()]];
    await field(page, "scan-paste-label", language).fill(outcomes[0][1]);
    await look("pasting");
    await press("scan-paste-read");
    await page.locator(".verdict.pass").waitFor();
    await press("verdict-next");
    for (const [outcome, text] of outcomes) {
      await gate.scans(text);
      await press("mini-scan");
      await page.locator(`.verdict.${outcome}`).waitFor();
      // A hand on the screen: a pass stays.
      await page.evaluate(() => host.fire(".verdict", "touchstart", {}));
      await look(outcome);
      await press("verdict-next");
      await page.locator("wx-camera").waitFor();
    }
    await press("settings-open");
    await page.evaluate(() => host.fire("picker", "change", { value: "3" }));
    await page.locator("picker").nth(2).waitFor();
    await page.getByRole("checkbox", { name: say("settings-temperature", language) }).click();
    await look("settings");
    await press("settings-done");
    await press("scan-no-code");
    await shown(page, say("proofs-title", language));
    await look("proofs");
    await page.locator(".button.wide").first().click();
    await page.locator(".keypad").waitFor();
    await look("keypad");
    for (const digit of "373") await page.locator(".keypad").getByText(digit, { exact: true }).click();
    await page.locator(".verdict.stop").waitFor();
    await press("verdict-next");
    await press("settings-open");
    await page.getByRole("checkbox", { name: say("settings-strict", language) }).click();
    await press("settings-done");
    await page.locator("canvas").waitFor();
    await look("challenge");
    assert.deepEqual([...(await gate.errors()), ...gate.faults], []);
    await gate.context.close();
  }
});
