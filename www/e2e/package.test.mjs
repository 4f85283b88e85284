// The example page of the npm package, as it stands there: it verifies a code in a browser with nothing but the package and an authority.
import assert from "node:assert/strict";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { test } from "./fixtures.mjs";
import { afterwards, authority, browser, folder, root, serve, tongma } from "./support.mjs";

test.describe.configure({ timeout: 60_000 });

const TYPES = { html: "text/html", js: "text/javascript", wasm: "application/wasm" };

/** Serves the page with the package beside it; all else is the authority's. */
async function host(t, authority) {
  const server = createServer(async ({ url }, answer) => {
    const [path] = url.split("?");
    const file = path === "/" ? "www/package/example/index.html" : path.startsWith("/tongma/") ? path.replace("/tongma/", "pkg/") : undefined;
    if (file && existsSync(join(root, file))) {
      answer.writeHead(200, { "content-type": TYPES[file.split(".").pop()] ?? "text/plain" }).end(readFileSync(join(root, file)));
      return;
    }
    const given = await fetch(`${authority}${path}`);
    answer.writeHead(given.status).end(Buffer.from(await given.arrayBuffer()));
  });
  await new Promise((ready) => server.listen(0, "localhost", ready));
  afterwards(t, () => server.close());
  return `http://localhost:${server.address().port}/`;
}

test("a page of thirty lines verifies a code", async ({ t }) => {
  assert.ok(readFileSync(join(root, "www/package/example/index.html"), "utf8").trim().split("\n").length <= 30);
  const [data, files] = [authority(t), folder(t)];
  const { origin } = await serve(t, data);
  const at = (name) => join(files, name);
  const { page, faults } = await browser(t, { locale: "en" });
  // A person of this authority, by its command line.
  tongma("key", "new", at("holder.key"));
  writeFileSync(at("claims.json"), JSON.stringify({ colour: "green", region: "360000", name: "甲乙丙", document: { kind: "id-card", number: "11010519491231002X" }, valid_for_s: 604800 }));
  writeFileSync(at("credential"), tongma("issue", "--authority", data, "--claims", at("claims.json"), "--holder-key", at("holder.key")));
  const code = tongma("present", "--credential", at("credential"), "--holder-key", at("holder.key"));

  await page.goto(await host(t, origin));
  const judge = async (text) => {
    await page.locator("#text").fill(text);
    await page.locator("#verify:enabled").click();
    return page.locator("#answer").textContent();
  };
  assert.equal(await judge(code), "pass · green · 甲**");
  assert.match(await judge(`${code.slice(0, -3)}AAA`), /^invalid · /);
  assert.equal(await judge("https://example.com"), "invalid · not-a-pass");
  assert.deepEqual(faults, []);
});
