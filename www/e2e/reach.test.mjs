// A page at 200 %, and a person without a pointer: on every screen nothing is cut, nothing lies beside the screen, and every control is
// reached by Tab and worked by Enter and Space; Escape leads out of a room.
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { gate, holder, paste, text } from "./faulty.mjs";
import { test } from "./fixtures.mjs";
import { reachable } from "./looks.mjs";
import { PERSON, authority, browser, folder, serve, shot, tongma } from "./support.mjs";

test.describe.configure({ timeout: 120_000 });
const ROOMS = ["visits", "diary", "colour", "details", "appeals", "renewal", "safety", "display", "data", "help"];
/** Half a phone: what is left of 360×740 at 200 %. */
const SCREEN = { width: 180, height: 370 };

/** Works a control by the keyboard alone: the focus is brought there by Tab. */
async function press(page, name, key = "Enter") {
  const control = page.getByRole("button", { name, exact: true });
  await control.waitFor();
  for (let tabs = 0; tabs < 60; tabs += 1) {
    if (await control.evaluate((control) => control === document.activeElement)) return page.keyboard.press(key);
    await page.keyboard.press("Tab");
  }
  assert.fail(`${name} is not reached by Tab`);
}

for (const locale of ["zh-CN", "en"]) {
  const say = (id) => text(locale, id);

  test(`the wallet at 200 %, by keyboard (${locale})`, async ({ t }) => {
    const { origin } = await serve(t, authority(t));
    const { page, faults } = await browser(t, { locale });
    await page.setViewportSize(SCREEN);
    const check = async (state) => {
      await shot(page, `reach-${state}-${locale}`);
      await reachable(page, state);
    };
    await page.goto(`${origin}/wallet/`);
    await page.locator(".welcome svg").nth(2).waitFor();
    await check("first opening");
    await press(page, say("apply-next"));
    await page.locator("[aria-invalid=true]").nth(2).waitFor();
    await check("form with problems");
    for (const [field, value] of Object.entries(PERSON)) {
      await page.locator(`#field-${field}`).focus();
      await page.keyboard.type(value);
    }
    await page.keyboard.press("Enter");
    await page.locator("#field-address").focus();
    await page.keyboard.type("南昌");
    for (const question of ["been", "contact"]) {
      await page.locator(`input[name=${question}][value=no]`).focus();
      await page.keyboard.press("Space");
    }
    await page.locator("#field-symptoms-cold-like").focus();
    await page.keyboard.press("Space");
    await page.locator("#field-temperature").fill("36.6");
    await check("declaration");
    await press(page, say("apply-next"));
    for (const box of ["truth", "consent"]) {
      await page.locator(`#field-${box}`).focus();
      await page.keyboard.press("Space");
    }
    await check("statement");
    await press(page, say("apply-send"));
    await page.locator("svg.qr").waitFor();
    await check("code");
    await page.locator(".tap").focus();
    await page.keyboard.press("Space");
    await page.locator("main.whole").waitFor();
    await shot(page, `reach-whole-${locale}`);
    await page.keyboard.press("Enter");
    await page.locator("main.whole").waitFor({ state: "detached" });
    // The scanner stands upon the page: Escape puts it away.
    await press(page, say("gate-scan"));
    await page.locator("dialog .problem").waitFor();
    await check("scanner");
    await page.keyboard.press("Escape");
    await page.locator("dialog").waitFor({ state: "detached" });

    await press(page, say("rooms-open"));
    await page.locator("ul.rooms").waitFor();
    await check("menu");
    for (const room of ROOMS) {
      await press(page, say(`room-${room}`));
      await page.locator("main.room h1").getByText(say(`room-${room}`)).waitFor();
      for (const summary of await page.locator("main.room summary").all()) {
        await summary.focus();
        await page.keyboard.press("Enter");
      }
      await check(`room ${room}`);
      if (room === "visits") {
        // Of the scanner the first Escape, of the room the second.
        await press(page, say("visits-scan"));
        await page.locator("dialog").waitFor();
        await page.keyboard.press("Escape");
        await page.locator("dialog").waitFor({ state: "detached" });
      }
      if (room === "diary") {
        // So it is for who is writing.
        await page.locator("#field-temperature").focus();
        await page.keyboard.press("Escape");
        await page.locator("#field-temperature").waitFor();
      }
      if (room === "display") {
        await page.getByLabel(say("display-contrast")).focus();
        await page.keyboard.press("Space");
        await page.locator(":root.contrast").waitFor();
      }
      await page.keyboard.press("Escape");
      await page.locator("main.code, ul.rooms").first().waitFor();
      if (await page.locator("main.code").count()) await press(page, say("rooms-open"));
      await page.locator("ul.rooms").waitFor();
    }
    await page.keyboard.press("Escape");
    await page.locator("svg.qr").waitFor();
    assert.deepEqual(faults, []);
  });

  test(`the gate at 200 %, by keyboard (${locale})`, async ({ t }) => {
    const data = authority(t);
    const { origin } = await serve(t, data);
    const { page, faults } = await browser(t, { locale });
    await page.setViewportSize(SCREEN);
    const check = async (state) => {
      await shot(page, `reach-gate-${state}-${locale}`);
      await reachable(page, state);
    };
    await gate(page, origin);
    await page.locator(".no-camera").waitFor();
    await check("no camera");
    await press(page, say("scan-paste"));
    await check("pasting");
    await press(page, say("scan-paste-cancel"));
    await press(page, say("settings-open"));
    await check("settings");
    await page.locator("label.field select").first().selectOption("school");
    // By how a label begins: the words of one are within the hint of another.
    const box = (name) => page.locator("label.switch").filter({ hasText: new RegExp(`^${say(`settings-${name}`)}`) }).locator("input");
    for (const name of ["challenge", "temperature"]) {
      await box(name).focus();
      await page.keyboard.press("Space");
    }
    const claims = join(folder(t), "venue.json");
    writeFileSync(claims, JSON.stringify({ kind: "school", region: "360102", name: "南昌市第一实验小学东门" }));
    const poster = tongma("venue", "--authority", data, "--claims", claims);
    await press(page, say("poster-add"));
    await check("looking for a poster");
    await press(page, say("scan-paste"));
    await page.locator("#paste").fill("https://example.org/");
    await press(page, say("scan-paste-read"));
    await page.locator("[role=alert]").getByText(say("poster-remedy")).waitFor();
    await check("no poster");
    await page.keyboard.press("Escape");
    await press(page, say("poster-add"));
    await press(page, say("scan-paste"));
    await page.locator("#paste").fill(poster);
    await press(page, say("scan-paste-read"));
    await page.getByText("南昌市第一实验小学东门").waitFor();
    await check("settings with a poster");
    await page.keyboard.press("Escape");
    await page.locator(".challenge svg.qr").waitFor();
    await check("challenge");
    await press(page, say("scan-no-code"));
    await page.locator(".proof").first().waitFor();
    await check("proofs");
    await press(page, await page.locator(".proof").first().innerText());
    await page.locator(".keypad").waitFor();
    await check("temperature");
    // Slower than a hand scanner.
    await page.keyboard.type("368", { delay: 200 });
    await page.locator("main.verdict").waitFor();
    await page.locator("main.verdict").dispatchEvent("pointerdown");
    await check("proof accepted");
    await page.keyboard.press("Escape");
    await page.locator("main.scan").waitFor();
    await press(page, say("settings-open"));
    for (const name of ["challenge", "temperature"]) await box(name).uncheck();
    await page.keyboard.press("Escape");
    for (const colour of ["green", "yellow", "red"]) {
      await paste(page, holder(t, data, { colour }).present());
      await page.locator("main.verdict").waitFor();
      await page.locator("main.verdict").dispatchEvent("pointerdown");
      await check(`verdict of ${colour}`);
      await page.keyboard.press("Escape");
      await page.locator("main.scan").waitFor();
    }
    await paste(page, "https://example.org/");
    await page.locator("main.verdict.invalid").waitFor();
    await check("verdict of no pass");
    assert.deepEqual(faults, []);
  });
}
