// Whoever uses the package otherwise than it is meant is told what to do.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { Core, createCore, fromBase64url, toBase64url, TongmaError, Verifier, Wallet, webPlatform } from "../../../pkg/index.js";
import { core, pkg } from "./phones.mjs";

const deployment = { rootKey: "", authority: "tm:36" };
const options = (changes = {}) => ({ platform: webPlatform("http://localhost:1"), languages: ["en"], deployment, onView: () => undefined, ...changes });

test("used before it is loaded", () => {
  for (const Made of [Core, Wallet, Verifier]) assert.throws(() => new Made(), { code: "not-loaded", message: /await createCore/ });
  const early = createCore(readFileSync(join(pkg, "wallet.wasm")));
  for (const name of ["wallet", "verifier", "verify", "scan"]) assert.throws(() => early[name](), { code: "not-loaded", message: /await/ });
});

test("modules from wherever they come", async () => {
  const path = join(pkg, "verifier.wasm");
  const bytes = readFileSync(path);
  for (const source of [new WebAssembly.Module(bytes), bytes, bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length), new Response(bytes), pathToFileURL(path), String(pathToFileURL(path))]) {
    assert.equal((await createCore(source)).verify("x", { rootKey: "", bundle: "" }).outcome, "cannot-tell");
  }
  await assert.rejects(createCore(bytes.subarray(0, 1000)), { code: "wasm-refused" });
  await assert.rejects(createCore(new Response("", { status: 404 })), { code: "wasm-refused", message: /404/ });
  await assert.rejects(createCore("http://localhost:1/verifier.wasm"), { code: "wasm-refused" });
  for (const wrong of [undefined, null, 7, {}]) await assert.rejects(createCore(wrong), { code: "wrong-argument" });
});

test("the wrong module", async () => {
  const [wallet, verifier] = [await core("wallet"), await core("verifier")];
  await assert.rejects(verifier.wallet(options()), { code: "not-in-this-module", message: /wallet\.wasm/ });
  await assert.rejects(wallet.verifier(options()), { code: "not-in-this-module", message: /verifier\.wasm/ });
  assert.throws(() => wallet.verify("x", { rootKey: "", bundle: "" }), { code: "not-in-this-module", message: /verifier\.wasm/ });
});

test("wrong arguments", async () => {
  const [wallet, verifier] = [await core("wallet"), await core("verifier")];
  for (const [changes, message] of [
    [{ platform: undefined }, /platform/],
    [{ platform: { ...webPlatform("http://localhost:1"), random: undefined } }, /platform\.random/],
    [{ platform: { ...webPlatform("http://localhost:1"), storage: {} } }, /platform\.storage\.get/],
    [{ languages: "en" }, /languages/],
    [{ deployment: "x" }, /deployment\.json/],
    [{ onView: undefined }, /onView/],
  ]) await assert.rejects(wallet.wallet(options(changes)), { code: "wrong-argument", message });
  await assert.rejects(wallet.wallet(), { code: "wrong-argument" });
  for (const trust of [undefined, {}, { rootKey: "" }, { rootKey: "", bundle: 7 }, { rootKey: "", bundle: "", statusLists: "x" }, { rootKey: "", bundle: "", now: NaN }, { rootKey: "", bundle: "", place: { kind: "moon" } }, { rootKey: "", bundle: "", nonce: "?" }]) {
    assert.throws(() => verifier.verify("x", trust), { code: "wrong-argument" }, JSON.stringify(trust));
  }
  assert.throws(() => verifier.verify(7, {}), { code: "wrong-argument" });
  assert.throws(() => verifier.scan(new Uint8Array(3), 1, 1), { code: "wrong-argument" });
});

test("one machine at a time, and none after its end", async () => {
  const made = await core("wallet");
  const wallet = await made.wallet(options());
  await assert.rejects(made.wallet(options()), { code: "already-running" });
  for (const wrong of ["", 7, null, undefined]) assert.throws(() => wallet.send(wrong), { code: "wrong-argument" });
  for (const unknown of ["dance", { dance: {} }]) assert.throws(() => wallet.send(unknown), { code: "event-unknown" });
  await wallet.stop();
  assert.throws(() => wallet.send("retry-asked"), { code: "stopped" });
  await (await made.wallet(options())).stop();
  assert.ok(new TongmaError("stopped", "x") instanceof Error);
});

test("a callback that sends the next event disturbs nothing", async () => {
  const seen = [];
  const wallet = await (await core("wallet")).wallet(options({
    onView: ({ screen, language }) => {
      seen.push([language, screen.name?.value]);
      if (language === "zh-CN" && screen.name?.value === "") wallet.send({ "field-changed": { field: "name", value: "甲" } });
    },
  }));
  wallet.send({ "language-chosen": { language: "zh-CN" } });
  assert.deepEqual(seen.slice(-2), [["zh-CN", ""], ["zh-CN", "甲"]]);
  await wallet.stop();
});

test("a callback that throws is told of, and the machine goes on", () => {
  const program = `
    import { createCore, webPlatform } from ${JSON.stringify(String(pathToFileURL(join(pkg, "index.js"))))};
    process.on("unhandledRejection", ({ message }) => console.log(message));
    const core = await createCore(${JSON.stringify(String(pathToFileURL(join(pkg, "wallet.wasm"))))});
    const wallet = await core.wallet({ platform: webPlatform("http://localhost:1"), languages: ["en"], deployment: ${JSON.stringify(deployment)}, onView: () => { throw new Error("can't draw"); } });
    wallet.send({ "language-chosen": { language: "zh-CN" } });
    await wallet.stop();
    console.log("went on");
  `;
  const { stdout } = spawnSync(process.execPath, ["--input-type=module", "--eval", program], { encoding: "utf8" });
  assert.match(stdout, /can't draw/);
  assert.match(stdout, /went on/);
});

test("base64url both ways, of all lengths", () => {
  for (let length = 0; length < 300; length += 1) {
    const bytes = Uint8Array.from({ length }, (_, at) => (at * 37 + length) & 255);
    assert.equal(toBase64url(bytes), Buffer.from(bytes).toString("base64url"));
    assert.deepEqual(fromBase64url(toBase64url(bytes)), bytes);
  }
  for (const wrong of ["A", "AA=", "A A", "AA+/", "é"]) assert.equal(fromBase64url(wrong), undefined);
});

test("texts of all scripts cross the boundary as they are", async () => {
  let view;
  const wallet = await (await core("wallet")).wallet(options({ onView: (next) => { view = next; } }));
  for (const [value, shown] of [
    ["甲乙丙", "甲乙丙"], ["é߿ࠀ￿", "é߿ࠀ￿"], ["𠮷😀\u{10ffff}", "𠮷😀\u{10ffff}"], ["a\ud800b", "a\ufffdb"], ["\udc00", "\ufffd"], ["\ud83d", "\ufffd"], ['"\\\n\u0000', '"\\\n\u0000'],
  ]) {
    wallet.send({ "field-changed": { field: "address", value } });
    assert.equal(view.screen.address.value, shown);
  }
  await wallet.stop();
});
