// The mini-program's glue in a realm with nothing but what its platform gives: no text decoder, no big integers, no WebAssembly of its own, no
// code from texts.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import vm from "node:vm";
import { brotliDecompressSync } from "node:zlib";
import { folder, Phone, pkg, read, serve, storage } from "./phones.mjs";

const GONE = ["BigInt", "BigInt64Array", "BigUint64Array", "FinalizationRegistry", "WeakRef", "WebAssembly", "SharedArrayBuffer", "Atomics", "eval", "Intl"];

/** What WeChat gives: it reads a path within the package, and nothing else. */
const wechat = {
  instantiate: async (path, imports) => {
    assert.equal(typeof path, "string");
    assert.match(path, /^\/.*\.wasm\.br$/);
    return WebAssembly.instantiate(brotliDecompressSync(readFileSync(join(pkg, "miniprogram", path))), imports);
  },
};

/** Loads the glue into a realm of its own. */
function glue(host) {
  const context = vm.createContext(host ? { WXWebAssembly: host } : {}, { codeGeneration: { strings: false, wasm: false } });
  vm.runInContext(`for (const name of ${JSON.stringify(GONE)}) delete globalThis[name];`, context);
  vm.runInContext("delete globalThis.globalThis", context);
  const module = { exports: {} };
  vm.runInContext(`(function (module, exports, require) { ${readFileSync(join(pkg, "miniprogram/index.js"), "utf8")}\n})`, context)(module, module.exports, undefined);
  return module.exports;
}

test("issue, hold, present, verify", async (t) => {
  const { origin } = await serve(t, folder(t));
  const { createCore, fromBase64url } = glue(wechat);
  const phone = await (await Phone.at(origin)).open(await createCore("/wallet.wasm.br"));
  const screen = await phone.code();
  assert.equal(screen.colour, "green");
  assert.equal(screen.name, "甲**");

  const gate = await createCore("/verifier.wasm.br");
  const text = read(gate, screen.qr);
  assert.match(text, /^TM1:/);
  const verifier = await (await Phone.at(origin)).open(gate, "verifier");
  await verifier.until(({ screen, bundle, status }) => screen.type === "scanning" && bundle.state === "fresh" && status.state === "fresh", "trust data");
  verifier.send({ "text-read": { text, source: "camera" } });
  const { verdict } = (await verifier.until(({ screen }) => screen.type === "verdict")).screen;
  assert.equal(verdict.outcome, "pass");
  assert.equal(verdict.disclosed.name, "甲**");

  // A gate's log is signed by a key of its own.
  verifier.send({ "log-export-asked": { format: "json" } });
  const { log } = await verifier.until(({ log }) => log.file, "the log");
  assert.match(log.file.text, /signature/);

  const file = async (path) => new Uint8Array(await (await fetch(`${origin}/public/${path}`)).arrayBuffer());
  const trust = { rootKey: phone.deployment.rootKey, bundle: await file("bundle.cbor"), statusLists: [await file("status/0.cbor")] };
  assert.equal(gate.verify(text, trust).outcome, "pass");
  assert.equal(gate.verify(text, { ...trust, now: Date.now() / 1000 + 1000 }).reason, "expired");
  assert.equal(gate.verify(text, { ...trust, statusLists: [] }).reason, "status-missing");
  assert.equal(gate.verify(text, { ...trust, bundle: trust.bundle.slice(1) }).outcome, "cannot-tell");
  assert.equal(gate.verify("https://example.com", trust).reason, "not-a-pass");
  assert.equal(fromBase64url(phone.deployment.rootKey).length, 65);
  await Promise.all([phone.machine.stop(), verifier.machine.stop()]);
});

test("an old base library is told, and nothing is half made", async () => {
  for (const host of [undefined, {}, { instantiate: "no" }]) {
    await assert.rejects(glue(host).createCore("/wallet.wasm.br"), { code: "platform-too-old", message: /base library 2\.13\.0/ });
  }
});

