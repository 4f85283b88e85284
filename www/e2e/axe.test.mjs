// No violation that axe-core finds, on every state of both pages, in both languages, on a small phone.
import { AxeBuilder } from "@axe-core/playwright";
import assert from "node:assert/strict";
import { test } from "node:test";
import { gate, holder, network, otherLanguage, paste } from "./faulty.mjs";
import { apply, browser, folder, serve, tongma } from "./support.mjs";

const timeout = 120_000;
const FAKE = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"];

/** What axe-core finds on the page as it is, each as one line. */
async function check(page, state) {
  // Within the page itself: its other way opens a second page each time.
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
  const language = await page.evaluate(() => document.documentElement.lang);
  assert.deepEqual(violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`)), [], `${state}, ${language}`);
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${state}, ${language}: wider than the screen`);
}

async function checkInBoth(page, state) {
  for (const _ of ["zh-CN", "en"]) {
    await check(page, state);
    await otherLanguage(page);
  }
}

/** A later program has changed the layout: the page can say nothing else. */
async function block(page, name) {
  await page.evaluate((name) => new Promise((resolve) => {
    indexedDB.open(name, 2).onsuccess = ({ target }) => resolve(target.result.close());
  }), name);
  await page.reload();
  await page.locator("main.plain .reason").waitFor();
}

test("the wallet: form, problems, waiting, code, blocked", { timeout }, async (t) => {
  const way = await network(t, await serve(t, folder(t)));
  const { page } = await browser(t);
  await page.goto(`${way.origin}/wallet/`);
  await page.locator("#field-name").waitFor();
  await checkInBoth(page, "empty form");
  await page.locator("button[type=submit]").click();
  await page.locator("[aria-invalid=true]").nth(2).waitFor();
  await checkInBoth(page, "form with problems");
  way.answer = async (path, forward) => (path === "/api/applications" ? { status: 422, headers: {}, body: '{"code":"application-refused"}' } : forward());
  await apply(page);
  await page.locator("main.apply [role=alert]").waitFor();
  await checkInBoth(page, "refused application");
  way.answer = async (path, forward) => (path === "/api/applications" ? undefined : forward());
  await page.locator("button[type=submit]").click();
  await page.locator("main.plain [role=alert]").waitFor();
  await checkInBoth(page, "waiting");
  way.answer = (_, forward) => forward();
  await page.locator("svg.qr").waitFor();
  await checkInBoth(page, "code");
  await block(page, "tongma-wallet");
  await checkInBoth(page, "blocked wallet");
});

test("the verifier: camera, problems, pasting, five outcomes, blocked", { timeout }, async (t) => {
  const data = folder(t);
  const way = await network(t, await serve(t, data));
  const elsewhere = folder(t);
  assert.equal(tongma("authority", "init", elsewhere).code, 0);
  const green = holder(t, data).present();
  const outcomes = [
    ["pass", green],
    ["restricted", holder(t, data, { colour: "yellow" }).present()],
    ["stop", holder(t, data, { colour: "red" }).present()],
    ["invalid", "https://example.org/"],
    ["cannot-tell", holder(t, elsewhere).present()],
  ];
  const { page, context } = await browser(t, { args: FAKE });
  await context.grantPermissions(["camera"], { origin: way.origin });
  await gate(page, way.origin);
  await page.waitForFunction(() => document.querySelector("video").videoWidth > 0);
  await checkInBoth(page, "camera");
  await page.locator(".sources button[type=button]").click();
  await page.locator("#paste").waitFor();
  await checkInBoth(page, "pasting");
  await page.locator("form.paste button.quiet").click();
  await page.locator("input[type=file]").setInputFiles({ name: "x.png", mimeType: "image/png", buffer: Buffer.from("no picture") });
  await page.locator(".notice[role=alert]").waitFor();
  await checkInBoth(page, "picture that can't be opened");
  for (const _ of ["zh-CN", "en"]) {
    for (const [outcome, text] of outcomes) {
      await paste(page, text);
      await page.locator(`main.verdict.${outcome}`).waitFor();
      // Somebody reads it: it stays.
      await page.locator("main.verdict").dispatchEvent("pointerdown");
      await check(page, outcome);
      await page.locator("button.next").click();
      await page.locator("main.scan").waitFor();
    }
    await otherLanguage(page);
  }
  await page.evaluate(() => {
    navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException("Could not start video source", "NotReadableError"));
    document.querySelector("video").srcObject.getVideoTracks()[0].dispatchEvent(new Event("ended"));
  });
  await page.locator(".no-camera").waitFor();
  await checkInBoth(page, "camera lost");
  way.answer = async (path, forward) => (path.startsWith("/public/") ? { status: 200, headers: {}, body: "<html>" } : forward());
  await page.locator("footer button").click();
  await page.locator(".notice[role=status]").waitFor();
  await checkInBoth(page, "data that can't be used");
  await block(page, "tongma-verifier");
  await checkInBoth(page, "blocked verifier");
  // With no data at all.
  const empty = await browser(t);
  await empty.page.goto(`${way.origin}/verifier/`);
  await empty.page.locator(".light.missing").nth(1).waitFor();
  await checkInBoth(empty.page, "no data, no camera");
});
