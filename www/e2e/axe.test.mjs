// No violation that axe-core finds, on every state of both pages, in both languages, on a small phone.
import { gate, holder, network, otherLanguage, paste, text } from "./faulty.mjs";
import { test } from "./fixtures.mjs";
import { issuers } from "./foreign.mjs";
import { FADE_MS, field, next, setUp } from "./gates.mjs";
import { sound } from "./looks.mjs";
import { apply, authority, browser, serve, tongma } from "./support.mjs";

test.describe.configure({ timeout: 120_000 });
const FAKE = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"];

/** All that a program can see of the page as it is. */
const check = async (page, state) => sound(page, `${state}, ${await page.evaluate(() => document.documentElement.lang)}`);

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

test("the wallet: form, problems, waiting, code, blocked", async ({ t }) => {
  const way = await network(t, await serve(t, authority(t)));
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
  await checkInBoth(page, "statement");
  await page.locator("form button.quiet").click();
  await page.locator("#field-address").fill("");
  await page.locator("button[type=submit]").click();
  await page.locator("[aria-invalid=true]").waitFor();
  await checkInBoth(page, "declaration with a problem");
  await apply(page);
  await page.locator("main.plain [role=alert]").waitFor();
  await checkInBoth(page, "waiting");
  way.answer = (_, forward) => forward();
  await page.locator("svg.qr").waitFor();
  await checkInBoth(page, "code");
  await block(page, "tongma-wallet");
  await checkInBoth(page, "blocked wallet");
});

test("the verifier: camera, problems, pasting, five outcomes, blocked", async ({ t }) => {
  const data = authority(t);
  const way = await network(t, await serve(t, data));
  const elsewhere = authority(t, "other");
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

test("a gate that is set up: its screens, another proof, temperature, foreign passes, warnings", async ({ t }) => {
  const data = authority(t);
  const foreign = issuers(data);
  const { origin } = await serve(t, data);
  const { page } = await browser(t);
  await gate(page, origin);
  const seen = holder(t, data).present();
  for (const language of ["zh-CN", "en"]) {
    const say = (id) => text(language, id);
    const button = (id) => page.getByRole("button", { name: say(id), exact: true });
    await button("settings-open").click();
    await check(page, "settings without a place");
    await field({ page, say }, "kind").selectOption("school");
    await field({ page, say }, "name").waitFor();
    await check(page, "settings with a place");
    await page.getByRole("checkbox", { name: say("settings-strict") }).check();
    await check(page, "settings of a strict gate");
    await button("settings-done").click();
    await page.locator(".challenge svg.qr").waitFor();
    await check(page, "a challenge");
    await setUp({ page, say }, { kind: "museum", switches: { strict: false, temperature: true } });
    await paste(page, seen);
    await page.locator(".keypad").waitFor();
    await check(page, "keypad");
    for (const digit of "999") await page.locator(".keypad").getByRole("button", { name: digit, exact: true }).click();
    await page.locator("[role=alert]").waitFor();
    await check(page, "no temperature of a person");
    await button("beside-cancel").click();
    await button("scan-no-code").click();
    await check(page, "proofs");
    await page.locator("button.proof").first().click();
    for (const digit of "373") await page.locator(".keypad").getByRole("button", { name: digit, exact: true }).click();
    await page.locator("main.verdict.stop").waitFor();
    await check(page, "a fever");
    await next({ page });
    await setUp({ page, say }, { switches: { temperature: false } });
    const [first] = foreign.smart(2);
    await paste(page, first);
    await page.locator(".notice[role=status]").waitFor();
    await check(page, "parts");
    await paste(page, foreign.eu());
    await page.locator("main.verdict.restricted").waitFor();
    await check(page, "a foreign pass");
    await page.clock.fastForward(FADE_MS);
    await page.locator(".faded").waitFor();
    await check(page, "data that faded");
    await next({ page });
    // Second sight; the first one was in the other language's turn, or is now.
    for (const sight of [1, 2]) {
      await paste(page, seen);
      await page.locator("main.verdict.pass").dispatchEvent("pointerdown");
      if (sight === 2) await page.locator(".seen").waitFor();
      await check(page, `a pass, sight ${sight}`);
      await next({ page });
    }
    await setUp({ page, say }, { kind: "" });
    await otherLanguage(page);
  }
  // The data grow old.
  for (const [hours, state] of [[40, "ageing"], [24 * 20, "stale"]]) {
    await page.clock.setSystemTime(Date.now() + hours * 3_600_000);
    await page.evaluate(() => dispatchEvent(new PageTransitionEvent("pageshow")));
    await page.locator(`.light.${state}`).first().waitFor();
    await checkInBoth(page, `data ${state}`);
  }
});
