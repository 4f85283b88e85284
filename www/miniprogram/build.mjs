// Builds dist/miniprogram/, which WeChat's DevTools open as it is: one script a page, its texts as tables, styles, the modules.
// MINIPROGRAM names a JSON file with {"appid", "origin", "rootKey", "authority"} of the own deployment.
import { build, transform } from "esbuild";
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { demandTexts, fluent, table } from "../texts.mjs";
import { styles } from "./styles.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, "../..");
const out = process.env.MINIPROGRAM_OUT ?? join(root, "dist/miniprogram");
const LANGUAGES = ["zh-CN", "en"];
const PAGES = ["pages/wallet/index", "verifier/pages/gate/index"];

/** Until somebody says whose it is, it is nobody's: it opens, and says that the deployment is not set up. */
const NOBODY = { appid: "touristappid", origin: "https://localhost", rootKey: "", authority: "" };
const deployment = { ...NOBODY, ...(process.env.MINIPROGRAM ? JSON.parse(readFileSync(process.env.MINIPROGRAM, "utf8")) : {}) };

/** Reasons of what is not in a page: a gate's in the wallet, a wallet's at the gate. */
const NOT_IN_WALLET = /^(reason|remedy)-(already-open|backup|camera|data-ageing|delta|foreign|group|list-older|more-parts|nobody-named|nonce|nothing-read|paper|parcel|parts|passcode|passkey|passphrase|picture|poster|restored|scanner|secret|seen|temperature-high|zip-bomb|delegation|grant|request|appeal|too-many-appeals)/;
const NOT_AT_GATE = /^(reason|remedy)-(appeal|application|backup|consent|declar|document|field|guardian|passcode|passkey|passphrase|phone|restored|secret|truth)/;

