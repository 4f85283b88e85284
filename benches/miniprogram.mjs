// The mini-programs' modules: verifying and signing beside the bare module, whose engine has all of WebAssembly; from bytes to the first view in Node
// and Chromium beside the page's modules; sizes. Each comparison in one run, in turns.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createCore, webPlatform } from "../pkg/index.js";
import { browser } from "../www/e2e/support.mjs";
import { quantile, table, time } from "./measure.mjs";

const ROUNDS = Number(process.env.ROUNDS ?? 30);
const OPENINGS = Number(process.env.OPENINGS ?? 15);
const bare = createRequire(import.meta.url)(join(process.cwd(), "dist/wasm/bare/core.js"));
const base64url = (bytes) => Buffer.from(bytes).toString("base64url");

/** A module of a mini-program by wasm-bindgen's own glue, as the bare one is called. */
async function mini(name) {
  const glue = await import(`../dist/wasm/mini/${name}/core_bg.js`);
  glue.__wbg_set_wasm(new WebAssembly.Instance(new WebAssembly.Module(readFileSync(`dist/wasm/mini/${name}.wasm`)), {}).exports);
  return glue;
}

/** Trust data of a new authority, and an everyday code of it. */
function world() {
  const folder = mkdtempSync(join(tmpdir(), "tongma-bench-"));
  const at = (name) => join(folder, name);
  const tongma = (...args) => execFileSync(process.env.TONGMA_BIN, args, { encoding: "utf8" }).trim();
  try {
    tongma("authority", "init", at("authority"));
    tongma("key", "new", at("key"));
    writeFileSync(at("claims"), JSON.stringify({ colour: "green", region: "360000", name: "甲乙丙", document: { kind: "id-card", number: "11010519491231002X" }, valid_for_s: 604800 }));
    writeFileSync(at("credential"), tongma("issue", "--authority", at("authority"), "--claims", at("claims"), "--holder-key", at("key")));
    const text = tongma("present", "--credential", at("credential"), "--holder-key", at("key"));
    const file = (path) => readFileSync(at(`authority/public/${path}`));
    const { rootKey } = JSON.parse(file("deployment.json"));
    return { text, trust: { rootKey, bundle: base64url(file("bundle.cbor")), statusLists: [base64url(file("status/0.cbor"))] } };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function arithmetic() {
  const { text, trust } = world();
  const [trusted, asked] = [JSON.stringify(trust), JSON.stringify({ audience: null, nonce: null, place: null })];
  const core = await createCore(readFileSync("pkg/verifier.wasm"));
  const modules = { bare, verifier: await mini("verifier"), wallet: await mini("wallet") };
  const now = Date.now() / 1000;
  const pass = (verdict) => {
    if (JSON.parse(verdict).outcome !== "pass") throw new Error(verdict);
  };
  for (const module of [modules.bare, modules.verifier]) module.trustFromNow(trusted);
  const by = (name) => () => pass(modules[name].verifyText(text, asked, now));
  console.log("\nFrom the text of an everyday code to its verdict, two signatures\n");
  const whole = () => pass(JSON.stringify(core.verify(text, { ...trust, now })));
  table(await time({ "bare module": by("bare"), "mini-program's": by("verifier"), "mini-program's, by the package": whole }, { rounds: ROUNDS, each: 20 }), "bare module", "µs");
  const [key, seed] = [new Uint8Array(32).fill(1), new Uint8Array(32).fill(2)];
  const sealed = bare.makeKey("slot", key, seed);
  const message = base64url(new Uint8Array(200));
  const sign = (name) => () => {
    if (modules[name].signWith("slot", sealed, key, message)?.length !== 86) throw new Error("no signature");
  };
  console.log("\nSigning with a sealed key\n");
  table(await time({ "bare module": sign("bare"), "mini-program's wallet": sign("wallet"), "mini-program's verifier": sign("verifier") }, { rounds: ROUNDS, each: 20 }), "bare module", "µs");
}

const deployment = { rootKey: "", authority: "tm:36" };
const FILES = { "page, first module": "dist/wasm/wallet/core_bg.wasm", "page, all rooms": "dist/wasm/everyday/core_bg.wasm", "mini-program's wallet": "pkg/wallet.wasm", "mini-program's verifier": "pkg/verifier.wasm" };

async function inNode() {
  const samples = Object.fromEntries(Object.keys(FILES).map((name) => [name, []]));
  const views = [];
  for (let opening = 0; opening < OPENINGS; opening += 1) {
    for (const [name, file] of Object.entries(FILES)) {
      const bytes = readFileSync(file);
      const started = performance.now();
      await WebAssembly.compile(bytes);
      samples[name].push(performance.now() - started);
    }
    const bytes = readFileSync(FILES["mini-program's wallet"]);
    const started = performance.now();
    const core = await createCore(bytes);
    const [wallet, at] = await new Promise((resolve) => {
      let at;
      const opening = core.wallet({ platform: webPlatform("http://localhost:9"), languages: ["en"], deployment, onView: () => { at ??= performance.now(); } });
      opening.then((wallet) => resolve([wallet, at]));
    });
    views.push(at - started);
    await wallet.stop();
  }
  console.log("\nNode: compiling; the page's modules don't run there\n");
  const rows = Object.entries(samples).map(([name, all]) => ({ name, median: quantile(all, 0.5), p95: quantile(all, 0.95) }));
  table([...rows, { name: "mini-program's wallet, to the first view", median: quantile(views, 0.5), p95: quantile(views, 0.95) }], "page, first module", "ms");
}

/** From bytes at hand to the first view, each time in a new page. */
async function inChromium() {
  const ends = [];
  const t = { after: (end) => ends.push(end) };
  const TYPES = { js: "text/javascript", wasm: "application/wasm", json: "application/json" };
  const server = createServer(({ url }, answer) => {
    if (url === "/") return answer.writeHead(200, { "content-type": "text/html" }).end("<!doctype html>");
    if (url === "/deployment.json") return answer.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(deployment));
    if (!/^\/(dist\/wasm|pkg)\/[\w/.]+$/.test(url)) return answer.writeHead(404).end();
    answer.writeHead(200, { "content-type": TYPES[url.split(".").pop()] }).end(readFileSync(url.slice(1)));
  });
  await new Promise((ready) => server.listen(0, "localhost", ready));
  try {
    const { context } = await browser(t);
    const origin = `http://localhost:${server.address().port}`;
    const samples = {};
    const cases = { "page, first module": ["page", "/dist/wasm/wallet"], "page, all rooms": ["page", "/dist/wasm/everyday"], "mini-program's wallet": ["mini", "/pkg/wallet.wasm"] };
    for (let opening = 0; opening < OPENINGS; opening += 1) {
      for (const [name, [kind, path]] of Object.entries(cases)) {
        const page = await context.newPage();
        await page.goto(origin);
        const took = await page.evaluate(async ([kind, path, deployment]) => {
          const module = await import(kind === "page" ? `${path}/core.js` : "/pkg/index.js");
          const bytes = await (await fetch(kind === "page" ? `${path}/core_bg.wasm` : path)).arrayBuffer();
          const started = performance.now();
          return new Promise((resolve, reject) => {
            const onView = () => resolve(performance.now() - started);
            const open = async () => {
              if (kind === "page") {
                await module.default({ module_or_path: bytes });
                return module.walletStart(["en"], onView);
              }
              return (await module.createCore(bytes)).wallet({ platform: module.webPlatform(location.origin), languages: ["en"], deployment, onView });
            };
            open().catch(reject);
          });
        }, [kind, path, deployment]);
        (samples[name] ??= []).push(took);
        await page.close();
      }
    }
    console.log("\nChromium: compiling, to the first view; the page opens its database and asks for deployment.json before that\n");
    table(Object.entries(samples).map(([name, all]) => ({ name, median: quantile(all, 0.5), p95: quantile(all, 0.95) })), "page, first module", "ms");
  } finally {
    for (const end of ends.reverse()) await end();
    server.close();
  }
}

console.log("Sizes in bytes\n\n| file | |\n|---|---:|");
for (const file of ["wallet.wasm", "miniprogram/wallet.wasm.br", "verifier.wasm", "miniprogram/verifier.wasm.br", "index.js", "miniprogram/index.js"]) console.log(`| ${file} | ${statSync(join("pkg", file)).size} |`);
await arithmetic();
await inNode();
await inChromium();
