// What mini-programs load holds to what their engines have. `mvp.mjs module FILE GLUE` looks at one module as it was built, `only FILE`
// without its glue, `script FILE` at a script; without words at all that dist/wasm/mini and pkg/ hold, and at its sizes.
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

/** What engines of mini-programs lack, or what their reviews refuse. */
const FORBIDDEN = [
  "TextDecoder", "TextEncoder", "BigInt", "FinalizationRegistry", "WeakRef", "URL", "eval", "Function", "globalThis", "window", "document", "self", "process", "require", "import",
  "fetch", "setTimeout", "setInterval", "WebAssembly", "atob", "btoa",
];
/** In bytes. */
const MOST = { "main package's part of the core": 400 * 1024, "sub-package's part of the core": 2 * 1024 * 1024 };

const faults = [];
const fault = (text) => faults.push(text);

/** A module of the first WebAssembly only, which asks for nothing, and gives functions and its memory. */
function holdModule(file) {
  const bytes = readFileSync(file);
  const checked = spawnSync("www/node_modules/.bin/wasm-opt", ["--mvp-features", file, "-o", "/dev/null"], { encoding: "utf8" });
  if (checked.status !== 0) fault(`${file}: ${checked.stderr.trim().split("\n").slice(0, 3).join(" ")}`);
  const module = new WebAssembly.Module(bytes);
  const imports = WebAssembly.Module.imports(module).map(({ module, name }) => `${module}.${name}`);
  if (imports.length > 0) fault(`${file} asks for ${imports.join(", ")}`);
  const odd = WebAssembly.Module.exports(module).filter(({ kind, name }) => kind !== "function" && !(kind === "memory" && name === "memory"));
  if (odd.length > 0) fault(`${file} exports ${odd.map(({ kind, name }) => `${kind} ${name}`).join(", ")}`);
  for (const { name, signature } of signatures(bytes)) if (/[^if]/.test(signature)) fault(`${file}: ${name} has 64-bit integers at the boundary`);
}

/** The types of exported functions: `i` for i32, `f` for floats, `l` for i64. */
function signatures(bytes) {
  let at = 8;
  const number = () => {
    let [value, shift, byte] = [0, 0, 0];
    do {
      byte = bytes[at++];
      value += (byte & 0x7f) * 2 ** shift;
      shift += 7;
    } while (byte & 0x80);
    return value;
  };
  const letters = () => Array.from({ length: number() }, () => ({ 0x7f: "i", 0x7e: "l", 0x7d: "f", 0x7c: "f" })[bytes[at++]] ?? "?").join("");
  const [types, functions, found] = [[], [], []];
  while (at < bytes.length) {
    const id = bytes[at++];
    const length = number();
    const end = at + length;
    if (id === 1) for (let left = number(); left > 0; left -= 1) {
      at += 1;
      types.push(letters() + letters());
    }
    if (id === 3) for (let left = number(); left > 0; left -= 1) functions.push(number());
    if (id === 7) for (let left = number(); left > 0; left -= 1) {
      const size = number();
      const name = bytes.subarray(at, at + size).toString("utf8");
      at += size;
      const kind = bytes[at++];
      const index = number();
      if (kind === 0) found.push({ name, signature: types[functions[index]] });
    }
    at = end;
  }
  return found;
}

/** The glue of this package relies on what wasm-bindgen calls what allocates and frees. */
function holdNames(file, glue) {
  const text = readFileSync(glue, "utf8");
  const taking = [...text.matchAll(/passStringToWasm0\([^)]*, wasm\.(\w+), wasm\.\w+\)/g)].map(([, name]) => name);
  const freeing = [...text.matchAll(/wasm\.(__wbindgen_export\d*)\([^()]*(?:\* 1)?, 1\)/g)].map(([, name]) => name);
  const one = (names, wanted) => names.length > 0 && names.every((name) => name === wanted);
  if (!one(taking, "__wbindgen_export") || !one(freeing, "__wbindgen_export3")) fault(`${file}: wasm-bindgen names its functions otherwise than www/package/src/glue.ts`);
}

/** Words outside of texts. */
function holdScript(file) {
  const code = readFileSync(file, "utf8").replace(/"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`(?:[^`\\$]|\\.)*`/g, '""').replace(/\/\*[\s\S]*?\*\/|\/\/[^\n]*/g, "");
  for (const word of FORBIDDEN) if (new RegExp(`(?<![\\w$.])${word}(?![\\w$])`).test(code)) fault(`${file} names ${word}`);
  if (/\d+n\b/.test(code)) fault(`${file} has a big integer`);
}

const [what, file, glue] = process.argv.slice(2);
if (what === "module") {
  holdModule(file);
  holdNames(file, glue);
} else if (what === "only") holdModule(file);
else if (what === "script") holdScript(file);
else {
  const modules = readdirSync("dist/wasm/mini").filter((name) => name.endsWith(".wasm")).map((name) => join("dist/wasm/mini", name));
  if (modules.length !== 2) fault("dist/wasm/mini has not its two modules: pkg-scripts/build miniprogram");
  modules.forEach(holdModule);
  const script = "pkg/miniprogram/index.js";
  if (!existsSync(script)) fault(`${script} is missing: pkg-scripts/build package`);
  else {
    holdScript(script);
    const size = (name) => readFileSync(name).length;
    const sizes = { "main package's part of the core": size("dist/wasm/mini/wallet.wasm.br") + size(script), "sub-package's part of the core": size("dist/wasm/mini/verifier.wasm.br") };
    for (const [name, bytes] of Object.entries(sizes)) {
      console.log(`mini-program, ${name}: ${bytes} bytes of ${MOST[name]}`);
      if (bytes > MOST[name]) fault(`${name} is too large`);
    }
  }
}
for (const text of faults) console.error(text);
if (faults.length > 0) process.exit(1);
