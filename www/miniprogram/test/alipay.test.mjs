// Alipay's verifier in two bare realms, as the platform has them: a page without WebAssembly, and a worker with nothing else. Behind it a real authority.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import vm from "node:vm";
import { holder } from "../../e2e/faulty.mjs";
import { folder, serve } from "../../e2e/support.mjs";
import { shell } from "./load.mjs";

const PACKAGE = join(shell, "../../dist/alipay");
const timeout = 60_000;
/** What both realms have. Their timers end with them, and must not keep this program. */
const COMMON = { setTimeout: (work, ms) => setTimeout(work, ms).unref(), clearTimeout, setInterval: (work, ms) => setInterval(work, ms).unref(), clearInterval, ArrayBuffer, Uint8Array, Int32Array, console };
const HIDDEN = ["WebAssembly", "Intl", "BigInt"];

/** A realm with what is given and nothing else. */
function realm(given) {
  const context = vm.createContext({ ...COMMON, ...given });
  for (const name of HIDDEN) vm.runInContext(`delete globalThis.${name}`, context);
  return (file) => {
    const module = { exports: {} };
    vm.runInContext(`(function (module, exports) {${readFileSync(join(PACKAGE, file), "utf8")}\n})`, context, { filename: file })(module, module.exports);
  };
}

/** Opens the gate's page; `faults` names what goes wrong. */
async function open(t, origin, faults = {}) {
  const deployment = { ...(await (await fetch(`${origin}/deployment.json`)).json()), origin };
  const kept = new Map();
  const scans = [];
  const calls = [];
  const answering = (name, work) => (options) => {
    calls.push([name, options]);
    if (faults[name]) return setTimeout(() => options.fail(faults[name]));
    Promise.resolve(work(options)).then((result) => options.success(result), (error) => options.fail({ error: 12, errorMessage: String(error) }));
  };
  let toPage;
  const over = (message) => JSON.parse(JSON.stringify(message));
  const my = {
    canIUse: () => !faults.worker,
    createWorker(path) {
      const self = { postMessage: (message) => setTimeout(() => toPage(over(message))) };
      const MYWebAssembly = {
        async instantiate(path, imports) {
          assert.match(path, /^\/core\/.*\.wasm$/);
          if (faults.wasm) throw new Error("refused");
          return WebAssembly.instantiate(readFileSync(join(PACKAGE, path)), imports);
        },
      };
      realm({ self, ...(faults.noWasm ? {} : { MYWebAssembly }) })(path);
      return { postMessage: (message) => setTimeout(() => self.onmessage({ data: over(message) })), onMessage: (listener) => { toPage = listener; }, terminate() {} };
    },
    getSystemInfoSync: () => ({ language: "zh-Hans" }),
    setStorage: answering("setStorage", ({ key, data }) => (assert.ok(data.length <= 200_000), kept.set(key, data), {})),
    getStorage: answering("getStorage", ({ key }) => ({ data: kept.get(key) ?? null })),
    removeStorage: answering("removeStorage", ({ key }) => (kept.delete(key), {})),
    getStorageInfo: answering("getStorageInfo", () => ({ keys: [...kept.keys()] })),
    request: answering("request", async ({ url, method, data, headers }) => {
      assert.ok(url.startsWith(`${origin}/`));
      const answer = await fetch(url, { method, headers, body: data });
      return { status: answer.status, data: await answer.arrayBuffer() };
    }),
    scan: answering("scan", () => ({ code: scans.shift() })),
    setKeepScreenOn: answering("setKeepScreenOn", () => ({})),
    vibrateShort: answering("vibrateShort", () => ({})),
    vibrateLong: answering("vibrateLong", () => ({})),
    pageScrollTo() {},
    setClipboard: answering("setClipboard", () => ({})),
  };
  let page;
  // The deployment is the authority's of this test.
  const texts = { exports: {} };
  vm.runInNewContext(readFileSync(join(PACKAGE, "pages/gate/texts.js"), "utf8"), { module: texts });
  const Page = (made) => { page = { ...made, data: { ...made.data }, setData(data, done) { Object.assign(this.data, over(data)); done?.(); } }; };
  realm({ my, Page, require: (name) => (name.includes("texts") ? texts.exports : deployment) })("pages/gate/index.js");
  page.onLoad();
  t.after(() => page.onUnload());
  const until = async (wanted, what) => {
    for (const end = Date.now() + 15_000; ; await new Promise((resolve) => setTimeout(resolve, 20))) {
      if (page.data.s && wanted(page.data.s)) return page.data.s;
      if (Date.now() > end) assert.fail(`${what}: ${JSON.stringify(page.data.s).slice(0, 600)}`);
    }
  };
  const block = (s, kind, text) => s.blocks.find((each) => each.kind === kind && (each.text ?? each.buttons?.map((button) => button.text).join()).includes(text));
  const touch = (act) => page.act({ currentTarget: { dataset: { act } } });
  return { page, until, block, touch, scans, calls, kept };
}

