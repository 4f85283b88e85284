// The package as it is packed, and the programs of its README as they stand there.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { deflateSync } from "node:zlib";
import { root } from "../../e2e/support.mjs";
import { folder, pkg, serve, tongma } from "./phones.mjs";

const readme = readFileSync(join(pkg, "README.md"), "utf8");
const programs = Object.fromEntries([...readme.matchAll(/<!-- program: (\S+) -->\n```js\n([\s\S]*?)```/g)].map(([, name, text]) => [name, text]));

/** A grey picture as a PNG. */
function png(width, pixels) {
  const chunk = (type, data) => {
    const body = Buffer.concat([Buffer.from(type), data]);
    const ends = Buffer.alloc(8);
    ends.writeUInt32BE(data.length, 0);
    ends.writeUInt32BE(crc32(body), 4);
    return Buffer.concat([ends.subarray(0, 4), body, ends.subarray(4)]);
  };
  const head = Buffer.from([0, 0, 0, 0, 0, 0, 0, 0, 8, 0, 0, 0, 0]);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(width, 4);
  const rows = Buffer.concat(Array.from({ length: width }, (_, row) => Buffer.concat([Buffer.alloc(1), pixels.subarray(row * width, (row + 1) * width)])));
  return Buffer.concat([Buffer.from("\x89PNG\r\n\x1a\n", "latin1"), chunk("IHDR", head), chunk("IDAT", deflateSync(rows)), chunk("IEND", Buffer.alloc(0))]);
}

function crc32(bytes) {
  let crc = ~0;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
}

/** A program's folder with the packed package in it. */
function installed(t) {
  const at = folder(t);
  const run = (command, ...args) => {
    const { status, stdout, stderr } = spawnSync(command, args, { cwd: at, encoding: "utf8" });
    assert.equal(status, 0, stderr);
    return stdout.trim();
  };
  const packed = run("npm", "pack", pkg, "--silent");
  mkdirSync(join(at, "node_modules/tongma"), { recursive: true });
  run("tar", "-xzf", packed, "-C", "node_modules/tongma", "--strip-components", "1");
  for (const [name, text] of Object.entries(programs)) writeFileSync(join(at, name), text);
  return { at, run, node: (name, args, input) => spawnSync(process.execPath, [name, ...args], { cwd: at, encoding: "utf8", input, timeout: 60_000 }) };
}

test("what is packed is whole and nothing else", (t) => {
  const { at } = installed(t);
  const files = readdirSync(join(at, "node_modules/tongma"), { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map(({ name }) => name);
  for (const wanted of ["package.json", "README.md", "index.js", "index.d.ts", "miniprogram.d.ts", "types.d.ts", "wallet.wasm", "wallet.wasm.br", "verifier.wasm", "verifier.wasm.br", "licences.json", "LICENSE-MIT", "LICENSE-APACHE"]) assert.ok(files.includes(wanted), wanted);
  assert.ok(files.every((name) => !/\.(ts|mjs)$/.test(name) || name.endsWith(".d.ts")), files.join(" "));
  assert.match(readme, /\| `wallet\.wasm` \| [\d.]+ KB \| [\d.]+ KB \|/);
});

test("the programs of the README", async (t) => {
  assert.deepEqual(Object.keys(programs), ["verify.mjs", "hold.mjs", "gate.mjs"]);
  const { at, node } = installed(t);
  const { origin } = await serve(t, folder(t));
  const held = node("hold.mjs", [origin]);
  assert.equal(held.stdout.trim(), "green 甲**", held.stderr);
  // Another program draws the picture and another reads it.
  const svg = readFileSync(join(at, "code.svg"), "utf8");
  const text = textOf(svg);
  assert.match(text, /^TM1:/);
  const verified = node("verify.mjs", [origin, text]);
  assert.equal(verified.stdout.trim(), "pass  甲**", verified.stderr);
  assert.match(node("verify.mjs", [origin, `${text.slice(0, -3)}AAA`]).stdout, /^invalid /);
  const gate = node("gate.mjs", [origin], `${text}\n${text}\nhttps://example.com\n`);
  assert.match(gate.stdout, /^pass \S+ \npass \S+ seen before\ninvalid not-a-pass \n$/, gate.stderr);

  function textOf(svg) {
    const [, size] = /viewBox="0 0 (\d+)/.exec(svg);
    const width = Number(size) * 8;
    const pixels = Buffer.alloc(width * width, 255);
    for (const [, x, y, length] of svg.matchAll(/M(\d+) (\d+)h(\d+)v1h-/g)) {
      for (let row = Number(y) * 8; row < Number(y) * 8 + 8; row += 1) pixels.fill(0, row * width + Number(x) * 8, row * width + (Number(x) + Number(length)) * 8);
    }
    writeFileSync(join(at, "code.png"), png(width, pixels));
    return tongma("scan", join(at, "code.png")).split("\t").pop();
  }
});

test("its types are whole, for both ways in", (t) => {
  const { at } = installed(t);
  writeFileSync(join(at, "use.ts"), `
    import { createCore, TongmaError, verifyByWebCrypto, webPlatform, type Verdict, type WalletView } from "tongma";
    import { createCore as load, type Platform } from "tongma/miniprogram";
    const core = await createCore(new Uint8Array());
    const verdict: Verdict = core.verify("TM1:", { rootKey: "", bundle: "" });
    const same: Promise<Verdict> = verifyByWebCrypto(core, "TM1:", { rootKey: "", bundle: "" });
    const platform: Platform = webPlatform("http://localhost");
    const wallet = await (await load("/wallet.wasm.br")).wallet({ platform, languages: [], deployment: { rootKey: "", authority: "" }, onView: (view: WalletView) => view.screen.type });
    wallet.send({ "field-changed": { field: "name", value: verdict.outcome } });
    // @ts-expect-error: there is no such event.
    wallet.send("dance");
    export const code: string = new TongmaError("stopped", "").code;
  `);
  writeFileSync(join(at, "package.json"), '{ "type": "module" }');
  const checked = spawnSync(join(root, "www/node_modules/.bin/tsc"), ["--noEmit", "--strict", "--target", "es2022", "--module", "nodenext", "--types", "", "use.ts"], { cwd: at, encoding: "utf8" });
  assert.equal(checked.stdout, "");
  assert.equal(checked.status, 0);
});
