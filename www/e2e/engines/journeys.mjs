// What a person does with a wallet and a gate does with a code, in words that every browser here understands (page.mjs). The journeys follow
// one another on one phone, so that each browser is started twice and no more.
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { read } from "../codes.mjs";
import { text } from "../faulty.mjs";
import { apply, applyFor, folder, kept, serve, shot, tried } from "../support.mjs";

const say = (id, args) => text("zh-CN", id, args);
const PASSCODE = "135790";
const PASSPHRASE = "correct horse battery";

/** What a phone of the journeys is: a browser with a profile, and the authority's server. */
export async function phone(t, engine, data) {
  const profile = folder(t);
  const server = await serve(t, data);
  return { t, engine, data, profile, server, origin: server.origin, ...(await engine.open(t, profile)) };
}

const button = (page, id) => page.getByRole("button", { name: say(id), exact: true });

async function wallet({ page, origin }) {
  await page.goto(`${origin}/wallet/`);
  await page.locator("svg.qr").waitFor();
}

async function room(page, id) {
  await button(page, "rooms-open").click();
  await button(page, id).click();
}

/** A picture of the screen with a code that stands, as a file; it can be read by another program. */
async function picture({ t, page }) {
  await page.locator("body[data-settled] svg.qr path + path").waitFor();
  // WebKit pictures the frame before, where the machine is busy: one with another code, or with none yet.
  await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(() => drawn(true)))));
  const path = join(folder(t), "screen.png");
  for (const deadline = Date.now() + 20_000; ;) {
    const screen = await page.screenshot();
    writeFileSync(path, screen);
    if (tried("scan", path).out.includes("\tTM1:")) return path;
    // The last one is a fault, and says what it has instead of a code.
    if (Date.now() > deadline) read(t, screen);
  }
}

/** Opens the gate, with all its data. */
async function gate({ page, origin }) {
  await page.goto(`${origin}/verifier/`);
  await page.locator(".light.fresh").nth(1).waitFor();
}

/** The gate takes a picture and lets in. */
async function passes({ page }, picture) {
  await page.locator("main.scan input[type=file]").setInputFiles(picture);
  await page.locator("main.verdict.pass h1").getByText(say("verdict-pass")).waitFor();
}

async function shown({ page }) {
  await page.locator("svg.qr path + path").waitFor();
  await page.locator("main.code .person b").getByText("甲**").waitFor();
}

/** The journeys by name, in their order. */
export const journeys = {
  "apply, and the code is drawn": async (phone) => {
    const { page, origin } = phone;
    await page.goto(`${origin}/wallet/`);
    await apply(page);
    await page.locator("svg.qr").waitFor();
    await kept(page);
    // A first opening has no older version to take the place of.
    assert.deepEqual(await page.locator(".notice").allInnerTexts(), []);
    phone.code = await picture(phone);
  },

  "verify by picture": async (phone) => {
    const { page, engine } = phone;
    await gate(phone);
    await passes(phone, phone.code);
    await shot(page, `verifier-pass-${engine.name.toLowerCase()}`);
  },

  "family: a guardian applies for a child and shows either's code": async (phone) => {
    const { page } = phone;
    await wallet(phone);
    await room(page, "room-people");
    await applyFor(page, say, { relation: "parent", sign: "star", name: "甲小宝", number: "110105201501010025", child: true });
    const codes = [["parent", await picture(phone)]];
    await room(page, "room-people");
    await page.locator("ul.passes li > button").filter({ hasText: say("whom-self") }).click();
    await page.locator("p.several").getByText(say("whom-self")).waitFor();
    codes.push([null, await picture(phone)]);
    await gate(phone);
    for (const [relation, code] of codes) {
      await passes(phone, code);
      const guardian = page.getByText(say("verdict-guardian", { relation: say(`relation-${relation ?? "parent"}`) }));
      assert.equal(await guardian.count(), relation ? 1 : 0);
      // A pass goes away by itself.
      await page.locator("main.scan").waitFor();
    }
  },

  "no server: the code is shown, and after a reload": async (phone) => {
    const { page, engine, server } = phone;
    await server.stop();
    await wallet(phone);
    await shown(phone);
    await page.reload();
    await shown(phone);
    await shot(page, `wallet-code-${engine.name.toLowerCase()}`);
  },

  "no server, the browser started anew: the code is shown": async (phone) => {
    const { t, engine, profile } = phone;
    await phone.close();
    const { faults } = phone;
    Object.assign(phone, await engine.open(t, profile));
    phone.faults.push(...faults);
    await wallet(phone);
    await shown(phone);
    await picture(phone);
  },

  "no server: the lock": async ({ page }) => {
    await room(page, "room-safety");
    await page.locator("#next").fill(PASSCODE);
    await page.locator("#repeat").fill(PASSCODE);
    await button(page, "safety-turn-on").click();
    await page.getByText(say("safety-is-on")).waitFor();
    await page.reload();
    await page.locator("main.locked").waitFor();
    assert.equal(await page.locator("svg.qr").count(), 0);
    await page.locator("#passcode").fill("000000");
    await button(page, "safety-open").click();
    await page.getByText(say("reason-passcode-wrong")).waitFor();
    await page.locator("#passcode").fill(PASSCODE);
    await button(page, "safety-open").click();
    await page.locator("svg.qr").waitFor();
  },

  "backup, everything destroyed, restored": async (phone) => {
    const { t, page, data, origin } = phone;
    await serve(t, data, new URL(origin).port);
    await room(page, "room-safety");
    await page.locator("#passphrase").fill(PASSPHRASE);
    await button(page, "safety-backup-make").click();
    const download = page.waitForEvent("download");
    await page.getByText(say("safety-backup-save")).click();
    const file = join(folder(t), "tongma.backup.txt");
    await (await download).saveAs(file);

    await button(page, "rooms-back").click();
    await button(page, "room-data").click();
    await button(page, "mine-wipe").click();
    await button(page, "mine-wipe-yes").click();
    await page.locator("#field-name").waitFor();

    await button(page, "safety-restore").click();
    await page.locator("#file").setInputFiles(file);
    await page.locator("#restore-passphrase").fill("wrong horse battery");
    await button(page, "safety-restore-now").click();
    await page.getByText(say("reason-passphrase-wrong")).waitFor();
    await page.locator("#restore-passphrase").fill(PASSPHRASE);
    await button(page, "safety-restore-now").click();
    await page.getByText(say("reason-restored")).waitFor();
    await apply(page);
    await page.locator("svg.qr").waitFor();
  },
};