const fresh = (s) => s.blocks.some(({ kind, lights }) => kind === "lights" && lights.every(({ state }) => state === "fresh"));

test("a code is verified; nothing that needs secure randomness is offered", { timeout }, async (t) => {
  const data = folder(t);
  const { origin } = await serve(t, data);
  const gate = await open(t, origin);
  await gate.until(fresh, "fresh data");
  gate.scans.push(holder(t, data).present(), "https://example.org/");
  gate.touch({ local: "scan" });
  const pass = await gate.until((s) => s.answer?.outcome === "pass", "a pass");
  assert.equal(pass.answer.title, "可以通行");
  gate.touch({ send: "dismissed" });
  await gate.until((s) => s.name === "scanning", "scanning");
  gate.touch({ local: "scan" });
  await gate.until((s) => s.answer?.outcome === "invalid", "no pass");
  gate.touch({ send: "dismissed" });
  await gate.until((s) => s.name === "scanning", "scanning");
  gate.touch({ send: "settings-opened" });
  const settings = await gate.until((s) => s.name === "settings", "settings");
  const switches = settings.blocks.filter(({ kind, role }) => kind === "options" && role === "checkbox").flatMap(({ options }) => options.map(({ text }) => text));
  assert.deepEqual(switches, ["每人测量体温", "5 秒后隐去个人信息"]);
  // What a gate keeps is there at the next opening.
  assert.ok(gate.kept.size > 0);
});

test("no worker, no WebAssembly, a module that is refused: said", { timeout }, async (t) => {
  const { origin } = await serve(t, folder(t));
  for (const [faults, title] of [[{ worker: true }, "应用版本太旧"], [{ noWasm: true }, "应用版本太旧"], [{ wasm: true }, "程序没有完整载入"]]) {
    const gate = await open(t, origin, faults);
    await gate.until((s) => s.name === "failed" && gate.block(s, "strong", title), JSON.stringify(faults));
  }
});

test("a scanner that fails, the way back from it, storage that is refused", { timeout }, async (t) => {
  const { origin } = await serve(t, folder(t));
  const refused = await open(t, origin, { scan: { error: 2001, errorMessage: "no permission" } });
  await refused.until(fresh, "fresh data");
  refused.touch({ local: "scan" });
  await refused.until((s) => s.blocks.some(({ kind, told }) => kind === "notice" && told.what === "现在不能扫码。"), "the fault");
  const back = await open(t, origin, { scan: { error: 10, errorMessage: "用户取消" } });
  await back.until(fresh, "fresh data");
  back.touch({ local: "scan" });
  await new Promise((resolve) => setTimeout(resolve, 200));
  assert.ok(!back.page.data.s.blocks.some(({ kind }) => kind === "notice"));
  const full = await open(t, origin, { setStorage: { error: 4, errorMessage: "storage limit exceeded" } });
  await full.until((s) => s.blocks.some(({ kind }) => kind === "notice"), "the full storage");
});