/** What a page's script asks for at run time lies beside it, or at the root of the package. */
const asideOf = (page) => ({
  name: "aside",
  setup(made) {
    made.onResolve({ filter: /^#texts$/ }, () => ({ path: "./texts.js", external: true }));
    made.onResolve({ filter: /^#deployment$/ }, () => ({ path: `${relative(dirname(join("/", page)), "/deployment.js")}`.replace(/^(?!\.)/, "./"), external: true }));
  },
});

const OPTIONS = { bundle: true, format: "cjs", target: "es2018", minify: true, keepNames: false, charset: "utf8", legalComments: "none", logLevel: "warning", alias: { "tongma/miniprogram": join(root, "www/package/src/miniprogram.ts") } };

rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });

/** Bundles a page's script and makes the tables of what it says. */
async function page(from, page, out) {
  const { metafile } = await build({ ...OPTIONS, entryPoints: [join(here, `${from}.ts`)], outfile: join(out, `${page}.js`), plugins: [asideOf(page)], metafile: true });
  const script = readFileSync(join(out, `${page}.js`), "utf8");
  const tables = {};
  for (const language of LANGUAGES) {
    const texts = fluent(readFileSync(join(root, `www/shared/i18n/${language}.ftl`), "utf8"), script, from.startsWith("pages/wallet") ? NOT_IN_WALLET : NOT_AT_GATE);
    demandTexts(page, Object.keys(metafile.inputs).map((file) => join(process.cwd(), file)).filter((file) => !file.includes("/package/")), texts);
    tables[language] = table(texts);
  }
  // Each identifier once, with its text in either language: that spares 11 KB of the wallet's package.
  const [chinese, english] = LANGUAGES.map((language) => tables[language]);
  const pairs = Object.fromEntries(Object.keys(chinese).map((id) => [id, [chinese[id], english[id]]]));
  writeFileSync(join(out, dirname(page), "texts.js"), `var p=${JSON.stringify(pairs)},z={},e={},k;for(k in p){z[k]=p[k][0];e[k]=p[k][1]}module.exports={"zh-CN":z,en:e}`);
  for (const kind of ["json", "wxml"]) if (existsSync(join(here, `${from}.${kind}`))) cpSync(join(here, `${from}.${kind}`), join(out, `${page}.${kind}`));
  if (existsSync(join(here, `${from}.wxss`))) await style(`${from}.wxss`, `${page}.wxss`, out);
}

/** A style sheet without comments and spaces, but for the one that every compiler of WeChat's styles knows. */
async function style(from, to, out) {
  const { code } = await transform(readFileSync(join(here, from), "utf8"), { loader: "css", minifyWhitespace: true });
  writeFileSync(join(out, to), code.replace('@import"', '@import "'));
}

/** WeChat's template language in Alipay's words. There is no camera on the page: a touch has Alipay scan. */
function axml(text) {
  const events = { tap: "onTap", input: "onInput", blur: "onBlur", change: "onChange", touchstart: "onTouchStart" };
  return text
    .replace(/ *<camera [^>]*>\n/g, "")
    .replace(/<template name="privacy">[\s\S]*?<\/template>\n/g, "").replace(/ *<template wx:if="\{\{privacy\}\}"[^\n]*\n/g, "")
    .replace(/\bwx:/g, "a:").replace(/bind:(\w+)=/g, (_, event) => `${events[event] ?? assertNever(event)}=`).replace(/\.wxml"/g, '.axml"');
}

function assertNever(event) {
  throw new Error(`no word of Alipay's for the event ${event}`);
}

for (const each of PAGES) await page(each, each, out);
await build({ ...OPTIONS, entryPoints: [join(here, "app.ts")], outfile: join(out, "app.js") });
await style("app.wxss", "app.wxss", out);
for (const file of ["app.json", "sitemap.json", "templates"]) cpSync(join(here, file), join(out, file), { recursive: true });
writeFileSync(join(out, "shapes.wxss"), await styles(root));
const { appid, ...whose } = deployment;
writeFileSync(join(out, "project.config.json"), JSON.stringify({ ...JSON.parse(readFileSync(join(here, "project.config.json"), "utf8")), appid }, null, 2));
writeFileSync(join(out, "deployment.js"), `module.exports=${JSON.stringify(whose)}\n`);
for (const [module, folder] of [["wallet", "core"], ["verifier", "verifier/core"]]) {
  const from = join(root, `dist/wasm/mini/${module}.wasm.br`);
  if (!existsSync(from)) throw new Error(`${from} is not there: pkg-scripts/build miniprogram makes it first`);
  mkdirSync(join(out, folder), { recursive: true });
  cpSync(from, join(out, folder, `${module}.wasm.br`));
}
// Alipay's verifier: the same blocks, their templates put into its words; the core in a worker, uncompressed.
const alipay = join(dirname(out), "alipay");
rmSync(alipay, { recursive: true, force: true });
await page("alipay/pages/gate/index", "pages/gate/index", alipay);
await build({ ...OPTIONS, entryPoints: [join(here, "alipay/workers/core.ts")], outfile: join(alipay, "workers/core.js") });
await build({ ...OPTIONS, entryPoints: [join(here, "app.ts")], outfile: join(alipay, "app.js") });
cpSync(join(here, "alipay/app.json"), join(alipay, "app.json"));
for (const [from, to] of [["verifier/pages/gate/index.wxml", "pages/gate/index.axml"], ["templates/blocks.wxml", "templates/blocks.axml"]]) {
  mkdirSync(dirname(join(alipay, to)), { recursive: true });
  writeFileSync(join(alipay, to), axml(readFileSync(join(here, from), "utf8")));
}
const acss = (text) => text.replace("./shapes.wxss", "./shapes.acss");
for (const [from, to] of [["app.wxss", "app.acss"], ["verifier/pages/gate/index.wxss", "pages/gate/index.acss"]]) writeFileSync(join(alipay, to), acss(readFileSync(join(here, from), "utf8")));
cpSync(join(out, "shapes.wxss"), join(alipay, "shapes.acss"));
cpSync(join(out, "deployment.js"), join(alipay, "deployment.js"));
mkdirSync(join(alipay, "core"), { recursive: true });
cpSync(join(root, "dist/wasm/mini/verifier.wasm"), join(alipay, "core/verifier.wasm"));
// WeChat counts what is uploaded, as it is: 2 MB for the main package and for each other one.
const size = (folder, other) => readdirSync(folder, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  .filter((file) => !other || !relative(folder, file).startsWith(other)).reduce((sum, file) => sum + statSync(file).size, 0);
console.log(`mini-program: main package ${(size(out, "verifier") / 1024).toFixed(1)} KB, sub-package verifier ${(size(join(out, "verifier")) / 1024).toFixed(1)} KB`);
