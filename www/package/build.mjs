// Builds the npm package into pkg/: an ES module for browsers and Node, a folder for mini-programs, types, modules, README.
import { build } from "esbuild";
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { licencesOf } from "../licences.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, "../..");
const out = join(root, "pkg");
const wasm = join(root, "dist/wasm/mini");
const put = (path, text) => writeFileSync(join(out, path), text);
const json = (value) => `${JSON.stringify(value, null, 2)}\n`;

rmSync(out, { recursive: true, force: true });
mkdirSync(join(out, "miniprogram"), { recursive: true });
const options = { bundle: true, legalComments: "none", logLevel: "warning", charset: "utf8" };
await build({ ...options, entryPoints: [join(here, "src/index.ts")], outfile: join(out, "index.js"), format: "esm", target: "es2020", external: ["node:*"] });
await build({ ...options, entryPoints: [join(here, "src/miniprogram.ts")], outfile: join(out, "miniprogram/index.js"), format: "cjs", target: "es2018", minify: true });
for (const module of ["wallet", "verifier"]) {
  cpSync(join(wasm, `${module}.wasm`), join(out, `${module}.wasm`));
  cpSync(join(wasm, `${module}.wasm.br`), join(out, `miniprogram/${module}.wasm.br`));
}

// The types are those that the sources state; the pages' are part of them.
const types = spawnSync(join(root, "www/node_modules/.bin/tsc"), ["-p", here, "--noEmit", "false", "--emitDeclarationOnly", "--declaration", "--outDir", join(out, "types")], { stdio: "inherit" });
if (types.status !== 0) throw new Error("the types are not right");
// Modules of Node are named with their endings.
for (const entry of readdirSync(join(out, "types"), { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())) {
  const path = join(entry.parentPath, entry.name);
  writeFileSync(path, readFileSync(path, "utf8").replace(/(from "\.[^"]*)"/g, '$1.js"'));
}

const [, version] = /^version = "(.+)"$/m.exec(readFileSync(join(root, "Cargo.toml"), "utf8"));
put("package.json", json({
  name: "tongma",
  version,
  description: "Pass wallet and offline verifier for browsers, Node and mini-programs",
  license: "MIT OR Apache-2.0",
  type: "module",
  sideEffects: false,
  engines: { node: ">=20" },
  exports: {
    ".": { types: "./types/package/src/index.d.ts", default: "./index.js" },
    "./miniprogram": { types: "./types/package/src/miniprogram.d.ts", default: "./miniprogram/index.js" },
    "./wallet.wasm": "./wallet.wasm",
    "./verifier.wasm": "./verifier.wasm",
    "./package.json": "./package.json",
  },
  types: "./types/package/src/index.d.ts",
  miniprogram: "miniprogram",
  files: ["index.js", "*.wasm", "miniprogram", "types", "licences.json", "LICENSE-*"],
}));
// Within the package this folder is not of ES modules, and it is what mini-programs' tools copy.
put("miniprogram/package.json", json({ type: "commonjs" }));
put("licences.json", json(licencesOf(root, "everyday,verifier,wasm,p256")));
for (const file of ["LICENSE-APACHE", "LICENSE-MIT"]) cpSync(join(root, file), join(out, file));

const kilobytes = (bytes) => `${(bytes / 1024).toFixed(1)} KB`;
const size = (file) => statSync(join(out, file)).size;
const rows = ["wallet", "verifier"].map((module) => `| \`${module}.wasm\` | ${kilobytes(size(`${module}.wasm`))} | ${kilobytes(size(`miniprogram/${module}.wasm.br`))} |`);
const scripts = ["index.js", "miniprogram/index.js"].map((file) => `| \`${file}\` | ${kilobytes(size(file))} | |`);
const table = ["| file | size | brotli |", "|---|---:|---:|", ...rows, ...scripts].join("\n");
put("README.md", readFileSync(join(here, "README.md"), "utf8").replace("<!-- sizes -->", table));
console.log(table);
