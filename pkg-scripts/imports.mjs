// The core without `web` must know no clock, randomness, storage, network or screen: its WASM imports prove it.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";

const target = ["--target", "wasm32-unknown-unknown", "--no-default-features", "--features", "wallet,verifier,wasm,p256"];
execFileSync("cargo", ["build", "--quiet", "--lib", ...target], { stdio: "inherit" });
const module = new WebAssembly.Module(readFileSync("target/wasm32-unknown-unknown/debug/tongma.wasm"));
const allowed = /^__wbindgen_(init_externref_table|describe|describe_cast|throw|placeholder|object_drop_ref|externref_.*)$|^__wbg___wbindgen_throw_|^__wbindgen_externref_/;
const foreign = WebAssembly.Module.imports(module).filter(({ name }) => !allowed.test(name));
if (foreign.length > 0) {
  console.error("The core imports what it must not know:", foreign.map(({ module, name }) => `${module}.${name}`).join(", "));
  process.exit(1);
}
