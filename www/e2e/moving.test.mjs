// Two phones and no network: moving to a new one, and showing somebody's code. They see one another's screens as pictures.
import assert from "node:assert/strict";
import { join } from "node:path";
import { drawn, pictured, read } from "./codes.mjs";
import { text as sentence } from "./faulty.mjs";
import { test } from "./fixtures.mjs";
import { sound } from "./looks.mjs";
import { apply, authority, browser, kept, serve, shot, tried } from "./support.mjs";

test.describe.configure({ timeout: 180_000 });
const button = (page, name) => page.getByRole("button", { name, exact: true });

/** What one phone shows, as a picture; as large as a phone shows it. */
const seen = (page) => pictured(page, ".along svg.qr");

/** One phone scans the other. */
async function scan(page, label, picture) {
  await button(page, label).click();
  await page.locator("dialog input[type=file]").setInputFiles({ name: "code.png", mimeType: "image/png", buffer: picture });
  await page.locator("dialog").waitFor({ state: "detached" });
}

/** What the code on a phone's screen says to a gate that has the newest data. */
async function verdict(t, page, data) {
  const text = read(t, await pictured(page, "main.code svg.qr"));
  const [bundle, status] = ["bundle.cbor", "status/0.cbor"].map((file) => join(data, "public", file));
  const { out, error } = tried("verify", "--json", "--bundle", bundle, "--status", status, text);
  assert.ok(out, error);
  return JSON.parse(out);
}

/** Two phones that opened the page once; the first has a code. Then the server is gone. */
async function two(t, locale) {
  const data = authority(t);
  const server = await serve(t, data);
  const [one, other] = [await browser(t, { locale }), await browser(t, { locale })];
  await one.page.goto(`${server.origin}/wallet/`);
  await apply(one.page);
  await one.page.locator("svg.qr").waitFor();
  await kept(one.page);
  await other.page.goto(`${server.origin}/wallet/`);
  await other.page.locator("main.apply").waitFor();
  await kept(other.page);
  await server.stop();
  return { data, one, other, port: new URL(server.origin).port };
}

