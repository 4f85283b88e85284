// Builds dist/www/<page>/ for the wallet and the verifier: bundles, copies, hashes, compresses.
import { build } from "esbuild";
import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { licences } from "./licences.mjs";
import { demandTexts, fluent, identifiers, table } from "./texts.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const out = join(root, "dist/www");

/** All files below a folder, as paths relative to it. */
function tree(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .sort();
}

/** The files that went into some of a page's scripts. */
function sources(metafile, folder, wanted) {
  const outputs = Object.entries(metafile.outputs).filter(([output]) => wanted(relative(folder, join(process.cwd(), output))));
  return [...new Set(outputs.flatMap(([, { inputs }]) => Object.keys(inputs)))];
}

/** WASM modules that a page loads when it wants them. */
const LATER_MODULES = { wallet: ["everyday", "scan"], verifier: [] };
const LATER_FILES = /^(everyday|scan)\.wasm$|\.more\.json$|^rooms\.css$|^licences\.json$/;

/** The scripts that are loaded before anything is shown: what the pages' entries import, and what that imports. */
function atOnce(metafile, folder) {
  const found = new Set();
  const visit = (output) => {
    if (found.has(output)) return;
    found.add(output);
    for (const { path, kind } of metafile.outputs[output].imports) if (kind === "import-statement") visit(path);
  };
  for (const [output, { entryPoint }] of Object.entries(metafile.outputs)) if (/(main\.tsx|worker\.ts)$/.test(entryPoint ?? "")) visit(output);
  return new Set([...found].map((output) => relative(folder, join(process.cwd(), output))));
}

/** Reasons that only a verdict or a room has; the first page of a wallet gives none. */
const OF_VERDICTS =
  /^(reason|remedy)-(answer-unusable|appeal|audience|backup|colour|credential-(not|unknown)|declared|delta|disclosure|fever|group|key-(doubled|not-proven|region)|lifetime|list-older|mask|nonce|paper|parcel|passcode|passphrase|place|poster|proof|revoked|rule|scanner|secret|seen|data-ageing|status|suspended|temperature|test|times|too-many|turned)/;

async function page(name) {
  const from = join(root, "www/pwa", name);
  const to = join(out, name);
  const wasm = join(root, "dist/wasm", name);
  mkdirSync(to, { recursive: true });
  const options = {
    bundle: true,
    minify: true,
    format: "esm",
    target: "es2022",
    jsx: "automatic",
    jsxImportSource: "preact",
    outdir: to,
    alias: { "#core": join(wasm, "core.js"), "#everyday": join(root, "dist/wasm/everyday/core.js"), "#scan": join(root, "dist/wasm/scan/core.js") },
    legalComments: "none",
    logLevel: "warning",
  };
  const entries = ["main.tsx", "worker.ts", "style.css", "rooms.css"].map((file) => join(from, file)).filter(existsSync);
  // What is imported on demand becomes files of its own.
  const { metafile } = await build({ ...options, entryPoints: entries, splitting: true, chunkNames: "[name]-[hash]", metafile: true });
  const first = atOnce(metafile, to);
  cpSync(join(wasm, "core_bg.wasm"), join(to, "core.wasm"));
  for (const module of LATER_MODULES[name]) cpSync(join(root, `dist/wasm/${module}/core_bg.wasm`), join(to, `${module}.wasm`));
  for (const file of ["index.html", "manifest.webmanifest"]) cpSync(join(from, file), join(to, file));
  cpSync(join(from, "icons"), join(to, "icons"), { recursive: true });
  if (name === "wallet") writeFileSync(join(to, "licences.json"), JSON.stringify(licences(root)));
  const scripts = tree(to).filter((file) => file.endsWith(".js"));
  const source = (files) => files.map((file) => readFileSync(join(to, file), "utf8")).join("\n");
  for (const language of ["zh-CN", "en"]) {
    const all = readFileSync(join(root, `www/shared/i18n/${language}.ftl`), "utf8");
    const texts = fluent(all, source(scripts.filter((file) => first.has(file))), name === "wallet" ? OF_VERDICTS : undefined);
    const more = fluent(all, source(scripts), undefined, identifiers(texts));
    demandTexts(name, sources(metafile, to, (output) => first.has(output)), texts);
    demandTexts(name, sources(metafile, to, () => true), texts + more);
    writeFileSync(join(to, `${language}.json`), JSON.stringify(table(texts)));
    if (scripts.some((file) => !first.has(file))) writeFileSync(join(to, `${language}.more.json`), JSON.stringify(table(more)));
  }
  // The worker of the page keeps exactly these files, under the hash of their contents.
  const files = tree(to);
  const hash = createHash("sha256");
  for (const file of files) hash.update(file).update(readFileSync(join(to, file)));
  // Pictures for the home screen are fetched by the browser when a person installs the page.
  const all = files.filter((file) => !file.endsWith(".png")).map((file) => (file === "index.html" ? "./" : file));
  // Nobody waits for these: they come after the page and its worker have what they need.
  const later = all.filter((file) => LATER_FILES.test(file) || (file.endsWith(".js") && !first.has(file)));
  const kept = all.filter((file) => !later.includes(file));
  const define = { __FILES__: JSON.stringify(kept), __LATER__: JSON.stringify(later), __HASH__: JSON.stringify(hash.digest("hex").slice(0, 16)) };
  await build({ ...options, entryPoints: [join(from, "sw.ts")], define });
  writeFileSync(join(to, "files.json"), JSON.stringify({ files: kept, later }));
}

rmSync(out, { recursive: true, force: true });
for (const name of ["wallet", "verifier"]) await page(name);
for (const file of tree(out)) {
  const path = join(out, file);
  if (/\.(png)$/.test(file) || statSync(path).size < 200) continue;
  const bytes = readFileSync(path);
  writeFileSync(`${path}.br`, brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } }));
  writeFileSync(`${path}.gz`, gzipSync(bytes, { level: 9 }));
}
