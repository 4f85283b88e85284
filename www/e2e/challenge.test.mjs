// The nonce mode with the server killed: the gate shows its challenge, the wallet scans it, and the answer is good at this gate only.
import assert from "node:assert/strict";
import { pictured } from "./codes.mjs";
import { gate as openGate } from "./faulty.mjs";
import { test } from "./fixtures.mjs";
import { gone } from "./gates.mjs";
import { apply, authority, browser, kept, serve, shot, video } from "./support.mjs";

test.describe.configure({ timeout: 180_000 });

const PLACE = { kind: "museum", region: 330100, name: "城南博物馆", lowRisk: false, testWithinH: null, temperature: null };

/** Opens a gate that asks for answers to its challenge. */
async function gateAt(t, origin, locale) {
  const gate = await browser(t, { locale });
  await openGate(gate.page, origin);
  await kept(gate.page);
  const settings = { place: PLACE, challenge: true, temperature: false, sound: false, speech: false, fade: false };
  const [worker] = gate.page.workers();
  await worker.evaluate((json) => dispatchEvent(new MessageEvent("message", { data: { type: "event", json, now: Date.now() } })), JSON.stringify({ "gate-changed": { gate: settings } }));
  await gate.page.locator(".challenge svg.qr").waitFor();
  return gate;
}

const asked = (gate) => gate.page.locator(".challenge svg.qr path").nth(1).getAttribute("d");
const look = (gate, png) => gate.page.locator("input[type=file]").setInputFiles({ name: "answer.png", mimeType: "image/png", buffer: png });

test("a gate asks, a wallet answers, and nobody else can use the answer", async ({ t }) => {
  const server = await serve(t, authority(t));
  const { origin } = server;

  // A resident has a code.
  const wallet = await browser(t, { camera: true });
  const { camera } = wallet;
  await wallet.page.goto(`${origin}/wallet/`);
  await apply(wallet.page);
  await wallet.page.locator("svg.qr").waitFor();
  await kept(wallet.page);

  const gate = await gateAt(t, origin, "zh-CN");
  const other = await gateAt(t, origin, "en");
  await server.stop();
  await shot(gate.page, "verifier-challenge-zh");
  await shot(other.page, "verifier-challenge-en");

  // The everyday code is not enough here. The wallet's scanner is there without a network.
  await wallet.page.reload();
  await shot(wallet.page, "wallet-everyday-zh");
  const everyday = await pictured(wallet.page);
  await look(gate, everyday);
  await gate.page.locator("main.verdict.invalid").waitFor();
  await gate.page.getByText("此码没有回应本场所的核验请求").waitFor();
  await shot(gate.page, "verifier-nonce-missing-zh");
  await gate.page.getByRole("button", { name: "继续扫码" }).click();

  // Nothing to be seen: the camera goes on looking until the person gives up.
  const nothing = await wallet.page.locator("p.small").screenshot();
  await video(wallet.page, nothing, camera);
  const scan = wallet.page.getByRole("button", { name: "扫场所的码" });
  await scan.click();
  await wallet.page.waitForFunction(() => document.querySelector("dialog video")?.videoWidth > 0);
  await shot(wallet.page, "wallet-scanner-zh");
  await wallet.page.getByRole("button", { name: "取消" }).click();
  assert.equal(await wallet.page.locator("dialog").count(), 0);

  // Somebody else's code is no gate's: it is told, and the everyday code stays.
  await video(wallet.page, everyday, camera);
  await scan.click();
  await wallet.page.getByText("这不是场所的核验码").waitFor({ timeout: 30_000 });
  await shot(wallet.page, "wallet-not-a-challenge-zh");
  await wallet.page.getByRole("button", { name: "知道了" }).click();
  assert.equal(await wallet.page.locator("dialog").count(), 0);

  // The screen of the gate becomes the wallet's camera.
  const challenge = await gate.page.locator(".challenge svg.qr").screenshot();
  const before = await asked(gate);
  await video(wallet.page, challenge, camera);
  await scan.click();
  await wallet.page.getByText("仅供：城南博物馆 · 博物馆 · 浙江").waitFor({ timeout: 30_000 });
  await wallet.page.locator("svg.qr").waitFor();
  // The gate is in another province than the code: whoever has one of there can choose it.
  await wallet.page.getByText("这里是浙江").waitFor();
  await wallet.page.getByRole("button", { name: "换码" }).waitFor();
  await shot(wallet.page, "wallet-answering-zh");
  const answer = await pictured(wallet.page, "main.answering svg.qr");
  await wallet.page.getByRole("button", { name: "English" }).click();
  await wallet.page.getByText("make sure that you are there").waitFor();
  await shot(wallet.page, "wallet-answering-en");

  await look(other, answer);
  await other.page.locator("main.verdict.invalid").waitFor();
  await other.page.getByText("does not answer the request that this gate shows now").waitFor();
  await shot(other.page, "verifier-nonce-mismatch-en");
  await look(gate, answer);
  await gone(gate);
  assert.notEqual(await asked(gate), before, "an answered challenge is not shown again");

  // Back to the everyday code, which is good elsewhere.
  await wallet.page.getByRole("button", { name: "Back to the everyday code" }).click();
  await wallet.page.getByRole("button", { name: "Scan the gate's code" }).waitFor();
  await shot(wallet.page, "wallet-everyday-en");
  await video(wallet.page, nothing, camera);
  await wallet.page.getByRole("button", { name: "Scan the gate's code" }).click();
  await wallet.page.locator("dialog").waitFor();
  await wallet.page.keyboard.press("Escape");
  await wallet.page.locator("dialog").waitFor({ state: "detached" });

  // A picture of the gate's screen does as well, as long as it is fresh; any other picture is told.
  await wallet.page.getByRole("button", { name: "Scan the gate's code" }).click();
  const picture = (buffer) => wallet.page.locator("dialog input[type=file]").setInputFiles({ name: "gate.png", mimeType: "image/png", buffer });
  await picture(nothing);
  await wallet.page.getByText("No code was found in the picture").waitFor();
  await shot(wallet.page, "wallet-scanner-en");
  await picture(await gate.page.locator(".challenge svg.qr").screenshot());
  await wallet.page.getByText("Only for: 城南博物馆").waitFor();
  await look(gate, await pictured(wallet.page, "main.answering svg.qr"));
  await gate.page.locator("main.verdict.pass").waitFor();

  for (const { requests, faults } of [gate, other, wallet]) {
    for (const url of requests) assert.ok(url.startsWith(`${origin}/`) || url.startsWith("blob:"), `a request to ${url}`);
    assert.deepEqual(faults, []);
  }
});
