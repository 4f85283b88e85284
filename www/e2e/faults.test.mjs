// What goes wrong at a gate and on the way of an application: each time the reason and what to do, in both languages.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { claim, resigner } from "./cose.mjs";
import { gate, holder, network, otherLanguage, paste, text, told, toldInBoth } from "./faulty.mjs";
import { test } from "./fixtures.mjs";
import { PERSON, apply, authority, browser, kept, send, serve, tongma } from "./support.mjs";

test.describe.configure({ timeout: 90_000 });
const FAKE = "--use-fake-device-for-media-stream";

test("no camera: refused, absent, in use, pulled out", async ({ t }) => {
  const { origin } = await serve(t, authority(t));
  const problem = ".no-camera [role=alert]";

  // Refused, then allowed in the browser's settings.
  const refused = await browser(t, { args: [FAKE, "--deny-permission-prompts"] });
  await gate(refused.page, origin);
  await toldInBoth(refused.page, problem, "camera-refused");
  await refused.context.grantPermissions(["camera"], { origin });
  await refused.page.locator(".no-camera button").click();
  await refused.page.locator(".no-camera").waitFor({ state: "detached" });
  await refused.page.waitForFunction(() => document.querySelector("video").videoWidth > 0);

  // The camera works, then it is pulled out for a moment: it starts again by itself.
  await refused.page.evaluate(() => {
    const { srcObject } = document.querySelector("video");
    globalThis.before = srcObject.id;
    srcObject.getVideoTracks()[0].dispatchEvent(new Event("ended"));
  });
  await refused.page.waitForFunction(() => {
    const { srcObject } = document.querySelector("video");
    return srcObject && srcObject.id !== globalThis.before;
  });
  assert.deepEqual(refused.faults, []);
  await refused.context.close();

  // No device at all.
  const absent = await browser(t, { args: [`${FAKE}=device-count=0`, "--use-fake-ui-for-media-stream"] });
  await absent.context.grantPermissions(["camera"], { origin });
  await gate(absent.page, origin);
  await toldInBoth(absent.page, problem, "camera-absent");

  // Another program has it: Chromium's fake camera has no such state, so the page is told what the browser would say.
  const taken = await absent.context.newPage();
  await absent.page.close();
  await taken.addInitScript(() => {
    navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException("Could not start video source", "NotReadableError"));
  });
  await gate(taken, origin);
  await toldInBoth(taken, problem, "camera-in-use");
  assert.deepEqual(absent.faults, []);
});

test("what is no pass is refused with its reason", async ({ t }) => {
  const data = authority(t);
  const { origin } = await serve(t, data);
  const code = holder(t, data).present();
  const { page, faults } = await browser(t);
  await gate(page, origin);
  const refusals = [
    ["https://example.org/health?code=green", "not-a-pass", { looksLike: "url" }],
    ["WIFI:T:WPA;S:mall;P:secret;;", "not-a-pass", { looksLike: "wi-fi" }],
    ["wxp://f2f0abcdefghijklmnop", "not-a-pass", { looksLike: "payment" }],
    ["ABC1:6BFOXN", "not-a-pass", { looksLike: "other" }],
    ["", "not-a-pass", { looksLike: "other" }],
    // base45 goes by three characters: cut between them, and within.
    [code.slice(0, 4 + 3 * 40), "cbor-truncated"],
    [code.slice(0, 4 + 3 * 40 + 1), "text-malformed"],
    [code.toLowerCase(), "text-lower-case"],
    [`TM1:${code.slice(4).toLowerCase()}`, "text-lower-case"],
    [code.repeat(20), "text-too-long"],
  ];
  for (const spoken of ["zh-CN", "en"]) {
    for (const [pasted, reason, facts] of refusals) {
      await paste(page, pasted);
      await page.locator("main.verdict.invalid h1").getByText(text(spoken, "verdict-invalid")).waitFor();
      await told(page, "main.verdict [role=alert]", reason, facts);
      assert.equal(await page.locator("main.verdict dl").count(), 0, "an invalid code shows no claim");
      await page.locator("button.next").click();
      await page.locator("main.scan").waitFor();
    }
    await otherLanguage(page);
  }
  // After all that a good one passes.
  await paste(page, code);
  await page.locator("main.verdict.pass").waitFor();
  assert.deepEqual(faults, []);
});

