// What a gate's device does beside checking: hand scanners, speech, the log, a second tab, a full storage.
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gate as openGate, holder, otherLanguage, paste, text, told } from "./faulty.mjs";
import { test } from "./fixtures.mjs";
import { gone, next, setUp } from "./gates.mjs";
import { authority, browser, folder, serve, shot, tongma, tried } from "./support.mjs";

test.describe.configure({ timeout: 120_000 });
const US = "`1234567890-=qwertyuiop[]\\asdfghjkl;'zxcvbnm,./~!@#$%^&*()_+QWERTYUIOP{}|ASDFGHJKL:\"ZXCVBNM<>?";
const FRENCH = "²&é\"'(-è_çà)=azertyuiop^$*qsdfghjklmùwxcvbn,;:!~1234567890°+AZERTYUIOP¨£µQSDFGHJKLM%WXCVBN?./§";
const CODES = ["Backquote", ..."1234567890".split("").map((digit) => `Digit${digit}`), "Minus", "Equal", ..."QWERTYUIOP".split("").map((key) => `Key${key}`),
  "BracketLeft", "BracketRight", "Backslash", ..."ASDFGHJKL".split("").map((key) => `Key${key}`), "Semicolon", "Quote", ..."ZXCVBNM".split("").map((key) => `Key${key}`), "Comma", "Period", "Slash"];

/** The key strokes of a text: by a scanner that is set to US, at a system with a layout; without their places where `blind`. */
function strokes(typed, { layout = US, blind = false, caps = false } = {}) {
  return [...typed].map((character) => {
    const at = US.indexOf(character);
    const key = character === " " ? " " : layout[at] ?? character;
    const swapped = key === key.toLowerCase() ? key.toUpperCase() : key.toLowerCase();
    return { key: caps ? swapped : key, code: blind ? "" : character === " " ? "Space" : CODES[at % CODES.length] ?? "", shiftKey: at >= CODES.length };
  });
}

/** Types into the page: so many at once, then a pause in milliseconds. */
const press = (page, keys, { together = 50, pause = 5 } = {}) => page.evaluate(async ({ keys, together, pause }) => {
  for (const [index, key] of keys.entries()) {
    document.body.dispatchEvent(new KeyboardEvent("keydown", { ...key, bubbles: true, cancelable: true }));
    if (index % together === together - 1) await new Promise((resolve) => setTimeout(resolve, pause));
  }
}, { keys, together, pause });

test("hand scanners: marks around a code, closing keys, layouts, caps lock; and people who type", async ({ t }) => {
  const data = authority(t);
  const { origin } = await serve(t, data);
  const { page, faults } = await browser(t);
  await openGate(page, origin);
  const person = holder(t, data, { colour: "yellow" });
  const code = person.present();
  const [enter, tab, stx, etx] = [{ key: "Enter" }, { key: "Tab" }, { key: "b", code: "KeyB", ctrlKey: true }, { key: "c", code: "KeyC", ctrlKey: true }];
  const understood = [
    ["Enter", [...strokes(code), enter]],
    ["Tab", [...strokes(code), tab]],
    ["by itself", strokes(code)],
    ["a mark of its kind", [...strokes(`]Q1${code}`), enter]],
    ["STX and ETX", [stx, ...strokes(code), etx]],
    ["STX, ETX and Enter", [stx, ...strokes(code), etx, enter]],
    ["a number of the station", [...strokes(`gate 07 ${code}`), enter]],
    ["a French system", [...strokes(`]Q1${code}`, { layout: FRENCH }), enter]],
    ["a French system that tells no places of keys", [...strokes(`]Q1${code}`, { layout: FRENCH, blind: true }), enter]],
    ["caps lock", [...strokes(code, { caps: true }), enter]],
    ["caps lock, no places", [...strokes(code, { caps: true, blind: true }), enter]],
    ["an input method", [...strokes(code).map((stroke) => ({ ...stroke, key: "Process" })), enter]],
  ];
  for (const [what, keys] of understood) {
    await press(page, keys);
    await page.locator("main.verdict.restricted").waitFor({ timeout: 5000 }).catch(() => assert.fail(`not understood: ${what}`));
    await page.locator("button.next").click();
    await page.locator("main.scan").waitFor();
  }
  // Slow, as over a weak radio link; with a stumble in the middle.
  await press(page, strokes(code.slice(0, 200)), { together: 1, pause: 10 });
  await page.waitForTimeout(300);
  await press(page, [...strokes(code.slice(200)), enter], { together: 1, pause: 10 });
  await page.locator("main.verdict.restricted").waitFor();
  await next({ page });

  // What can't be told is said, with what to do, in both languages.
  const lost = [...strokes("TM1"), { key: "Ö", code: "" }, ...strokes("6B"), { key: "Dead", code: "" }, { key: "À", code: "" }, ...strokes("FOX"), enter];
  for (const language of ["zh-CN", "en"]) {
    await press(page, lost);
    await page.locator("main.verdict.cannot-tell").waitFor();
    await told(page, ".answer", "scanner-layout");
    await shot(page, `gate-layout-${language.slice(0, 2)}`);
    await next({ page });
    await otherLanguage(page);
  }

  // A person types, a key is leaned on: no scan, however long it takes.
  await press(page, [...strokes("hello gate, is anybody there?"), enter], { together: 1, pause: 150 });
  await press(page, [...Array.from({ length: 90 }, () => ({ key: "x", code: "KeyX", repeat: true })), enter], { together: 1, pause: 5 });
  await press(page, [...strokes("36.8"), enter], { together: 1, pause: 20 });
  await page.waitForTimeout(800);
  assert.equal(await page.locator("main.scan").count(), 1);
  assert.deepEqual(faults, []);
});

