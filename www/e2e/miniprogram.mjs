// The mini-program in WeChat's open component framework (glass-easel), in a browser, with a real authority behind it.
import { build } from "esbuild";
import { TmplGroup } from "glass-easel-template-compiler";
import { execFileSync } from "node:child_process";
import { readFileSync, readdirSync } from "node:fs";
import { join, relative } from "node:path";
import { brotliDecompressSync } from "node:zlib";
import { binary, browser, root } from "./support.mjs";

const PACKAGE = join(root, "dist/miniprogram");
const STYLES = join(root, "target/module/tongma-style-sheets");
const here = join(root, "www/e2e");

/** What WeChat gives its own components to look like, where that matters. */
const BASE = `
html, body { margin: 0; }
page, view, canvas, wx-camera, picker, textarea { display: block; }
canvas { width: 300px; height: 150px; }
input { display: block; border: none; outline-width: 2px; padding: 0; height: 1.4rem; box-sizing: border-box; }
button { position: relative; display: block; margin: 0 auto; padding: 0 14px; border-radius: 5px; font-size: 18px; line-height: 2.55; text-align: center; }
button::after { content: " "; position: absolute; left: 0; top: 0; width: 200%; height: 200%; border: 1px solid rgba(0,0,0,.2); transform: scale(.5); transform-origin: 0 0; pointer-events: none; }
`;

const tree = (folder) => readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => relative(folder, join(entry.parentPath, entry.name)));

/** A style sheet, compiled by the framework's own compiler; imports are put in their places. */
function style(path) {
  const text = readFileSync(join(PACKAGE, path), "utf8").replace(/@import "\.\/([^"]+)";/g, (_, file) => readFileSync(join(PACKAGE, file), "utf8"));
  return execFileSync(STYLES, [path], { input: text, encoding: "utf8" });
}

/** All of the package as the browser's side takes it. */
async function compiled() {
  const files = tree(PACKAGE);
  const group = new TmplGroup();
  for (const file of files.filter((file) => file.endsWith(".wxml"))) {
    const faults = group.addTmpl(file.replace(/\.wxml$/, ""), readFileSync(join(PACKAGE, file), "utf8"));
    if (faults.length > 0) throw new Error(`${file}: ${JSON.stringify(faults.map((fault) => String(fault.message ?? fault)))}`);
  }
  const { pages, subPackages } = JSON.parse(readFileSync(join(PACKAGE, "app.json"), "utf8"));
  const paths = [...pages, ...subPackages.flatMap(({ root, pages }) => pages.map((page) => `${root}/${page}`))];
  const { outputFiles } = await build({
    entryPoints: [join(here, "miniprogram-page.js")], bundle: true, write: false, format: "iife", logLevel: "error",
    alias: { "glass-easel": join(root, "www/node_modules/glass-easel/dist/glass_easel.all.es.js") },
    mainFields: ["module", "main"],
    loader: { ".js": "js" },
  });
  return {
    script: outputFiles[0].text,
    package: {
      templates: group.getTmplGenObjectGroups(),
      files: Object.fromEntries(files.filter((file) => file.endsWith(".js")).map((file) => [file, readFileSync(join(PACKAGE, file), "utf8")])),
      styles: Object.fromEntries(files.filter((file) => file.endsWith(".wxss") && file !== "shapes.wxss").map((file) => [file.replace(/\.wxss$/, ""), style(file)])),
      pages: Object.fromEntries(paths.map((path) => [path, JSON.parse(readFileSync(join(PACKAGE, `${path}.json`), "utf8"))])),
    },
  };
}

let once;

/**
 * Opens the mini-program beside a running authority. `faults` names calls of `wx` that go wrong, `app` what WeChat says of itself, `start` the
 * page, `room` the bytes of its storage.
 */
export async function miniprogram(t, origin, { faults = {}, app = {}, start, room, context: shared, deployment: other, ...options } = {}) {
  once ??= compiled();
  const { script, package: files } = await once;
  const deployment = other ?? (await (await fetch(`${origin}/deployment.json`)).json());
  const given = { ...files, origin, files: { ...files.files, "deployment.js": `module.exports=${JSON.stringify({ ...deployment, origin })}` } };
  const opened = shared ? { context: shared, page: await shared.newPage() } : await browser(t, options);
  const { page } = opened;
  const state = { faults, app, start, room };
  await page.route(`${origin}/mini/**`, (route) => {
    const path = new URL(route.request().url()).pathname;
    if (path.startsWith("/mini/package/")) {
      const bytes = readFileSync(join(PACKAGE, path.slice("/mini/package/".length)));
      return route.fulfill({ contentType: "application/wasm", body: path.endsWith(".br") ? brotliDecompressSync(bytes) : bytes });
    }
    if (path === "/mini/page.js") return route.fulfill({ contentType: "text/javascript", body: script });
    const set = `globalThis.MINIPROGRAM=${JSON.stringify(given)};globalThis.FAULTS=${JSON.stringify(state.faults)};globalThis.APP=${JSON.stringify(state.app)};globalThis.START=${JSON.stringify(state.start)};globalThis.ROOM=${JSON.stringify(state.room)};`;
    return route.fulfill({
      contentType: "text/html; charset=utf-8",
      body: `<!doctype html><html><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><style>${BASE}</style></head><body></body><script>${set.replace(/<\/script/g, "<\\/script")}</script><script src="/mini/page.js"></script></html>`,
    });
  });
  const go = async (change = {}) => {
    Object.assign(state, change);
    await page.goto(`${origin}/mini/`);
  };
  await go();
  return {
    ...opened,
    page,
    /** Opens it anew, as after it was killed; what is changed goes for this opening. */
    again: go,
    tap: (name) => page.getByRole("button", { name, exact: true }).first().click(),
    calls: (name) => page.evaluate((name) => host.calls.filter(([called]) => called === name).map(([, options]) => JSON.parse(JSON.stringify(options))), name),
    scans: (...texts) => page.evaluate((texts) => host.scans.push(...texts), texts),
    errors: () => page.evaluate(() => host.errors),
    view: () => page.evaluate(() => host.page.view),
  };
}

export { binary };