test("a module that is cut, refused or of somebody else is told", async () => {
  const whole = brotliDecompressSync(readFileSync(join(pkg, "miniprogram/wallet.wasm.br")));
  const hosts = {
    cut: () => WebAssembly.instantiate(whole.subarray(0, whole.length / 2), {}),
    refused: async () => { throw new Error("CompileError: invalid wasm file"); },
    nothing: async () => undefined,
  };
  for (const [name, instantiate] of Object.entries(hosts)) {
    await assert.rejects(glue({ instantiate }).createCore("/wallet.wasm.br"), { code: "wasm-refused" }, name);
  }
  const empty = { instantiate: () => WebAssembly.instantiate(new Uint8Array([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]), {}) };
  await assert.rejects(glue(empty).createCore("/wallet.wasm.br"), { code: "wasm-foreign" });
  await assert.rejects(glue(wechat).createCore("/wallet.js"), { code: "wrong-argument" });
});

test("without secure randomness there is no wallet and nothing is stored", async (t) => {
  const { origin } = await serve(t, folder(t));
  const { createCore } = glue(wechat);
  const sources = {
    absent: async () => { throw new Error("getRandomValues:fail"); },
    zeros: async (length) => new Uint8Array(length),
    short: async () => new Uint8Array([1, 2, 3]),
    none: async () => undefined,
  };
  for (const [name, random] of Object.entries(sources)) {
    const held = storage();
    const phone = await Phone.at(origin, held, { random });
    await assert.rejects(createCore("/wallet.wasm.br").then((made) => phone.open(made)), { code: "no-secure-random" }, name);
    assert.equal(held.kept.size, 0, name);
  }
});

test("a gate without secure randomness verifies, and refuses what needs it", async (t) => {
  const { origin } = await serve(t, folder(t));
  const { createCore } = glue(wechat);
  const holder = await (await Phone.at(origin)).open(await createCore("/wallet.wasm.br"));
  const { qr } = await holder.code();
  await holder.machine.stop();

  const random = async () => { throw new Error("no such function"); };
  const kept = new Map();
  const core = await createCore("/verifier.wasm.br");
  const gate = await (await Phone.at(origin, storage(kept), { random })).open(core, "verifier");
  assert.equal(gate.machine.plain, true);
  await gate.until(({ screen, bundle, status }) => screen.type === "scanning" && bundle.state === "fresh" && status.state === "fresh", "trust data");
  gate.send({ "text-read": { text: read(core, qr), source: "camera" } });
  assert.equal((await gate.until(({ screen }) => screen.type === "verdict")).screen.verdict.outcome, "pass");
  const settings = gate.view.gate;
  for (const asking of [{ challenge: true }, { strict: true }]) {
    assert.throws(() => gate.send({ "gate-changed": { gate: { ...settings, ...asking } } }), { code: "no-secure-random" });
  }
  gate.send({ "log-export-asked": { format: "json" } });
  await gate.until(({ notices }) => notices.some(({ code }) => code === "key-unusable"), "that it can't be signed");
  gate.send({ "gate-changed": { gate: { ...settings, sound: !settings.sound } } });
  await gate.machine.stop();
  assert.equal(kept.has("tongma-verifier/key"), false);
  const again = await (await Phone.at(origin, storage(kept), { random })).open(core, "verifier");
  assert.equal((await again.until(({ bundle }) => bundle.state === "fresh")).gate.sound, !settings.sound);
  await again.machine.stop();

  // Randomness that is away for once begins nothing anew.
  const sealed = new Map();
  const before = await (await Phone.at(origin, storage(sealed))).open(core, "verifier");
  before.send({ "gate-changed": { gate: { ...settings, challenge: true } } });
  await before.machine.stop();
  await assert.rejects((await Phone.at(origin, storage(sealed), { random })).open(core, "verifier"), { code: "no-secure-random" });
  const after = await (await Phone.at(origin, storage(sealed))).open(core, "verifier");
  assert.equal(after.view.gate.challenge, true);
  await after.machine.stop();
});
