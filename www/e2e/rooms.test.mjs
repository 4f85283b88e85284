// What is beside the code: the module that has it takes over from the first one, and everything can be destroyed.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { apply, browser, folder, kept, serve, shot } from "./support.mjs";

const timeout = 90_000;

async function wallet(t, options) {
  const server = await serve(t, folder(t));
  const opened = await browser(t, options);
  await opened.page.goto(`${server.origin}/wallet/`);
  await apply(opened.page);
  await opened.page.locator("svg.qr").waitFor();
  return { ...server, ...opened };
}

/** Names of all that is in the wallet's storage. */
const stored = (page) => page.evaluate(async () => {
  const database = await new Promise((resolve) => {
    const request = indexedDB.open("tongma-wallet");
    request.onsuccess = () => resolve(request.result);
  });
  const keys = (name) => new Promise((resolve) => {
    const request = database.transaction(name).objectStore(name).getAllKeys();
    request.onsuccess = () => resolve(request.result);
  });
  const found = [...(await keys("keys")), ...(await keys("state"))];
  database.close();
  return found;
});

const button = (page, name) => page.getByRole("button", { name, exact: true });

for (const [locale, more, data, make, save, wipe, yes, back] of [
  ["zh-CN", "更多", "我的数据", "生成文件", "保存文件", "销毁全部数据", "是，全部销毁", "← 返回"],
  ["en", "More", "My data", "Make the file", "Save the file", "Destroy all data", "Yes, destroy everything", "← Back"],
]) {
  test(`all data: looked at, taken along, destroyed; with no network (${locale})`, { timeout }, async (t) => {
    const { page, stop, requests, faults } = await wallet(t, { locale });
    await kept(page);
    await stop();
    await page.reload();
    await button(page, more).click();
    await shot(page, `menu-${locale}`);
    await button(page, data).click();
    await page.locator(".stored li").first().waitFor();
    await shot(page, `data-${locale}`);
    await button(page, make).click();
    const download = page.waitForEvent("download");
    await page.getByText(save).click();
    const file = JSON.parse(readFileSync(await (await download).path(), "utf8"));
    assert.match(file.state.held.credential, /^TM1:/);

    await button(page, back).click();
    await button(page, back).click();
    await page.locator("svg.qr").waitFor();

    await button(page, more).click();
    await button(page, data).click();
    assert.ok((await stored(page)).includes("current"));
    await button(page, wipe).click();
    await shot(page, `wipe-${locale}`);
    await button(page, yes).click();
    await page.locator("#field-name").waitFor();
    assert.deepEqual(await stored(page), ["state"], "a new key for what comes, and nothing else");
    const origins = new Set(requests.map((url) => new URL(url).origin));
    assert.equal(origins.size, 1);
    assert.deepEqual(faults, []);
  });
}

test("a second tab does not go on with what the first one destroyed", { timeout }, async (t) => {
  const { page, context, origin } = await wallet(t, { locale: "en" });
  const other = await context.newPage();
  await other.goto(`${origin}/wallet/`);
  await other.locator("svg.qr").waitFor();
  await button(page, "More").click();
  await button(page, "My data").click();
  await button(page, "Destroy all data").click();
  await button(page, "Yes, destroy everything").click();
  await page.locator("#field-name").waitFor();
  await other.locator("#field-name").waitFor();
});
