// The main job: apply, show, scan, verdict – with the server killed.
import assert from "node:assert/strict";
import { pictured, read } from "./codes.mjs";
import { test } from "./fixtures.mjs";
import { apply, authority, browser, folder, kept, serve, shot, tongma, video } from "./support.mjs";

test.describe.configure({ timeout: 180_000 });

test("apply, show, scan, verdict, with the server killed", async ({ t }) => {
  const data = authority(t);
  let server = await serve(t, data);
  const { origin } = server;
  const port = new URL(origin).port;

  // A resident applies. A wrong check digit is noticed, and nothing that was entered is lost.
  const profile = folder(t);
  let wallet = await browser(t, { profile });
  await wallet.page.goto(`${origin}/wallet/`);
  await apply(wallet.page, { number: "110105194912310021" });
  await assert.doesNotReject(wallet.page.getByText("最后一位校验码不符").waitFor());
  assert.equal(await wallet.page.locator("#field-name").inputValue(), "甲乙丙");
  assert.equal(await wallet.page.evaluate(() => document.activeElement?.id), "field-document-number");
  await shot(wallet.page, "wallet-apply-problem");
  await apply(wallet.page);
  await wallet.page.locator("svg.qr").waitFor();
  await shot(wallet.page, "wallet-code-zh");
  await kept(wallet.page);

  // While a code is shown the wallet makes no request at all.
  const before = wallet.requests.length;
  await wallet.page.waitForTimeout(3000);
  assert.deepEqual(wallet.requests.slice(before), []);

  // A verifier opens once while there is a network.
  const gateProfile = folder(t);
  const first = await browser(t, { profile: gateProfile });
  await first.page.goto(`${origin}/verifier/`);
  await first.page.locator(".light.fresh").nth(1).waitFor();
  await kept(first.page);
  const gateRequests = [...first.requests];
  await first.context.close();

  // The server dies. The wallet's browser is started anew: the code is there, with no tap.
  await server.stop();
  const walletRequests = [...wallet.requests];
  await wallet.context.close();
  wallet = await browser(t, { profile });
  await wallet.page.goto(`${origin}/wallet/`);
  await wallet.page.locator("svg.qr").waitFor();
  const picture = await pictured(wallet.page);

  // The picture of the code becomes the camera of the gate.
  let gate = await browser(t, { profile: gateProfile, camera: true });
  await video(wallet.page, picture, gate.camera);
  await gate.page.goto(`${origin}/verifier/`);
  await gate.page.locator("main.verdict.pass").waitFor({ timeout: 30_000 });
  await gate.page.getByText("可以通行").waitFor();
  await gate.page.getByText("甲**").waitFor();
  await shot(gate.page, "verifier-pass-zh");
  // A pass goes away by itself, and the same code, seen again, says so.
  await gate.page.locator("main.scan").waitFor();
  await gate.page.getByText("已核验过").waitFor({ timeout: 30_000 });

  // Sixteen minutes later the same picture is no pass.
  await gate.page.clock.install();
  await gate.page.clock.fastForward(0);
  const later = Date.now() + 16 * 60_000;
  await gate.context.close();
  gate = await browser(t, { profile: gateProfile, camera: true });
  await gate.page.clock.setSystemTime(later);
  await gate.page.goto(`${origin}/verifier/`);
  await gate.page.locator("main.verdict.invalid").waitFor({ timeout: 30_000 });
  await gate.page.getByText("此码无效").waitFor();
  await shot(gate.page, "verifier-expired-zh");
  await gate.context.close();

  // The issuer suspends the credential; the gate learns it when it is online again.
  const text = read(t, picture);
  const { status } = JSON.parse(tongma("inspect", "--json", text));
  tongma("suspend", "--authority", data, String(status.idx));
  server = await serve(t, data, port);
  gate = await browser(t, { profile: gateProfile, locale: "en" });
  await gate.page.goto(`${origin}/verifier/`);
  await gate.page.locator(".light.fresh").nth(1).waitFor();
  await gate.page.waitForTimeout(1500);
  await gate.page.getByRole("button", { name: "Paste text" }).click();
  await gate.page.locator("#paste").fill(text);
  await gate.page.getByRole("button", { name: "Check" }).click();
  await gate.page.locator("main.verdict.stop").waitFor();
  await gate.page.getByText("May not enter").waitFor();
  await shot(gate.page, "verifier-stop-en");

  // Nobody else was asked anything.
  for (const url of [...walletRequests, ...gateRequests, ...wallet.requests, ...gate.requests]) {
    assert.ok(url.startsWith(`${origin}/`) || url.startsWith("blob:"), `a request to ${url}`);
  }
  assert.deepEqual([...wallet.faults, ...first.faults, ...gate.faults], []);
});
