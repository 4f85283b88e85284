// The gate for what mini-programs load finds each fault that it is there for.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import binaryen from "binaryen";
import { root } from "../../e2e/support.mjs";
import { folder } from "./phones.mjs";

const MODULES = {
  "i32.extend8_s": '(module (func (export "f") (param i32) (result i32) (i32.extend8_s (local.get 0))))',
  "memory.copy": '(module (memory (export "memory") 1) (func (export "f") (memory.copy (i32.const 0) (i32.const 1) (i32.const 2))))',
  "64-bit": '(module (func (export "f") (param i64)))',
  "exports global": '(module (global (export "g") i32 (i32.const 1)))',
  "asks for": '(module (import "env" "clock" (func $clock)) (func (export "f") (call $clock)))',
  externref: '(module (func (export "f") (param externref)))',
};

test("each fault of a module", (t) => {
  const at = folder(t);
  for (const [fault, text] of Object.entries({ ...MODULES, "": '(module (memory (export "memory") 1) (func (export "f") (param i32 f64) (result i32) (local.get 0)))' })) {
    const module = binaryen.parseText(text);
    module.setFeatures(binaryen.Features.All);
    writeFileSync(join(at, "module.wasm"), module.emitBinary());
    const { status, stderr } = spawnSync(process.execPath, ["pkg-scripts/mvp.mjs", "only", join(at, "module.wasm")], { cwd: root, encoding: "utf8" });
    assert.equal(status, fault ? 1 : 0, `${fault}: ${stderr}`);
    assert.ok(stderr.length > 0 || !fault, fault);
    if (["64-bit", "exports global", "asks for"].includes(fault)) assert.match(stderr, new RegExp(fault));
  }
});

test("each word that a script may not name", (t) => {
  const at = join(folder(t), "index.js");
  const judge = (code) => {
    writeFileSync(at, code);
    return spawnSync(process.execPath, ["pkg-scripts/mvp.mjs", "script", at], { cwd: root, encoding: "utf8" });
  };
  for (const word of ["new TextDecoder", "BigInt(1)", "1n", "new FinalizationRegistry", "new URL(x)", "eval(x)", "Function(x)", "globalThis.x", "window.x", "WebAssembly.compile", "import(x)"]) assert.equal(judge(`f(${word});`).status, 1, word);
  const { status, stderr } = judge('const a = "TextDecoder"; b.fetch(c); d.eval; // BigInt\n');
  assert.equal(status, 0, stderr);
});