test("what is spoken is the answer and what to do, and nothing of a person", async ({ t }) => {
  const [data, elsewhere] = [authority(t), authority(t, "other")];
  const { origin } = await serve(t, data);
  const { context, page, faults } = await browser(t);
  await context.addInitScript(() => {
    globalThis.spoken = [];
    globalThis.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
    const voice = (lang, localService) => ({ lang, localService });
    const speechSynthesis = {
      getVoices: () => [voice("zh-CN", false), voice("en-US", false), voice("zh-CN", true), voice("en-GB", true)],
      cancel: () => undefined,
      speak: ({ text, lang, voice }) => globalThis.spoken.push({ text, lang, local: voice.localService }),
    };
    Object.defineProperty(globalThis, "speechSynthesis", { value: speechSynthesis });
  });
  await openGate(page, origin);
  await setUp({ page, say: (id) => text("zh-CN", id) }, { switches: { speech: true, fade: false } });
  const cases = [
    ["pass", holder(t, data), "verdict-pass-remedy", {}],
    ["restricted", holder(t, data, { colour: "yellow" }), "remedy-colour-yellow", {}],
    ["stop", holder(t, data, { colour: "red" }), "remedy-colour-red", {}],
    ["invalid", holder(t, data, { validFor: 1 }), "remedy-expired", { layer: "credential" }, "--at", "0"],
    ["cannot-tell", holder(t, elsewhere), "remedy-unknown-key", {}],
  ];
  for (const [language, lang, mark] of [["zh-CN", "zh-CN", "。"], ["en", "en-GB", ". "]]) {
    for (const [outcome, person, remedy, facts, ...when] of cases) {
      // With a clock far behind a code is dated by its credential.
      await paste(page, person.present(...when));
      await page.locator(`main.verdict.${outcome}`).waitFor();
      const words = text(language, `verdict-${outcome}`) + mark + text(language, remedy, facts);
      assert.deepEqual(await page.evaluate(() => globalThis.spoken.splice(0)), [{ text: words, lang, local: true }]);
      assert.doesNotMatch(words, /甲|\*|360000|江西|Jiangxi|1101/);
      await next({ page });
    }
    await otherLanguage(page);
  }
  assert.deepEqual(faults, []);
});

test("the log is saved, checks out, and any change of it is found; one tab keeps it", async ({ t }) => {
  const data = authority(t);
  const { origin } = await serve(t, data);
  const { context, page, faults } = await browser(t);
  await openGate(page, origin);
  for (const [code, outcome] of [[holder(t, data).present(), "pass"], ["https://example.org/", "invalid"], [holder(t, data, { colour: "red" }).present(), "stop"]]) {
    await paste(page, code);
    await page.locator(`main.verdict.${outcome}`).waitFor();
    await next({ page });
  }
  await page.getByRole("button", { name: text("zh-CN", "settings-open"), exact: true }).click();
  await shot(page, "gate-log-zh");
  for (const format of ["csv", "json"]) {
    const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: text("zh-CN", `settings-log-${format}`) }).click()]);
    assert.match(download.suggestedFilename(), new RegExp(`^tongma-log-.*\\.${format}$`));
    const path = join(folder(t), download.suggestedFilename());
    await download.saveAs(path);
    assert.match(tongma("log", "verify", path), /good: 3 entries/);
    const log = readFileSync(path);
    assert.doesNotMatch(log.toString(), /甲|1101|138001/);
    // One letter of an answer: who was turned away was let in.
    const changed = log.toString().replace("stop", "pass");
    for (const [what, bytes] of [["an answer", Buffer.from(changed)], ["one bit", flipped(log)]]) {
      writeFileSync(path, bytes);
      assert.equal(tried("log", "verify", path).code, 1, `${what} of the ${format}`);
    }
  }
  await page.getByRole("button", { name: text("zh-CN", "settings-done") }).click();

  // A second tab would write the same log: it says so and does nothing.
  const second = await context.newPage();
  await second.goto(`${origin}/verifier/`);
  await told(second, "main.plain", "already-open");
  await shot(second, "gate-second-tab-zh");
  await second.close();

  // No room for the log: every answer is given all the same, and that it was not kept is told.
  const [worker] = page.workers();
  await worker.evaluate(() => {
    IDBObjectStore.prototype.put = () => {
      throw new DOMException("The quota has been exceeded.", "QuotaExceededError");
    };
  });
  await paste(page, holder(t, data).present());
  await gone({ page });
  await told(page, ".notice", "storage-full");
  await shot(page, "gate-storage-full-zh");
  await otherLanguage(page);
  await told(page, ".notice", "storage-full");
  assert.deepEqual(faults, []);
});

/** The bytes with one bit in the middle changed. */
function flipped(bytes) {
  const changed = Buffer.from(bytes);
  changed[Math.floor(bytes.length / 2)] ^= 1;
  return changed;
}