test("the server dies in the middle of an application", async ({ t }) => {
  const data = authority(t);
  let server = await serve(t, data);
  const port = new URL(server.origin).port;
  const way = await network(t, server);
  const { page, faults } = await browser(t);
  await page.goto(`${way.origin}/wallet/`);
  await kept(page);

  // Nobody answers: the wallet waits, and what was entered is there when the person goes back.
  await server.stop();
  await apply(page);
  await toldInBoth(page, "main [role=alert]", "offline");
  await page.locator("main button.quiet").click();
  for (const [field, value] of Object.entries(PERSON)) assert.equal(await page.locator(`#field-${field}`).inputValue(), value);

  // The authority has answered, but the answer is lost with the server.
  server = await serve(t, data, port);
  const answers = [];
  way.answer = async (path, forward) => {
    const answer = await forward();
    if (path !== "/api/applications") return answer;
    answers.push(answer.body.toString());
    if (answers.length > 1) return answer;
    await server.stop();
  };
  await send(page);
  await told(page, "main [role=alert]", "offline");
  assert.equal(answers.length, 1);

  // Started again, it goes on by itself, with no tap; also the page may have been closed meanwhile.
  server = await serve(t, data, port);
  await page.reload();
  await page.locator("svg.qr").waitFor();
  assert.equal(answers.length, 2);
  assert.equal(answers[0], answers[1], "the same credential, not a second one");
  assert.deepEqual(faults, []);
});

test("two tabs of the wallet and of the verifier", async ({ t }) => {
  const { origin } = await serve(t, authority(t));
  const { context, page: one, faults } = await browser(t);
  const two = await context.newPage();
  for (const page of [one, two]) await page.goto(`${origin}/wallet/`);
  for (const page of [one, two]) await page.locator("#field-name").waitFor();

  // What is entered in one tab is in the other; the code that one gets, both show.
  await one.locator("#field-name").fill(PERSON.name);
  await one.locator("#field-phone").focus();
  await two.waitForFunction((name) => document.querySelector("#field-name").value === name, PERSON.name);
  await apply(two);
  for (const page of [two, one]) await page.locator("svg.qr").waitFor();
  await otherLanguage(one);
  await two.waitForFunction(() => document.documentElement.lang === "en");
  for (const page of [one, two]) await page.reload();
  for (const page of [one, two]) await page.locator("svg.qr").waitFor();
  for (const page of [one, two]) assert.equal(await page.locator(".notice").count(), 0);

  // The verifier keeps one log: a second tab says so, and starts by itself when the first is closed, with what was chosen there.
  await gate(one, origin);
  await otherLanguage(one);
  await one.waitForFunction(() => document.documentElement.lang === "en");
  await two.goto(`${origin}/verifier/`);
  await two.getByText("另一个标签页或窗口已打开本页面").waitFor();
  await paste(one, "https://example.org/");
  await one.locator("main.verdict.invalid").waitFor();
  await one.close();
  await two.locator("main.scan").waitFor();
  await two.waitForFunction(() => document.documentElement.lang === "en");
  await paste(two, "https://example.org/");
  await two.locator("main.verdict.invalid").waitFor();
  assert.deepEqual(faults, []);
});

