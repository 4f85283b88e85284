// The browser is killed (no ending, no last write) at moments of a journey. After reopening the last finished state is there, whole, and the
// journey ends as it would have: with one credential, one check-in.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { text } from "./faulty.mjs";
import { test } from "./fixtures.mjs";
import { PERSON, apply, authority, browser, folder, send, serve } from "./support.mjs";

/** Milliseconds after the tap that sends. */
const MOMENTS = [0, 15, 50, 150, 450];

/** Ends every process that has this profile at once, as a phone does that runs out of power. */
async function kill(profile, context) {
  const ended = new Promise((resolve) => context.once("close", resolve));
  for (const pid of readdirSync("/proc").filter((name) => /^\d+$/.test(name))) {
    try {
      if (readFileSync(`/proc/${pid}/cmdline`, "utf8").includes(profile)) process.kill(Number(pid), "SIGKILL");
    } catch {
      // It is gone already.
    }
  }
  await ended;
}

const button = (page, id) => page.getByRole("button", { name: text("zh-CN", id), exact: true });

/** Opens a wallet, does something, kills the browser at each moment after it, and goes on in what is opened again. */
async function killedAfter(t, act, goOn) {
  const { origin } = await serve(t, authority(t));
  for (const moment of MOMENTS) {
    const profile = folder(t);
    const first = await browser(t, { profile });
    await first.page.goto(`${origin}/wallet/`);
    await act(first.page);
    await new Promise((resolve) => setTimeout(resolve, moment));
    await kill(profile, first.context);

    const { page, context, faults } = await browser(t, { profile });
    await page.goto(`${origin}/wallet/`);
    await goOn(page);
    assert.deepEqual(faults, [], `after ${moment} ms`);
    await context.close();
  }
}

test.describe.configure({ timeout: 240_000 });
test.skip(process.platform !== "linux", "reads /proc");

test("killed while an application is on its way", async ({ t }) => {
  const found = [];
  await killedAfter(t, apply, async (page) => {
    await page.locator("svg.qr, main.apply form").first().waitFor();
    const form = (await page.locator("main.apply form").count()) > 0;
    found.push(form ? "form" : "code");
    if (form) {
      // What was entered is there; only the two promises are made anew.
      await page.locator("#field-consent").waitFor();
      for (const box of ["truth", "consent"]) await page.locator(`#field-${box}`).check();
      await send(page);
      await page.locator("svg.qr").waitFor();
    }
    assert.ok((await page.locator(".person").innerText()).startsWith(PERSON.name[0]));
  });
  assert.ok(found.includes("code"), found.join());
});

test("killed while a check-in is on its way", async ({ t }) => {
  const diary = async (page) => {
    await page.locator("svg.qr").waitFor();
    await button(page, "rooms-open").click();
    await button(page, "room-diary").click();
    await page.locator("#field-temperature, main ol, main ul").first().waitFor();
  };
  const checkIn = async (page) => {
    await page.locator("#field-symptoms").check();
    await page.locator("#field-temperature").fill("36.6");
    await button(page, "diary-send").click();
  };
  await killedAfter(t, async (page) => {
    await apply(page);
    await diary(page);
    await checkIn(page);
  }, async (page) => {
    await diary(page);
    if (await page.locator("#field-temperature").count()) await checkIn(page);
    await page.getByText(text("zh-CN", "diary-sent-taken")).waitFor();
  });
});
