// Every room of the wallet in both languages, plain and in elder mode: nothing that axe-core finds, nothing too wide, nothing too small.
import assert from "node:assert/strict";
import { text } from "./faulty.mjs";
import { test } from "./fixtures.mjs";
import { least, sound } from "./looks.mjs";
import { apply, authority, browser, serve, shot } from "./support.mjs";

test.describe.configure({ timeout: 180_000 });

const ROOMS = ["people", "visits", "diary", "colour", "details", "appeals", "delegations", "renewal", "moving", "safety", "display", "data", "help"];
/** Least sizes in pixels. */
const PLAIN = { text: 16, target: 44 };
const ELDER = { text: 18, target: 60 };

const button = (page, name) => page.getByRole("button", { name, exact: true });

for (const locale of ["zh-CN", "en"]) {
  test(`every room, plain and elder (${locale})`, async ({ t }) => {
    const { origin } = await serve(t, authority(t));
    const { page, faults } = await browser(t, { locale });
    await page.goto(`${origin}/wallet/`);
    await apply(page, { symptoms: "cold-like" });
    await page.locator("svg.qr").waitFor();
    const say = (id) => text(locale, id);
    // What the system may ask for: as much is told without the page's own colours, and with no motion.
    for (const media of [{ contrast: "more" }, { contrast: null, forcedColors: "active" }, { forcedColors: "none", reducedMotion: "reduce" }]) {
      await page.emulateMedia(media);
      await sound(page, JSON.stringify(media));
      await shot(page, `room-code-${Object.values(media).join("-")}-${locale}`);
    }
    assert.equal(await page.evaluate(() => document.getAnimations().length), 0);
    const check = async (state, { text, target }) => {
      await sound(page, state);
      await shot(page, `${state}-${locale}`);
      const found = await least(page);
      assert.ok(found.text >= text && found.target >= target, `${state}: ${JSON.stringify(found)}`);
    };
    for (const [looks, sizes] of [["plain", PLAIN], ["elder", ELDER]]) {
      await check(`room-code-${looks}`, sizes);
      if (looks === "elder") {
        // Colour, person, code and the ways on: nothing to scroll to, also with a colour that has a reason.
        assert.ok(await page.evaluate(() => document.documentElement.scrollHeight <= innerHeight), "the elder code fits the screen");
      }
      await button(page, say("rooms-open")).click();
      await check(`room-menu-${looks}`, sizes);
      for (const room of ROOMS) {
        await button(page, say(`room-${room}`)).click();
        await page.locator("main.room h1").getByText(say(`room-${room}`)).waitFor();
        for (const summary of await page.locator("main.room summary").all()) await summary.click();
        await check(`room-${room}-${looks}`, sizes);
        await button(page, say("rooms-back")).click();
        // From some rooms the way back is to the code.
        await page.locator("main.code, ul.rooms").first().waitFor();
        if (await page.locator("main.code").count()) await button(page, say("rooms-open")).click();
        await page.locator("ul.rooms").waitFor();
      }
      await button(page, say("room-display")).click();
      await page.getByLabel(say("display-elder")).check();
      await button(page, say("rooms-back")).click();
      await button(page, say("rooms-back")).click();
      await page.locator("svg.qr").waitFor();
    }
    assert.deepEqual(faults, []);
  });
}
