// Two shells, one behaviour: the same events bring the same views in the pages' module and in the mini-program (and natively: authority/tests/it/wallet/journeys.rs).
import { build } from "esbuild";
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "./fixtures.mjs";
import { miniprogram } from "./miniprogram.mjs";
import { authority, browser, root, serve } from "./support.mjs";

test.describe.configure({ timeout: 240_000 });

const journey = JSON.parse(readFileSync(join(root, "tests/journeys/wallet.json"), "utf8"));

/** Where a view differs from what is expected of it: all that is named must be there; `last` names the last of a list. */
function difference(expected, found, at = "view") {
  if (Array.isArray(found) && expected && !Array.isArray(expected) && "last" in Object(expected)) return difference(expected.last, found[found.length - 1], `${at}.last`);
  if (Array.isArray(expected) && Array.isArray(found) && expected.length === found.length) return expected.map((each, index) => difference(each, found[index], `${at}[${index}]`)).find(Boolean);
  if (expected && typeof expected === "object" && !Array.isArray(expected) && found && typeof found === "object") return Object.keys(expected).map((name) => difference(expected[name], found[name], `${at}.${name}`)).find(Boolean);
  return expected === found ? undefined : `${at}: ${JSON.stringify(expected)} expected, ${JSON.stringify(found)} found`;
}

/** Times, drawings and keys are another each time. */
const VOLATILE = new Set(["path", "key", "status", "bytes", "version"]);
const steady = (view) => JSON.parse(JSON.stringify(view, (name, value) => (VOLATILE.has(name) ? null : typeof value === "number" && value > 1e9 ? "a time" : value)));

/** The pages' module with all its effects, in a page of their own origin, behind the boundary that their script calls. */
async function pages(t, origin) {
  const { page, faults } = await browser(t);
  const { outputFiles } = await build({
    stdin: { contents: `import init, { walletSend, walletStart } from "#core"; globalThis.send = walletSend; await init({ module_or_path: "/wallet/everyday.wasm" }); await walletStart(${JSON.stringify(journey.languages)}, (view) => { globalThis.view = JSON.parse(view); });`, resolveDir: root },
    bundle: true, write: false, format: "esm", alias: { "#core": join(root, "dist/wasm/everyday/core.js") },
  });
  await page.route(`${origin}/journey/`, (route) => route.fulfill({ contentType: "text/html", body: `<!doctype html><script type="module">${outputFiles[0].text}</script>` }));
  await page.goto(`${origin}/journey/`);
  return { name: "pages", faults, view: () => page.evaluate(() => globalThis.view), send: (event) => page.evaluate((event) => send(JSON.stringify(event)), event) };
}

async function mini(t, origin) {
  const { page, faults, view } = await miniprogram(t, origin);
  return { name: "mini-program", faults, view, send: (event) => page.evaluate((event) => host.page.send(event), event) };
}

/** The view, once it is as expected. */
async function reached(shell, expected) {
  const until = Date.now() + 20_000;
  for (;;) {
    const view = await shell.view();
    const wrong = view ? difference(expected, view) : "no view";
    if (!wrong) return view;
    if (Date.now() > until) assert.fail(wrong);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

test("the wallet's journey in both shells", async ({ t }) => {
  const walked = [];
  for (const open of [pages, mini]) {
    // Each has an authority of its own: neither meets what the other declared.
    const shell = await open(t, (await serve(t, authority(t))).origin);
    const views = [];
    for (const [number, { send, view: expected = {}, says = "" }] of journey.steps.entries()) {
      if (send !== undefined) await shell.send(send);
      const view = await reached(shell, expected).catch((error) => assert.fail(`${shell.name}, step ${number}, ${says} ${JSON.stringify(send)}: ${error.message}`));
      // Where a view is named it is the one to compare; without one the next event may come before it.
      if (Object.keys(expected).length > 0) views.push([number, steady(view)]);
    }
    assert.deepEqual(shell.faults, [], shell.name);
    walked.push(views);
  }
  assert.deepEqual(walked[1], walked[0]);
});
