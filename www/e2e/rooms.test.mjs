// What is beside the code: the module that has it takes over from the first one, and everything can be destroyed.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "./fixtures.mjs";
import { least, sound } from "./looks.mjs";
import { apply, authority, browser, kept, serve, shot, tongma } from "./support.mjs";

test.describe.configure({ timeout: 90_000 });

async function wallet(t, options) {
  const server = await serve(t, authority(t));
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
  test(`all data: looked at, taken along, destroyed; with no network (${locale})`, async ({ t }) => {
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

test("a second tab does not go on with what the first one destroyed", async ({ t }) => {
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

for (const [locale, why, diary, checkIn, taken, waits, change, send, back, counted] of [
  ["zh-CN", "原因与办法", "健康打卡", "打卡", "今天已打卡。", "还没有发出，今天之内会自动发送。", "更改我的申报", "提交更改", "← 返回", "连续正常 0 天，共需 14 天"],
  ["en", "Why?", "Daily check-in", "Check in", "You have checked in today.", "Not sent yet. It goes by itself, today.", "Change my declaration", "Send the change", "← Back", "0 of 14 normal days in a row"],
]) {
  test(`a yellow code: why, check-in with the network down and up again, the own declaration (${locale})`, async ({ t }) => {
    const data = authority(t);
    let server = await serve(t, data);
    const port = new URL(server.origin).port;
    const { page, faults } = await browser(t, { locale });
    await page.goto(`${server.origin}/wallet/`);
    await shot(page, `apply-who-${locale}`);
    await apply(page, { symptoms: "cold-like" });
    await page.locator("svg.qr").waitFor();
    await kept(page);
    await shot(page, `code-yellow-${locale}`);
    await button(page, why).click();
    await page.getByText("JX-C-SYMPTOMS").waitFor();
    // The day on which it began is China's, wherever the phone is.
    const day = new Intl.DateTimeFormat(locale === "en" ? "en-GB" : locale, { year: "numeric", month: locale === "en" ? "short" : "long", day: "numeric", timeZone: "Asia/Shanghai" });
    await page.getByText(day.format(Date.now()), { exact: true }).waitFor();
    await shot(page, `colour-${locale}`);
    await button(page, diary).click();

    // The check-in waits for the network, also over a restart of the page, and goes by itself.
    await server.stop();
    await page.locator("#field-symptoms-cold-like").check();
    await page.locator("#field-temperature").fill("36,8 ℃");
    await button(page, checkIn).click();
    await page.getByText(waits).waitFor();
    await shot(page, `diary-waiting-${locale}`);
    server = await serve(t, data, port);
    const answered = page.waitForResponse((response) => response.url().endsWith("/api/declarations") && response.ok());
    await page.reload();
    await answered;
    await page.locator("svg.qr").waitFor();
    await button(page, why).click();
    await page.getByText(counted).waitFor();
    await button(page, diary).click();
    await page.getByText(taken).waitFor();

    // What was declared is there and is changed once a day.
    await button(page, change).click();
    assert.ok(await page.locator("input[name=been][value=no]").isChecked());
    await page.locator("input[name=contact][value=unsure]").check();
    await shot(page, `diary-change-${locale}`);
    await button(page, send).click();
    await page.locator("form").waitFor({ state: "detached" });
    await shot(page, `diary-${locale}`);
    assert.equal(await button(page, change).count(), 0);
    await button(page, back).click();
    await button(page, back).click();
    await page.locator("svg.qr").waitFor();
    assert.deepEqual(faults, []);
  });
}

test("the form: what is wrong at its step, back and on without loss", async ({ t }) => {
  const { origin } = await serve(t, authority(t));
  for (const locale of ["zh-CN", "en"]) {
    const { page, faults } = await browser(t, { locale });
    await page.goto(`${origin}/wallet/`);
    await page.locator("#field-name").fill("甲乙丙");
    await page.locator("#field-document-number").fill("11010519491231002X");
    await page.locator("#field-phone").fill("13800138000");
    await page.locator("button[type=submit]").click();
    await page.locator("#field-address").waitFor();
    await page.locator("button[type=submit]").click();
    // The first thing that is missing has the focus.
    await page.waitForFunction(() => document.activeElement?.id === "field-address");
    await shot(page, `apply-health-problem-${locale}`);
    await page.locator("#field-address").fill("南昌");
    for (const question of ["been", "contact"]) await page.locator(`input[name=${question}][value=no]`).check();
    await page.locator("#field-symptoms-chest").check();
    await page.locator("#field-symptoms-other").check();
    await page.locator("#field-temperature").fill("36.6");
    await shot(page, `apply-health-${locale}`);
    await page.reload();
    await page.locator("#field-symptoms-other").waitFor();
    assert.ok(await page.locator("#field-symptoms-chest").isChecked());
    await page.locator("#field-symptoms").check();
    assert.ok(!(await page.locator("#field-symptoms-chest").isChecked()), "none is none");
    await page.locator("form button.quiet").click();
    assert.equal(await page.locator("#field-name").inputValue(), "甲乙丙");
    await page.locator("button[type=submit]").click();
    assert.equal(await page.locator("#field-address").inputValue(), "南昌");
    await page.locator("button[type=submit]").click();
    await page.locator("#field-truth").waitFor();
    await shot(page, `apply-statement-${locale}`);
    await page.locator("button[type=submit]").click();
    await page.waitForFunction(() => document.activeElement?.id === "field-truth");
    for (const box of ["truth", "consent"]) await page.locator(`#field-${box}`).check();
    await page.locator("button[type=submit]").click();
    await page.locator("svg.qr").waitFor();
    assert.deepEqual(faults, []);
  }
});
for (const [locale, more, looks, elder, large, contrast, help, read, silent, back, gate, aloud] of [
  ["zh-CN", "更多", "字号与显示", "长辈模式", "字再大一些", "高对比度", "帮助", "读给我听", "没有朗读功能", "← 返回", "扫场所的码", /^绿码，剩余时间 \d+ 分 \d+ 秒。$/],
  ["en", "More", "Text and display", "Simple and large", "Larger text", "Strong contrast", "Help", "Read aloud", "no voice", "← Back", "Scan the gate's code", /^Green code. Time left: \d+ minutes \d+ seconds.$/],
]) {
  test(`few and large things, read aloud, help; with no network (${locale})`, async ({ t }) => {
    test.setTimeout(120_000);
    const { page, context, stop, faults } = await wallet(t, { locale });
    await kept(page);
    await stop();
    await button(page, more).click();
    await button(page, help).click();
    await page.locator("summary").first().click();
    await sound(page, "help");
    await shot(page, `help-${locale}`);
    assert.equal(await page.locator('a[href="tel:12345"]').count(), 1);
    await button(page, back).click();
    await button(page, looks).click();
    await sound(page, "display");
    await shot(page, `display-${locale}`);
    // By keyboard, as everything.
    await page.getByLabel(elder).focus();
    await page.keyboard.press("Space");
    await page.locator(":root.elder").waitFor();
    await sound(page, "display, elder");
    await shot(page, `display-elder-${locale}`);
    await button(page, back).click();
    await button(page, gate).waitFor();
    await sound(page, "menu, elder");
    await shot(page, `menu-elder-${locale}`);
    await button(page, help).click();
    await sound(page, "help, elder");
    await shot(page, `help-elder-${locale}`);
    const helped = await least(page);
    assert.ok(helped.text >= 18 && helped.target >= 60, JSON.stringify(helped));
    await button(page, back).click();
    await button(page, back).click();

    await page.locator("svg.qr").waitFor();
    assert.deepEqual(await page.locator("main button:not(.tap):visible").allInnerTexts(), [read, more]);
    await sound(page, "code, elder");
    await shot(page, `code-elder-${locale}`);
    const { text, target } = await least(page);
    assert.ok(text >= 18 && target >= 60, JSON.stringify({ text, target }));
    // What is said, where there is a voice; and that there is none, where there is none.
    await page.evaluate(() => {
      globalThis.said = [];
      speechSynthesis.speak = (words) => {
        said.push([words.text, words.lang]);
        words.onstart?.();
      };
    });
    await button(page, read).click();
    const [[words, language]] = await page.evaluate(() => said);
    assert.match(words, aloud);
    assert.equal(language, locale);
    await page.evaluate(() => { speechSynthesis.speak = () => {}; });
    await button(page, read).click();
    await page.getByText(silent).waitFor();

    await button(page, more).click();
    await button(page, looks).click();
    await page.getByLabel(large).check();
    await page.getByLabel(contrast).check();
    await button(page, back).click();
    await button(page, back).click();
    await page.locator("svg.qr").waitFor();
    await sound(page, "code, elder, large, contrast");
    await shot(page, `code-largest-${locale}`);
    await page.setViewportSize({ width: 740, height: 360 });
    await sound(page, "code, elder, large, contrast, landscape");
    await shot(page, `code-landscape-${locale}`);
    // The first module has it, too.
    const again = await context.newPage();
    await again.goto(page.url());
    await page.close();
    await again.locator(":root.elder.large.contrast svg.qr").waitFor();
    assert.deepEqual(faults, []);
  });
}
