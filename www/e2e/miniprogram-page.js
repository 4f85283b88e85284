// In the browser: WeChat's open component framework with the mini-program's own files, and `wx` as a stand-in that records.
import * as glassEasel from "glass-easel";
import { MiniProgramEnv } from "glass-easel-miniprogram-adapter";

const { files, templates, styles, pages, origin } = globalThis.MINIPROGRAM;
const faults = globalThis.FAULTS ?? {};
const PREFIX = "wx:";
/** What encrypted storage takes, in bytes. */
const MOST_A_KEY = 700_000;
const MOST_IN_ALL = 7_100_000;
/** What a mini-program's script does not have. */
const HIDDEN = ["window", "document", "self", "globalThis", "global", "fetch", "crypto", "WebAssembly", "TextDecoder", "TextEncoder", "BigInt", "Intl", "URL", "localStorage", "sessionStorage", "indexedDB", "navigator", "location", "XMLHttpRequest", "btoa", "atob", "FinalizationRegistry", "performance", "queueMicrotask", "structuredClone", "Blob", "history", "alert"];

const host = { calls: [], scans: [], writes: 0, dieAtWrite: Infinity, dead: false, toTheDisk: true, brightness: 0.4, shared: [], errors: [], consent: "agreed", page: undefined };
globalThis.host = host;
addEventListener("error", ({ message }) => host.errors.push(message));
addEventListener("unhandledrejection", ({ reason }) => host.errors.push(String(reason?.stack ?? reason)));

/** Answers as WeChat does: later, with `errMsg`. */
function answering(name, work) {
  return (options = {}) => {
    host.calls.push([name, options]);
    const fault = faults[name];
    if (fault === "throws") throw new Error(`${name}: not now`);
    if (fault === "never" || host.dead) return;
    const fail = (failure) => setTimeout(() => {
      if (host.dead) return;
      options.fail?.({ errMsg: `${name}:fail`, ...failure });
      options.complete?.(failure);
    });
    if (fault) return fail(typeof fault === "object" ? fault : { errMsg: `${name}:fail ${fault}` });
    Promise.resolve().then(() => work(options)).then((result) => {
      if (host.dead) return;
      options.success?.({ errMsg: `${name}:ok`, ...result });
      options.complete?.({ errMsg: `${name}:ok`, ...result });
    }, fail);
  };
}

const keys = () => Object.keys(localStorage).filter((key) => key.startsWith(PREFIX)).map((key) => key.slice(PREFIX.length));
const used = () => keys().reduce((sum, key) => sum + localStorage.getItem(PREFIX + key).length, 0);

