// Answers of the authority that are none: a page to sign in, markup, too much, cut, late, doubled. Each is told in both languages, nothing of it
// gets into the page, nothing that was entered is lost, and a good answer is taken afterwards.
import assert from "node:assert/strict";
import { network, text, told, toldInBoth } from "./faulty.mjs";
import { test } from "./fixtures.mjs";
import { PERSON, apply, authority, browser, firstStep, send, serve } from "./support.mjs";

test.describe.configure({ timeout: 120_000 });
const MARKUP = "<!doctype html><img src=x onerror=\"document.title='taken over'\"><script>document.title='taken over'</script>";
const HUGE = Buffer.alloc((8 << 20) + 1, "T");
const answer = (status, body) => ({ status, headers: { "content-type": "text/html" }, body });

/** Nothing of an answer became a part of the page. */
async function untouched(page) {
  assert.equal(await page.locator("#app img, #app script, #app iframe").count(), 0);
  assert.doesNotMatch(await page.title(), /taken over/);
  assert.ok((await page.locator("#app").innerText()).length < 3000, "no flood of words");
}

test("an application whose answers are none", async ({ t }) => {
  const way = await network(t, await serve(t, authority(t)));
  const { page, faults } = await browser(t);
  await page.goto(`${way.origin}/wallet/`);

  // Refusals lead back to the form, with what was entered.
  const refusals = [
    ["a page", answer(422, MARKUP), "application-refused"],
    ["no reason that is known", answer(422, JSON.stringify({ code: MARKUP })), "application-refused"],
    ["markup for a fact", answer(422, JSON.stringify({ code: "status-missing", uri: MARKUP })), "status-missing"],
    ["a flood for a fact", answer(422, JSON.stringify({ code: "unknown-issuer", issuer: "x".repeat(1 << 20) })), "unknown-issuer"],
    ["twice a reason", answer(422, '{"code":"phone-length"}{"code":"phone-length"}'), "application-refused"],
  ];
  let next = refusals[0][1];
  way.answer = (path, forward) => (path === "/api/applications" ? next : forward());
  await page.locator("#field-name").waitFor();
  for (const [name, given, reason] of refusals) {
    await test.step(name, async () => {
      next = given;
      if (name === "a page") await apply(page);
      else {
        // What the last one told is not taken for the answer to this one: the form is drawn anew when an answer is there.
        await page.locator("main.apply").evaluate((form) => form.classList.add("before"));
        await send(page);
      }
      await toldInBoth(page, "main.apply:not(.before) [role=alert]", reason, { uri: MARKUP });
      await untouched(page);
    }, { timeout: 30_000 });
  }
  await firstStep(page);
  for (const [field, value] of Object.entries(PERSON)) assert.equal(await page.locator(`#field-${field}`).inputValue(), value);

  // What is no answer at all is waited for again.
  const good = [];
  const others = [
    ["a page to sign in", () => answer(200, MARKUP), "answer-malformed"],
    ["too much", () => answer(200, HUGE), "answer-malformed"],
    ["half of it", (real) => answer(200, real.subarray(0, real.length >> 1)), "answer-malformed"],
    ["twice", (real) => answer(200, Buffer.concat([real, real])), "answer-malformed"],
    ["altered", (real) => answer(200, Buffer.concat([real.subarray(0, -3), Buffer.from("000")])), "answer-malformed"],
    ["less than was announced", (real) => ({ status: 200, headers: { "content-length": real.length + 9, connection: "close" }, body: real }), "offline"],
    ["a fault", () => answer(503, MARKUP), "server-fault", { status: "503" }],
  ];
  let make = others[0][1];
  way.answer = async (path, forward) => {
    const real = await forward();
    if (path !== "/api/applications") return real;
    good.push(real.body.toString());
    return make ? make(real.body) : real;
  };
  for (const [name, given, reason, facts] of others) {
    await test.step(name, async () => {
      const before = good.length;
      make = given;
      if (before === 0) await send(page);
      else await page.getByRole("button", { name: text("zh-CN", "try-again"), exact: true }).click();
      while (good.length === before) await page.waitForTimeout(20);
      await toldInBoth(page, "main [role=alert]", reason, facts);
      await untouched(page);
    }, { timeout: 30_000 });
  }
  make = undefined;
  await page.reload();
  await page.locator("svg.qr").waitFor();
  assert.equal(new Set(good).size, 1, "the same credential, however often it was asked for");
  assert.deepEqual(faults.filter((fault) => !/CONTENT_LENGTH/.test(fault)), []);
});

test("an answer that comes too late", async ({ t }) => {
  const way = await network(t, await serve(t, authority(t)));
  const { page, faults } = await browser(t);
  await page.clock.install();
  await page.goto(`${way.origin}/wallet/`);
  const answers = [];
  let late;
  way.answer = async (path, forward) => {
    const real = await forward();
    if (path !== "/api/applications") return real;
    answers.push(real.body.toString());
    if (answers.length === 1) await new Promise((resolve) => { late = resolve; });
    return real;
  };
  await apply(page);
  while (!late) await page.waitForTimeout(20);
  // The request is given up after 20 seconds, and asked again.
  await page.clock.fastForward(21_000);
  await told(page, "main [role=alert]", "offline");
  late();
  await page.waitForTimeout(300);
  assert.equal(await page.locator("svg.qr").count(), 0, "nobody waits for it any more");
  await page.getByRole("button", { name: text("zh-CN", "try-again"), exact: true }).click();
  await page.locator("svg.qr").waitFor();
  assert.deepEqual(answers, [answers[0], answers[0]]);
  assert.deepEqual(faults, []);
});

test("a check-in whose answers are none", async ({ t }) => {
  const way = await network(t, await serve(t, authority(t)));
  const { page, faults } = await browser(t);
  const say = (id) => text("zh-CN", id);
  const button = (id) => page.getByRole("button", { name: say(id), exact: true });
  await page.goto(`${way.origin}/wallet/`);
  await apply(page);
  await page.locator("svg.qr").waitFor();
  await button("rooms-open").click();
  await button("room-diary").click();
  await page.locator("#field-symptoms").check();
  await page.locator("#field-temperature").fill("36.6");
  const answers = [answer(200, MARKUP), answer(200, HUGE)];
  let asked = 0;
  way.answer = async (path, forward) => {
    const real = await forward();
    if (path !== "/api/declarations") return real;
    asked += 1;
    return answers.shift() ?? (asked === 3 ? answer(200, Buffer.concat([real.body, real.body])) : real);
  };
  await button("diary-send").click();
  // Three of them are the end: it is kept, and sent again by hand.
  for (let sent = 1; sent <= 3; sent += 1) {
    while (asked < sent) await page.waitForTimeout(20);
    await page.waitForTimeout(300);
    await untouched(page);
    if (sent < 3) await page.evaluate(() => dispatchEvent(new Event("online")));
  }
  await page.getByText(say("diary-stopped")).waitFor();
  assert.equal(asked, 3);
  await button("diary-again").click();
  await page.getByText(say("diary-sent-taken")).waitFor();
  assert.equal(asked, 4);
  assert.deepEqual(faults, []);
});
