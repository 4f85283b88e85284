// Showing: the code as large as the screen, what it discloses and the choice before, the first opening, and what is told of storage and licences.
import assert from "node:assert/strict";
import { createPublicKey } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pictured, read } from "./codes.mjs";
import { fromBase45, resigner, toBase45 } from "./cose.mjs";
import { text as sentence } from "./faulty.mjs";
import { test } from "./fixtures.mjs";
import { sound } from "./looks.mjs";
import { PERSON, apply, authority, browser, folder, kept, serve, shot, tongma } from "./support.mjs";

test.describe.configure({ timeout: 120_000 });
const button = (page, name) => page.getByRole("button", { name, exact: true });

/** What `tongma inspect` says of the code on the screen. */
async function inspected(t, page) {
  return JSON.parse(tongma("inspect", "--json", read(t, await pictured(page))));
}

/** The place of the key in a token: what stands before and behind its first coordinate. */
const KEY = Buffer.from([0x21, 0x58, 0x20]);

/** The authority's next answer is a credential with these claims, for the key that applies. */
async function answering(t, page, data, claims) {
  const place = folder(t);
  const [key, file] = ["other.pem", "claims.json"].map((name) => join(place, name));
  tongma("key", "new", key);
  writeFileSync(file, JSON.stringify({ colour: "green", region: "360000", ...claims }));
  const issued = tongma("issue", "--authority", data, "--claims", file, "--holder-key", key);
  const other = Buffer.from(createPublicKey(readFileSync(key)).export({ format: "jwk" }).x, "base64url");
  await page.route("**/api/applications", async (route) => {
    const application = route.request().postDataBuffer();
    const at = application.indexOf(KEY) + KEY.length;
    // The first coordinate, and which of the two points it is.
    const own = application.subarray(at, at + 34);
    const again = resigner(fromBase45(issued.slice(4)), readFileSync(join(data, "issuer.pem")));
    const token = again((payload) => {
      const start = payload.indexOf(other);
      return Buffer.concat([payload.subarray(0, start), own, payload.subarray(start + own.length)]);
    });
    await route.fulfill({ status: 200, contentType: "text/plain", body: `TM1:${toBase45(token)}` });
  });
}

