// Trust data without a network: a file, and a sequence of codes played in front of the camera.
import assert from "node:assert/strict";
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { holder, network } from "./faulty.mjs";
import { test } from "./fixtures.mjs";
import { authority, browser, folder, serve, shot, tongma, video } from "./support.mjs";

test.describe.configure({ timeout: 120_000 });

/** A gate's way to the pages, but to none of the data. */
async function island(t) {
  const data = authority(t);
  const server = await serve(t, data);
  const way = await network(t, server);
  way.answer = async (asked, forward) => (asked.startsWith("/public/") ? undefined : forward());
  const someone = holder(t, data);
  const parcel = join(folder(t), "parcel");
  const files = ["bundle.cbor", "status/0.cbor", "status/0.delta.cbor"].map((file) => join(data, "public", file));
  tongma("parcel", "make", "--bundle", files[0], "--status", files[1], "--status", files[2], "--out", parcel);
  return { way, someone, parcel };
}

async function passes(page, code) {
  await page.locator("main.scan .sources button").first().click();
  await page.locator("#paste").fill(code);
  await page.locator("form.paste button[type=submit]").click();
  await page.locator("main.verdict.pass").waitFor();
}

test("a gate that is never online takes its data from a file", async ({ t }) => {
  const { way, someone, parcel } = await island(t);
  const { page, faults } = await browser(t);
  await page.goto(`${way.origin}/verifier/`);
  await page.locator("main.scan").waitFor();
  assert.equal(await page.locator(".light.missing").count(), 2);
  await page.locator("header .tools button").first().click();
  const file = page.locator(".settings input[type=file]");
  const cut = join(folder(t), "cut");
  writeFileSync(cut, readFileSync(parcel).subarray(0, 100));
  await file.setInputFiles(cut);
  await page.locator(".settings .notice").waitFor();
  assert.match(await page.locator(".settings .notice").innerText(), /不完整|cut/);
  await page.locator(".settings .notice button").click();
  await file.setInputFiles(parcel);
  await page.locator(".settings .light.fresh").nth(1).waitFor();
  assert.match(await page.locator(".settings .notice").innerText(), /已载入/);
  assert.match(await page.locator(".settings .light").first().innerText(), /还可用 13 天|还可用 14 天/);
  await shot(page, "verifier-parcel-file");
  await page.locator(".settings .next").click();
  await passes(page, someone.present());
  // It is kept, and needs no network after a restart either.
  await page.reload();
  await page.locator(".light.fresh").nth(1).waitFor();
  assert.deepEqual(faults, []);
});

test("a sequence of codes is read from the screen of another device", async ({ t }) => {
  const { way, someone, parcel } = await island(t);
  const codes = folder(t);
  tongma("parcel", "qr", parcel, "--out", codes, "--part-bytes", "150");
  const pictures = readdirSync(codes).filter((name) => name.endsWith(".png")).map((name) => join(codes, name));
  assert.ok(pictures.length > 4, `${pictures.length} codes`);
  const { page, faults, camera } = await browser(t, { camera: true });
  await video(page, pictures.map((path) => readFileSync(path)), camera, { frames: 6, ground: "#ddd" });
  const begun = Date.now();
  await page.goto(`${way.origin}/verifier/`);
  // How far it is, as long as it goes on.
  await page.getByText(/共 \d+ 个码，已读到 \d+ 个/).first().waitFor();
  await shot(page, "verifier-parcel-codes");
  await page.locator(".light.fresh").nth(1).waitFor({ timeout: 60_000 });
  t.diagnostic(`${pictures.length} codes, ${readFileSync(parcel).length} bytes in ${Date.now() - begun} ms from the opening of the page`);
  assert.match(await page.locator(".notice").first().innerText(), /已载入/);
  await passes(page, someone.present());
  assert.deepEqual(faults, []);
});
