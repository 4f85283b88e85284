// Builds dist/www/<page>/ for the wallet and the verifier: bundles, copies, hashes, compresses.
import { build } from "esbuild";
import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const out = join(root, "dist/www");

/** All files below a folder, as paths relative to it. */
function tree(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .sort();
}

/** Reasons that only a verdict has; a wallet gives none. */
const OF_VERDICTS =
  /^(reason|remedy)-(audience|colour|credential-not|disclosure|fever|key-region|lifetime|mask|nonce|place|proof|revoked|rule|scanner|seen|data-ageing|status|suspended|temperature|test|times|turned)/;

/** The messages of a Fluent file that a page's scripts name: as a whole ("scan-title"), or by what a template begins with (`reason-${…}`). */
function fluent(text, page, scripts) {
  const beginnings = [...scripts.matchAll(/`([a-z]+-[a-z-]*)\$\{/g)].map(([, beginning]) => beginning);
  const named = (id) => !(page === "wallet" && OF_VERDICTS.test(id)) && (scripts.includes(`"${id}"`) || beginnings.some((beginning) => id.startsWith(beginning)));
  let wanted = false;
  const lines = text.split("\n").filter((line) => {
    const id = /^([a-z][a-z0-9-]*) =/.exec(line)?.[1];
    if (id) wanted = named(id);
    return wanted && line.trim() !== "" && !line.startsWith("#");
  });
  return lines.join("\n") + "\n";
}

/** Fails where a page asks for a text that it does not carry: it would show the identifier instead. */
function demandTexts(page, folder, carried) {
  const ids = new Set(carried.match(/^[a-z][a-z0-9-]*(?= =)/gm));
  for (const file of tree(folder).filter((file) => /\.tsx?$/.test(file))) {
    for (const [, id] of readFileSync(join(folder, file), "utf8").matchAll(/\.text\(\s*"([a-z0-9-]+)"/g)) {
      if (!ids.has(id)) throw new Error(`${page}: no text "${id}", asked for by ${file}`);
    }
  }
}

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
    alias: { "#core": join(wasm, "core.js"), "#scan": join(root, "dist/wasm/scan/core.js") },
    // Loaded only when it is wanted, so it is a file of its own.
    external: ["./scan.js"],
    legalComments: "none",
    logLevel: "warning",
  };
  const entries = ["main.tsx", "worker.ts", "scan.ts", "style.css"].map((file) => join(from, file)).filter(existsSync);
  await build({ ...options, entryPoints: entries });
  cpSync(join(wasm, "core_bg.wasm"), join(to, "core.wasm"));
  if (existsSync(join(from, "scan.ts"))) cpSync(join(root, "dist/wasm/scan/core_bg.wasm"), join(to, "scan.wasm"));
  for (const file of ["index.html", "manifest.webmanifest"]) cpSync(join(from, file), join(to, file));
  cpSync(join(from, "icons"), join(to, "icons"), { recursive: true });
  const scripts = tree(to).filter((file) => file.endsWith(".js")).map((file) => readFileSync(join(to, file), "utf8")).join("\n");
  for (const language of ["zh-CN", "en"]) {
    const texts = fluent(readFileSync(join(root, `www/shared/i18n/${language}.ftl`), "utf8"), name, scripts);
    demandTexts(name, from, texts);
    writeFileSync(join(to, `${language}.ftl`), texts);
  }
  // The worker of the page keeps exactly these files, under the hash of their contents.
  const files = tree(to);
  const hash = createHash("sha256");
  for (const file of files) hash.update(file).update(readFileSync(join(to, file)));
  // Pictures for the home screen are fetched by the browser when a person installs the page.
  const all = files.filter((file) => !file.endsWith(".png")).map((file) => (file === "index.html" ? "./" : file));
  // Nobody waits for these: they come after the page and its worker have what they need.
  const later = all.filter((file) => file.startsWith("scan."));
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