for (const locale of ["zh-CN", "en"]) {
  const say = (id, args) => sentence(locale, id, args);

  test(`the first opening: three pictures that are in nobody's way (${locale})`, async ({ t }) => {
    const { origin } = await serve(t, authority(t));
    const { page, faults } = await browser(t, { locale });
    await page.goto(`${origin}/wallet/`);
    await page.locator(".welcome svg").nth(2).waitFor();
    await sound(page, "welcome");
    await shot(page, `welcome-${locale}`);
    await page.locator("header button[lang]").click();
    await page.getByText(sentence(locale === "en" ? "zh-CN" : "en", "welcome-keep")).waitFor();
    await page.locator("header button[lang]").click();
    await button(page, say("welcome-skip")).click();
    await page.locator(".welcome").waitFor({ state: "detached" });
    await page.reload();
    await page.locator("#field-name").waitFor();
    await page.waitForTimeout(1000);
    assert.equal(await page.locator(".welcome").count(), 0);

    // Who begins at once is not disturbed: the pictures come into a place that was kept for them.
    const second = await browser(t, { locale });
    await second.page.route("**/welcome-*.js", async (route) => {
      await new Promise((resolve) => setTimeout(resolve, 1500));
      await route.continue();
    });
    await second.page.goto(`${origin}/wallet/`);
    const field = second.page.locator("#field-name");
    await field.fill("甲");
    const before = await field.boundingBox();
    assert.equal(await second.page.locator(".welcome svg").count(), 0);
    await second.page.locator(".welcome svg").nth(2).waitFor();
    assert.deepEqual(await field.boundingBox(), before, "nothing moved");
    assert.equal(await field.inputValue(), "甲");
    assert.ok(await field.evaluate((field) => field === document.activeElement));
    assert.deepEqual([...faults, ...second.faults], []);
  });

  test(`the code as large as the screen, and all that it discloses (${locale})`, async ({ t }) => {
    const { origin } = await serve(t, authority(t));
    const { page, faults } = await browser(t, { locale });
    await page.goto(`${origin}/wallet/`);
    await apply(page);
    await page.locator("svg.qr").waitFor();
    await shot(page, `code-${locale}`);
    const width = async () => (await page.locator("svg.qr").boundingBox()).width;
    const before = await width();
    await page.locator(".tap").click();
    await page.getByText(say("code-bright")).waitFor();
    assert.ok((await width()) > before);
    await sound(page, "whole");
    await shot(page, `code-whole-${locale}`);
    await inspected(t, page);
    await page.setViewportSize({ width: 740, height: 360 });
    await sound(page, "whole, landscape");
    await shot(page, `code-whole-landscape-${locale}`);
    await inspected(t, page);
    const { y, height } = await page.locator("svg.qr").boundingBox();
    assert.ok(y >= 0 && y + height <= 360, "the whole code is on the screen");
    // By keyboard as well.
    await page.locator(".tap").focus();
    await page.keyboard.press("Enter");
    await page.locator("main.whole").waitFor({ state: "detached" });
    await shot(page, `code-landscape-plain-${locale}`);
    await page.setViewportSize({ width: 360, height: 740 });

    await button(page, say("code-details")).click();
    await page.getByText(say("details-no-choice")).waitFor();
    await sound(page, "details");
    await shot(page, `details-${locale}`);
    for (const words of ["甲**", "tm:36/0 · "]) await page.getByText(words).first().waitFor();
    await button(page, say("rooms-back")).click();
    await page.locator("svg.qr").waitFor();

    // What is told of storage, and whose software it is.
    await button(page, say("rooms-open")).click();
    await button(page, say("room-data")).click();
    await page.getByText(say("mine-persisted")).or(page.getByText(say("mine-not-persisted"))).waitFor();
    await page.getByText(say("mine-licences"), { exact: true }).click();
    for (const name of ["preact", "serde_json", "rxing"]) await page.locator(".licences b", { hasText: name }).first().waitFor();
    await sound(page, "data");
    await shot(page, `licences-${locale}`);
    await button(page, say("rooms-back")).click();
    await button(page, say("room-help")).click();
    await page.getByText(say("help-days"), { exact: true }).click();
    await shot(page, `help-days-${locale}`);
    await button(page, say("room-diary")).click();
    await page.getByRole("heading", { name: say("room-diary") }).waitFor();
    assert.deepEqual(faults, []);
  });

  test(`a code that can hide everything shows what was chosen, and keeps to it (${locale})`, async ({ t }) => {
    const data = authority(t);
    const { origin } = await serve(t, data);
    const { page, context, faults } = await browser(t, { locale });
    await page.goto(`${origin}/wallet/`);
    const document = { kind: "id-card", number: PERSON["document-number"] };
    const test = "negative 2026-11-20T08:00:00+08:00";
    await answering(t, page, data, { name: PERSON.name, document, test, vaccination: "3/3", redact: ["name", "document", "test", "vaccination"] });
    await apply(page);
    await page.locator("svg.qr").waitFor();
    await page.getByText(say("code-colour-only")).waitFor();
    await shot(page, `code-colour-only-${locale}`);
    const seen = async () => JSON.stringify(await inspected(t, page));
    assert.doesNotMatch(await seen(), /甲\*\*|3\/3|negative/);
    await kept(page);
    await context.setOffline(true);

    await button(page, say("code-details")).click();
    for (const claim of ["name", "test", "vaccination"]) await page.getByLabel(say(`details-${claim}`)).check();
    await sound(page, "details, choice");
    await shot(page, `details-choice-${locale}`);
    await button(page, say("rooms-back")).click();
    await page.locator("svg.qr").waitFor();
    await page.getByText("甲**").waitFor();
    await page.getByText(say("code-vaccination", { doses: "3/3" })).waitFor();
    await shot(page, `code-chosen-${locale}`);
    await page.setViewportSize({ width: 740, height: 360 });
    await shot(page, `code-chosen-landscape-${locale}`);
    await page.setViewportSize({ width: 360, height: 740 });
    assert.match(await seen(), /甲\*\*/);
    await page.reload();
    await page.getByText("甲**").waitFor();
    assert.match(await seen(), /3\/3/);
    assert.deepEqual(faults, []);
  });
}
