// A gate shows the venue code of its place within its own code: read by camera, picture and paste; a wallet that scans it notes a live visit and
// answers when it is asked to. A poster that was withdrawn is refused on both sides.
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { pictured } from "./codes.mjs";
import { text as sentence } from "./faulty.mjs";
import { test } from "./fixtures.mjs";
import { answered, assertQuiet, gone, hold, opened, picture, setUp } from "./gates.mjs";
import { sound } from "./looks.mjs";
import { apply, authority, browser, folder, kept, serve, shot, tongma } from "./support.mjs";

test.describe.configure({ timeout: 180_000 });

const NAME = "八一大道商场东门";

/** A poster that can be withdrawn, and its index. */
function poster(t, data, kind, name = NAME) {
  const claims = join(folder(t), "venue.json");
  writeFileSync(claims, JSON.stringify({ kind, region: "360102", name, revocable: true }));
  return JSON.parse(tongma("venue", "--json", "--authority", data, "--claims", claims));
}

for (const locale of ["zh-CN", "en"]) {
  test(`a gate with the venue code of its place (${locale})`, async ({ t }) => {
    const data = authority(t);
    const server = await serve(t, data);
    const { origin } = server;
    const mall = poster(t, data, "mall");
    const gate = await opened(t, origin, locale);
    const { page, say } = gate;
    const button = (id) => page.getByRole("button", { name: say(id), exact: true });
    await setUp(gate, { kind: "mall", province: "360000", name: "商场", switches: { challenge: true } });
    const challenge = () => page.locator(".challenge svg.qr path").nth(1).getAttribute("d");
    const plain = await challenge();

    // By camera; what it sees on the way is told.
    await button("settings-open").click();
    await button("poster-add").click();
    await page.locator("main.scan h1").getByText(say("poster-scan")).waitFor();
    await hold(gate, "https://example.org/");
    await page.locator("[role=alert]").getByText(say("poster-remedy")).waitFor({ timeout: 30_000 });
    await sound(page, "no venue code");
    await shot(page, `poster-refused-${locale}`);
    await hold(gate, mall.venue);
    await page.locator("main.settings").getByText(NAME).waitFor({ timeout: 30_000 });
    await sound(page, "settings with a poster");
    await page.locator("#settings-poster").scrollIntoViewIfNeeded();
    await shot(page, `poster-settings-${locale}`);
    await hold(gate);

    // By picture and by paste: another place's is not taken, and the one before stays.
    await button("poster-other").click();
    await page.locator("input[type=file]").setInputFiles({ name: "poster.png", mimeType: "image/png", buffer: await picture(page, poster(t, data, "school").venue) });
    await page.getByText(say("reason-poster-elsewhere")).waitFor();
    await button("scan-paste").click();
    await page.locator("#paste").fill(poster(t, data, "mall", "南门").venue);
    await button("scan-paste-read").click();
    await page.locator("main.settings").getByText("南门").waitFor();
    await button("poster-other").click();
    await button("scan-paste").click();
    await page.locator("#paste").fill(mall.venue);
    await button("scan-paste-read").click();
    await page.locator("main.settings").getByText(NAME).waitFor();
    await button("settings-done").click();
    await page.locator(".challenge svg.qr").waitFor();
    assert.notEqual(await challenge(), plain);
    await sound(page, "a live venue code");
    await shot(page, `poster-live-${locale}`);

    // The wallet in its room of visits: the decision, the visit; the gate gets its answer when the person says so.
    const wallet = await browser(t, { locale });
    await wallet.page.goto(`${origin}/wallet/`);
    await apply(wallet.page);
    await wallet.page.locator("svg.qr").waitFor();
    await kept(wallet.page);
    const own = (id) => wallet.page.getByRole("button", { name: sentence(locale, id), exact: true });
    await own("rooms-open").click();
    await own("room-visits").click();
    const scan = async (png) => {
      await own("visits-scan").click();
      await wallet.page.locator("dialog input[type=file]").setInputFiles({ name: "gate.png", mimeType: "image/png", buffer: png });
      await wallet.page.locator("dialog").waitFor({ state: "detached" });
    };
    await scan(await page.locator(".challenge svg.qr").screenshot());
    await wallet.page.locator("section.verdict.pass").getByText(NAME).waitFor();
    await wallet.page.getByText(say("visits-by-live")).waitFor();
    assert.equal(await wallet.page.locator("main.answering").count(), 0);
    await shot(wallet.page, `poster-visit-${locale}`);
    await own("visits-answer").click();
    const answer = await pictured(wallet.page, "main.answering svg.qr");
    await page.locator("input[type=file]").setInputFiles({ name: "answer.png", mimeType: "image/png", buffer: answer });
    await answered(gate, "pass", []);
    await gone(gate);

    // It is there after a restart with no network as well; then it is withdrawn.
    await gate.context.setOffline(true);
    await page.reload();
    await page.locator(".challenge svg.qr").waitFor();
    await gate.context.setOffline(false);
    tongma("revoke", "--authority", data, String(mall.idx));
    await page.locator("footer button").click();
    await page.locator(".notice").getByText(say("poster-remedy")).waitFor();
    await sound(page, "a withdrawn poster");
    await shot(page, `poster-withdrawn-${locale}`);
    // The list that the wallet holds is from before. Two hours later it asks for a newer one.
    await own("answering-back").click();
    await wallet.page.clock.setSystemTime(Date.now() + 2 * 3_600_000);
    await own("rooms-open").click();
    await own("room-visits").click();
    await scan(await picture(page, mall.venue));
    await wallet.page.locator("section.verdict.invalid").getByText(say("visits-because-revoked")).waitFor();
    assert.equal(await wallet.page.locator(".stored li").count(), 1);
    await sound(wallet.page, "withdrawn");
    await shot(wallet.page, `poster-visit-withdrawn-${locale}`);
    assertQuiet(origin, gate, wallet);
  });
}