for (const locale of ["zh-CN", "en"]) {
  const say = (id, args) => sentence(locale, id, args);

  test(`a code moves to a new phone, and the old one is wiped (${locale})`, async ({ t }) => {
    const { data, one, other, port } = await two(t, locale);
    const [old, young] = [one.page, other.page];
    await young.reload();
    await button(young, say("apply-move")).click();
    await young.locator("main.room").waitFor();
    await sound(young, "moving, new");
    await shot(young, `moving-new-${locale}`);
    await button(young, say("moving-ask")).click();
    const request = await seen(young);
    await sound(young, "moving, request");
    await shot(young, `moving-request-${locale}`);

    await button(old, say("rooms-open")).click();
    await button(old, say("room-moving")).click();
    await button(old, say("moving-scan-new")).waitFor();
    await sound(old, "moving, old");
    await shot(old, `moving-old-${locale}`);
    // The own code is no request.
    await scan(old, say("moving-scan-new"), await drawn(one.context, "https://example.org"));
    await old.locator("[role=alert]").getByText(say("reason-not-a-pass", { looksLike: "a-link" }).slice(0, 4)).waitFor();
    await scan(old, say("moving-scan-new"), request);
    await button(old, say("exchange-agree-move")).waitFor();
    await sound(old, "moving, asked");
    await shot(old, `moving-asked-${locale}`);
    await button(old, say("exchange-agree-move")).click();
    await old.getByText(say("moving-granted")).waitFor();
    const grant = await seen(old);
    await sound(old, "moving, granted");
    await shot(old, `moving-granted-${locale}`);

    // The request is no answer.
    await scan(young, say("moving-scan-old"), request);
    await young.locator("[role=alert]").waitFor();
    await scan(young, say("moving-scan-old"), grant);
    await young.locator("main.code.green svg.qr").waitFor();
    await shot(young, `moving-code-${locale}`);
    const passed = await verdict(t, young, data);
    assert.deepEqual([passed.outcome, passed.guardian ?? null], ["pass", null]);
    await young.reload();
    assert.equal((await verdict(t, young, data)).outcome, "pass", "there at the next opening");

    await button(old, say("moving-wipe")).click();
    await button(old, say("mine-wipe-yes")).click();
    await old.locator("main.apply").waitFor();

    // The network is back: the code becomes the new phone's own.
    await serve(t, data, port);
    const renewed = young.waitForResponse((response) => response.url().endsWith("/api/renewals") && response.ok());
    await young.reload();
    await renewed;
    await button(young, say("rooms-open")).click();
    await button(young, say("room-renewal")).click();
    await young.getByText(say("renewal-codes-n", { n: 7 })).waitFor();
    assert.deepEqual([...one.faults, ...other.faults], []);
  });

  test(`a guardian shows somebody's code, which is taken back (${locale})`, async ({ t }) => {
    const { data, one, other, port } = await two(t, locale);
    const [holder, guardian] = [one.page, other.page];
    // No code of the own is needed for that.
    await button(guardian, say("apply-lend")).click();
    await guardian.locator("summary").getByText(say("lend-ask")).click();
    await guardian.locator("#lend-name").fill("李四");
    await guardian.locator("#lend-relation").selectOption("child");
    await guardian.getByLabel(say("exchange-days-n", { n: 30 })).check();
    await sound(guardian, "lending, ask");
    await shot(guardian, `lending-ask-${locale}`);
    await button(guardian, say("lend-ask-now")).click();
    const request = await seen(guardian);
    await sound(guardian, "lending, request");
    await shot(guardian, `lending-request-${locale}`);

    await button(holder, say("rooms-open")).click();
    await button(holder, say("room-delegations")).click();
    await scan(holder, say("lend-scan-request"), request);
    await holder.getByText("李四").waitFor();
    await holder.getByLabel(say("exchange-days-n", { n: 1 })).check();
    await sound(holder, "lending, asked");
    await shot(holder, `lending-asked-${locale}`);
    await button(holder, say("exchange-agree")).click();
    const grant = await seen(holder);
    await shot(holder, `lending-granted-${locale}`);
    await scan(guardian, say("lend-scan-answer"), grant);
    await guardian.getByText(say("code-lent", { relation: "child" })).waitFor();
    await sound(guardian, "lending, code");
    await shot(guardian, `lending-code-${locale}`);
    const passed = await verdict(t, guardian, data);
    assert.deepEqual([passed.outcome, passed.guardian], ["pass", "child"]);
    // One more pass among those of this phone, there at the next opening.
    await button(guardian, say("rooms-open")).click();
    assert.equal(await button(guardian, say("room-diary")).count(), 0, "nothing is entered for somebody else");
    await button(guardian, say("room-people")).click();
    await guardian.locator("ul.passes li").first().getByText(say("people-lent", { time: "" }).split(/[{,，\s]/)[0]).waitFor();
    await sound(guardian, "lending, held");
    await shot(guardian, `lending-held-${locale}`);
    await guardian.reload();
    await guardian.locator("p.several").getByText(say("whom-child")).waitFor();
    // What was shown is noted, and shown to the person whose code it is.
    await button(guardian, say("rooms-open")).click();
    await button(guardian, say("room-delegations")).click();
    await guardian.getByText(say("behalf-title")).waitFor();
    assert.equal(await guardian.locator("ul.stored li").count(), 1, "it was on the screen all the time");
    await sound(guardian, "lending, noted");
    await shot(guardian, `lending-noted-${locale}`);
    await button(guardian, say("behalf-tell")).click();
    const list = await seen(guardian);
    await sound(guardian, "lending, told");
    await shot(guardian, `lending-told-${locale}`);
    await button(guardian, say("lend-done")).click();
    for (const _ of [1, 2]) await button(guardian, say("rooms-back")).click();
    await guardian.locator("main.code svg.qr").waitFor();

    await button(holder, say("lend-done")).click();
    await scan(holder, say("lend-scan-request"), list);
    await holder.locator("summary").getByText(say("behalf-told", { n: 1 })).click();
    await sound(holder, "lending, given");
    await shot(holder, `lending-given-${locale}`);
    await button(holder, say("lend-end")).click();
    await holder.getByText(say("lend-ending")).waitFor();
    await serve(t, data, port);
    await holder.reload();
    await holder.waitForResponse((response) => response.url().endsWith("/api/renewals") && response.ok());
    assert.equal((await verdict(t, guardian, data)).reason, "revoked");
    await holder.locator("main.code svg.qr").waitFor();
    await button(holder, say("rooms-open")).click();
    await button(holder, say("room-delegations")).click();
    await holder.getByText(say("lend-withdrawn", { time: "" }).split(/[（(]/)[0].trim()).first().waitFor();
    assert.deepEqual([...one.faults, ...other.faults], []);
  });
}