const wx = {
  env: { USER_DATA_PATH: "wxfile://usr" },
  getAppBaseInfo: () => ({ SDKVersion: "3.6.0", language: "zh_CN", fontSizeScaleFactor: 1, ...globalThis.APP }),
  getRandomValues: answering("getRandomValues", ({ length }) => ({ randomValues: crypto.getRandomValues(new Uint8Array(length)).buffer })),
  getStorageInfo: answering("getStorageInfo", () => ({ keys: keys(), currentSize: Math.ceil(used() / 1024), limitSize: 10_240 })),
  getStorage: answering("getStorage", ({ key, encrypt }) => {
    const held = localStorage.getItem(PREFIX + key);
    if (held === null) throw { errMsg: "getStorage:fail data not found" };
    if ((held[0] === "e") !== Boolean(encrypt)) throw { errMsg: "getStorage:fail decrypt" };
    return { data: JSON.parse(held.slice(1)) };
  }),
  setStorage: answering("setStorage", ({ key, data, encrypt }) => {
    host.writes += 1;
    const dying = host.writes >= host.dieAtWrite;
    if (!dying || host.toTheDisk) {
      const text = (encrypt ? "e" : "p") + JSON.stringify(data);
      if (text.length > MOST_A_KEY) throw { errMsg: "setStorage:fail data exceed max size" };
      if (used() + text.length > (globalThis.ROOM ?? MOST_IN_ALL)) throw { errMsg: "setStorage:fail exceed storage max size" };
      localStorage.setItem(PREFIX + key, text);
    }
    if (dying) host.dead = true;
  }),
  removeStorage: answering("removeStorage", ({ key }) => void localStorage.removeItem(PREFIX + key)),
  request: answering("request", async ({ url, method, data, header }) => {
    if (!url.startsWith(`${origin}/`)) throw { errMsg: "request:fail url not in domain list" };
    const answer = await fetch(url, { method, headers: header, body: data, cache: "no-store" }).catch((error) => { throw { errMsg: `request:fail ${error}` }; });
    return { statusCode: answer.status, data: await answer.arrayBuffer(), header: {} };
  }),
  scanCode: answering("scanCode", () => {
    const next = host.scans.shift();
    if (next === undefined) throw { errMsg: "scanCode:fail cancel" };
    return typeof next === "string" ? { result: next, charSet: "UTF-8", rawData: "" } : next;
  }),
  requirePrivacyAuthorize: answering("requirePrivacyAuthorize", () => {
    if (host.consent === "agreed") return;
    if (!host.ask) throw { errno: 104, errMsg: "requirePrivacyAuthorize:fail privacy permission is not authorized" };
    return new Promise((resolve, reject) => host.ask(({ event }) => (event === "agree" ? resolve((host.consent = "agreed") && undefined) : reject({ errno: 104, errMsg: "requirePrivacyAuthorize:fail privacy permission is not authorized" }))));
  }),
  onNeedPrivacyAuthorization: (listener) => { host.ask = listener; },
  openPrivacyContract: answering("openPrivacyContract", () => {}),
  getScreenBrightness: answering("getScreenBrightness", () => ({ value: host.brightness })),
  setScreenBrightness: answering("setScreenBrightness", ({ value }) => { host.brightness = value; }),
  setKeepScreenOn: answering("setKeepScreenOn", () => {}),
  setVisualEffectOnCapture: answering("setVisualEffectOnCapture", () => {}),
  vibrateShort: answering("vibrateShort", () => {}),
  vibrateLong: answering("vibrateLong", () => {}),
  makePhoneCall: answering("makePhoneCall", () => {}),
  pageScrollTo: answering("pageScrollTo", () => scrollTo(0, 0)),
  navigateTo: answering("navigateTo", ({ url }) => void open(url.replace(/^\//, ""))),
  shareFileMessage: answering("shareFileMessage", ({ filePath, fileName }) => void host.shared.push({ fileName, text: host.written?.[filePath] })),
  getFileSystemManager: () => ({
    writeFile: answering("writeFile", ({ filePath, data }) => { (host.written ??= {})[filePath] = data; }),
    unlink: answering("unlink", ({ filePath }) => { delete host.written?.[filePath]; }),
  }),
};
for (const [name, fault] of Object.entries(faults)) if (fault === "absent") delete wx[name];

/** Takes a path within the package, and nothing else. */
const WXWebAssembly = faults.WXWebAssembly === "absent" ? undefined : {
  async instantiate(path, imports) {
    if (typeof path !== "string" || !path.startsWith("/")) throw new TypeError("WXWebAssembly.instantiate takes a path of the package");
    if (faults.WXWebAssembly === "throws") throw new Error("CompileError: invalid wasm file");
    const answer = await fetch(`/mini/package${path}`);
    let bytes = await answer.arrayBuffer();
    if (faults.WXWebAssembly === "cut") bytes = bytes.slice(0, bytes.byteLength >> 1);
    return WebAssembly.instantiate(bytes, imports);
  },
};

const env = new MiniProgramEnv();
const space = env.createCodeSpace("", true);
const backend = env.associateBackend();
// Browsers have an element of this name, which is something else.
backend._$.document = {
  createElement: (name) => document.createElement(name === "camera" ? "wx-camera" : name),
  createTextNode: (text) => document.createTextNode(text),
  createDocumentFragment: () => document.createDocumentFragment(),
};
backend._$.onEvent((target, type, detail, options) => {
  const from = options.originalEvent?.target;
  const given = ["input", "blur", "change"].includes(type) && from && "value" in from ? { value: from.value } : detail;
  return glassEasel.Event.dispatchEvent(target, new glassEasel.Event(type, given, options));
});
for (const [path, css] of Object.entries(styles)) {
  space.addStyleSheet(path, path, "");
  backend.registerStyleSheetContent(path, css);
}
// Made by the template compiler: not the mini-program's own code.
const groupList = new Function(`return ${templates}`)();

/** Runs a script of the package as the platform does: CommonJS, without what browsers have. */
const modules = {};
function load(path, globals) {
  if (modules[path] && !globals) return modules[path].exports;
  const module = { exports: {} };
  modules[path] = module;
  const require = (to) => load(new URL(to, `http://x/${path}`).pathname.slice(1), undefined);
  const given = { module, exports: module.exports, require, wx, WXWebAssembly, App: () => undefined, ...globals };
  const names = [...Object.keys(given), ...HIDDEN];
  new Function(...names, files[path])(...Object.values(given));
  return module.exports;
}

for (const [path, config] of Object.entries(pages)) {
  space.addComponentStaticConfig(path, config);
  space.addCompiledTemplate(path, { groupList, content: groupList[path] });
}

// What WeChat's own components do beyond those of a browser.
/** The framework says roles in a way of its own; whoever looks at the page wants those of ARIA. */
function role(element) {
  const said = element.getAttribute("aria-role");
  if (said === null) return;
  element.removeAttribute("aria-role");
  if (said) element.setAttribute("role", said);
  else element.removeAttribute("role");
}
new MutationObserver((changes) => {
  for (const { type, target, attributeName, addedNodes } of changes) {
    if (type === "attributes" && attributeName === "value" && "value" in target && target.value !== target.getAttribute("value")) target.value = target.getAttribute("value") ?? "";
    if (type === "attributes" && attributeName === "aria-role") role(target);
    for (const node of addedNodes) if (node instanceof Element) [node, ...node.querySelectorAll("[aria-role]")].forEach(role);
  }
}).observe(document, { subtree: true, childList: true, attributes: true, attributeFilter: ["value", "aria-role"] });

/** What a page draws on: the canvas itself, and how large it is. */
function selectorQuery() {
  let wanted;
  const query = {
    select: (selector) => { wanted = selector; return query; },
    fields: () => query,
    exec: (done) => {
      // By the identifier of the framework, which is none of the document.
      const node = [...document.querySelectorAll("canvas")].find((canvas) => `#${canvas.__wxElement.id}` === wanted);
      const { width, height } = node?.getBoundingClientRect() ?? {};
      setTimeout(() => done([node ? { node, width, height } : null]));
    },
  };
  return query;
}

/** Opens a page of the mini-program in place of the one before. */
function open(path) {
  host.page?.onHide?.();
  const placeholder = document.createElement("div");
  document.body.replaceChildren(placeholder);
  if (!modules[`${path}.js`]) space.componentEnv(path, ({ Page, Component, Behavior }) => load(`${path}.js`, { Page, Component, Behavior }));
  const root = backend.createRoot("page", space, path);
  const page = root.get();
  page.createSelectorQuery = selectorQuery;
  glassEasel.Element.replaceDocumentElement(root.getComponent(), document.body, placeholder);
  host.page = page;
  page.onLoad?.({});
  page.onShow?.();
}

/** An event of a component that browsers don't have. */
host.fire = (selector, type, detail, index = 0) => {
  const element = document.querySelectorAll(selector)[index];
  element.__wxElement.triggerEvent(type, detail);
};
host.open = open;
document.documentElement.lang = wx.getAppBaseInfo().language.replace("_", "-");
document.title = "mini-program";
load("app.js", {});
open(globalThis.START ?? "pages/wallet/index");
