// Venue codes: the poster before the camera, the decision at once, the visits, and what is no venue code.
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { drawn } from "./codes.mjs";
import { encode, fromBase45, toBase45 } from "./cose.mjs";
import { text as sentence } from "./faulty.mjs";
import { test } from "./fixtures.mjs";
import { sound } from "./looks.mjs";
import { apply, authority, browser, folder, kept, serve, shot, tongma, video } from "./support.mjs";

test.describe.configure({ timeout: 120_000 });

/** A poster of the authority in a folder. */
function poster(t, data, kind, name) {
  const claims = join(folder(t), "venue.json");
  writeFileSync(claims, JSON.stringify({ kind, region: "360102", name }));
  return tongma("venue", "--authority", data, "--claims", claims);
}

function forged(text) {
  const bytes = fromBase45(text.slice(4));
  bytes[bytes.length - 1] ^= 1;
  return `TM1:${toBase45(bytes)}`;
}

/** What a gate shows on its screen: a challenge of now (tag 0x544d43) with the poster of its place within. */
function live(poster) {
  const now = Math.floor(Date.now() / 1000);
  const audience = `tm:gate/${Buffer.from("eastgate").toString("base64url")}`;
  const claims = encode(new Map([[3, audience], [4, now + 120], [6, now], [39, Buffer.from("0123456789abcdef")]]));
  const pairs = Buffer.concat([Buffer.from([0xa5]), claims.subarray(1), encode(-65542), fromBase45(poster.slice(4))]);
  return `TM1:${toBase45(Buffer.concat([Buffer.from([0xda, 0x00, 0x54, 0x4d, 0x43]), pairs]))}`;
}

const button = (page, name) => page.getByRole("button", { name, exact: true });

/** Gives the scanner a picture file. */
async function scan(page, picture) {
  await page.locator("dialog input[type=file]").setInputFiles({ name: "venue.png", mimeType: "image/png", buffer: picture });
  await page.locator("dialog").waitFor({ state: "detached" });
}

for (const locale of ["zh-CN", "en"]) {
  const say = (id, args) => sentence(locale, id, args);

  test(`a poster before the camera: the decision, the visit, also with no network (${locale})`, async ({ t }) => {
    const data = authority(t);
    const { origin } = await serve(t, data);
    const { page, context, requests, faults, camera } = await browser(t, { locale, camera: true });
    await page.goto(`${origin}/wallet/`);
    await apply(page);
    await page.locator("svg.qr").waitFor();
    await kept(page);
    await video(page, await drawn(context, poster(t, data, "mall", "八一大道商场东门")), camera);

    // From the code page: it is a poster, so its room opens.
    await button(page, say("gate-scan")).click();
    await page.locator("section.verdict.pass").waitFor({ timeout: 30_000 });
    await page.getByText("八一大道商场东门").first().waitFor();
    await page.getByText("NC-").or(page.getByText("JX-")).first().waitFor();
    await shot(page, `visits-pass-${locale}`);
    await sound(page, "pass");
    await button(page, say("visits-close")).click();
    await shot(page, `visits-${locale}`);
    assert.equal(await page.locator(".stored li").count(), 1);

    // Nothing before the camera from now on.
    await video(page, undefined, camera);
    // With no network the kept rules decide. What is no venue code has its reason, and is no visit.
    await context.setOffline(true);
    await page.reload();
    await page.locator("svg.qr").waitFor();
    await button(page, say("rooms-open")).click();
    await shot(page, `visits-menu-${locale}`);
    await button(page, say("room-visits")).click();
    const school = poster(t, data, "school", "第一小学");
    const cases = [
      [school, "pass", say("visits-pass-what")],
      [forged(school), "invalid", say("visits-remedy-bad-signature")],
      ["https://example.org/", "invalid", say("visits-because-not-a-pass")],
    ];
    for (const [text, outcome, words] of cases) {
      await button(page, say("visits-scan")).click();
      await scan(page, await drawn(context, text));
      await page.locator(`section.verdict.${outcome}`).waitFor();
      await page.getByText(words).waitFor();
      if (outcome === "invalid") await shot(page, `visits-invalid-${locale}`);
      await sound(page, outcome);
      await button(page, say("visits-close")).click();
    }
    assert.equal(await page.locator(".stored li").count(), 2);
    await page.getByText(say("visits-by-poster")).first().waitFor();

    // A gate's screen is answered at once; what its poster says is one tap away, and the answer another one.
    await button(page, say("rooms-back")).click();
    await button(page, say("rooms-back")).click();
    await button(page, say("gate-scan")).click();
    await scan(page, await drawn(context, live(school)));
    await page.locator("main.answering svg.qr").waitFor();
    await page.getByText(say("answering-for", { place: say("answering-poster") })).waitFor();
    await shot(page, `visits-answering-${locale}`);
    await button(page, say("answering-venue")).click();
    await page.getByText(say("visits-live")).waitFor();
    await shot(page, `visits-live-${locale}`);
    await page.getByText(say("visits-by-live")).waitFor();
    assert.equal(await page.locator(".stored li").count(), 2, "the same visit, better shown");
    await button(page, say("visits-answer")).click();
    await page.locator("main.answering svg.qr").waitFor();
    const asked = new Set(requests.map((url) => new URL(url).pathname).filter((path) => !path.startsWith("/wallet/") && path !== "/deployment.json"));
    asked.delete("/api/applications");
    assert.deepEqual([...asked], ["/public/bundle.cbor"], "nobody is told where the person is");
    assert.deepEqual(faults, []);
  });

  test(`a yellow code, at first with no rules on the phone (${locale})`, async ({ t }) => {
    const data = authority(t);
    const { origin } = await serve(t, data);
    const { page, context, faults } = await browser(t, { locale });
    await page.goto(`${origin}/wallet/`);
    await apply(page, { symptoms: "cold-like" });
    await page.locator("svg.qr").waitFor();
    await kept(page);
    const picture = await drawn(context, poster(t, data, "mall", "八一大道商场东门"));
    await context.setOffline(true);
    await button(page, say("rooms-open")).click();
    await button(page, say("room-visits")).click();
    await button(page, say("visits-scan")).click();
    await scan(page, picture);
    await page.locator("section.verdict.cannot-tell").waitFor();
    await shot(page, `visits-cannot-tell-${locale}`);
    // The network is back, and it is told by itself.
    await context.setOffline(false);
    await page.locator("section.verdict.restricted").waitFor();
    await page.getByText(say("visits-remedy-colour-yellow")).waitFor();
    await shot(page, `visits-restricted-${locale}`);
    assert.deepEqual(faults, []);
  });
}