test("a trust list or a status list that is not right is not used", async ({ t }) => {
  const data = authority(t);
  const server = await serve(t, data);
  const someone = holder(t, data);
  const [bundle, list] = ["bundle.cbor", "status/0.cbor"].map((file) => join(data, "public", file));
  const other = authority(t, "other");
  const foreign = readFileSync(join(other, "public/bundle.cbor"));
  // The authority's own next bundle, with a higher number: what it publishes now is then the older one.
  const early = readFileSync(bundle);
  const numbers = { held: 1_000_000, offered: 0 };
  const late = resigner(early, readFileSync(join(data, "root.pem")))((list) => {
    const { value, map } = claim(list, 1, numbers.held);
    numbers.offered = value;
    return map;
  });

  const way = await network(t, server);
  const html = Buffer.from("<!doctype html><title>Sign in to this network</title>");
  const serving = (path, body, status = 200) => {
    const wrong = { status, headers: { "content-type": "text/html" }, body };
    // Where what changed can't be had, the whole list is asked for.
    const none = { status: 404, headers: {}, body: "" };
    way.answer = async (asked, forward) => (asked === DELTA ? none : asked === path ? wrong : asked === BUNDLE ? { status: 200, headers: {}, body: late } : forward());
  };
  const BUNDLE = "/public/bundle.cbor";
  const LIST = "/public/status/0.cbor";
  const DELTA = "/public/status/0.delta.cbor";

  // At the first opening there is nothing to fall back on: cannot tell.
  serving(BUNDLE, foreign);
  const fresh = await browser(t);
  await fresh.page.goto(`${way.origin}/verifier/`);
  await toldInBoth(fresh.page, ".notice", "bundle-wrong-root");
  await fresh.page.locator(".light.missing").nth(1).waitFor();
  await paste(fresh.page, someone.present());
  await fresh.page.locator("main.verdict.cannot-tell").waitFor();
  await told(fresh.page, "main.verdict [role=alert]", "bundle-missing");
  await fresh.context.close();

  // Later each is told and none is used: a code passes all the same.
  serving(BUNDLE, late);
  const { page, faults } = await browser(t);
  await gate(page, way.origin);
  const whole = readFileSync(list);
  const cases = [
    ["other root", BUNDLE, foreign, 200, "bundle-wrong-root"],
    ["older", BUNDLE, early, 200, "bundle-rolled-back", { held: String(numbers.held), offered: String(numbers.offered) }],
    ["cut", BUNDLE, late.subarray(0, late.length / 2), 200, "answer-malformed"],
    ["a page to sign in", BUNDLE, html, 200, "answer-malformed"],
    ["empty", BUNDLE, Buffer.alloc(0), 200, "answer-malformed"],
    ["another token", BUNDLE, whole, 200, "answer-malformed"],
    ["a fault", BUNDLE, html, 503, "server-fault", { status: "503" }],
    ["cut list", LIST, whole.subarray(0, whole.length / 2), 200, "answer-malformed"],
    ["a page instead of a list", LIST, html, 200, "answer-malformed"],
    ["altered list", LIST, altered(whole), 200, "answer-malformed"],
    ["no list", LIST, html, 404, "server-fault", { status: "404" }],
  ];
  for (const [name, path, body, status, reason, facts] of cases) {
    await test.step(name, async () => {
      serving(path, body, status);
      await page.locator("footer button").click();
      await toldInBoth(page, ".notice", reason, facts);
      await page.locator(".notice button").click();
      await page.locator(".notice").waitFor({ state: "detached" });
      assert.equal(await page.locator(".light.fresh").count(), 2);
      await paste(page, someone.present("--nonce", "00".repeat(8)));
      await page.locator("main.verdict.pass").waitFor();
      await page.locator("button.next").click();
      await page.locator("main.scan").waitFor();
    }, { timeout: 20_000 });
  }
  // A list from before a suspension is passed over, also when the page is opened again with no network.
  serving(BUNDLE, late);
  const code = someone.present();
  tongma("suspend", "--authority", data, index(code));
  await refreshed(page);
  await stopped(page, code);
  serving(LIST, whole);
  await refreshed(page);
  await stopped(page, code);
  await kept(page);
  way.answer = () => undefined;
  await page.reload();
  await page.locator(".light.fresh").nth(1).waitFor();
  await stopped(page, code);
  assert.deepEqual(faults, []);
});

/** The index of a code's credential in its status list. */
function index(code) {
  return String(JSON.parse(tongma("inspect", "--json", code)).status.idx);
}

/** Asks for new data and waits until they have been stored. */
async function refreshed(page) {
  const fetched = page.waitForResponse((response) => response.url().endsWith(".cbor") && !response.url().endsWith("bundle.cbor"));
  await page.locator("footer button").click();
  await fetched;
  await page.waitForTimeout(500);
}

async function stopped(page, code) {
  await paste(page, code);
  await page.locator("main.verdict.stop").waitFor();
  await told(page, "main.verdict [role=alert]", "suspended");
  await page.locator("button.next").click();
  await page.locator("main.scan").waitFor();
}

function altered(bytes) {
  const copy = Buffer.from(bytes);
  copy[copy.length - 1] ^= 1;
  return copy;
}
