// A yellow code, an appeal with the network down, taken along and sent, granted, and the green code that follows; the age of a code.
import assert from "node:assert/strict";
import { test } from "./fixtures.mjs";
import { sound } from "./looks.mjs";
import { apply, authority, browser, kept, serve, shot, tongma } from "./support.mjs";

test.describe.configure({ timeout: 180_000 });

const button = (page, name) => page.getByRole("button", { name, exact: true });

const MARKUP = "<img src=x onerror=alert(1)>";

for (const [locale, say] of [
  ["zh-CN", { why: "原因与办法", appeals: "申诉与纠错", send: "提交", waits: "等待发送", along: "带走", save: "保存文件", done: "完成", received: "已受理，尚未处理", granted: "已通过", back: "← 返回", more: "更多", age: "有效期与更新", seven: "7 个，每天用一个", now: "立即更新", green: "绿码", wrong: "我只是对花粉过敏。" }],
  ["en", { why: "Why?", appeals: "Appeal or correction", send: "Send", waits: "Waits to be sent", along: "Take it along", save: "Save the file", done: "Done", received: "Received, not decided yet", granted: "Granted", back: "← Back", more: "More", age: "Age and renewal", seven: "7, one for each day", now: "Renew now", green: "Green code", wrong: "It is only hay fever." }],
]) {
  test(`an appeal: written offline, taken along, sent, granted; the code turns green (${locale})`, async ({ t }) => {
    const data = authority(t);
    let server = await serve(t, data);
    const port = new URL(server.origin).port;
    const { page, requests, faults } = await browser(t, { locale });
    await page.goto(`${server.origin}/wallet/`);
    await apply(page, { symptoms: "cold-like" });
    await page.locator("main.code.yellow svg.qr").waitFor();
    await kept(page);
    await button(page, say.why).click();
    await button(page, say.appeals).click();
    await page.locator("#field-appeal-wrong").waitFor();
    assert.equal(await page.locator('a[href="tel:12345"]').count(), 1);
    await sound(page, "appeal, empty");
    await shot(page, `appeal-empty-${locale}`);

    // What is missing is said at its place; what is written outlives the page.
    await button(page, say.send).click();
    await page.waitForFunction(() => document.activeElement?.getAttribute("aria-invalid") === "true");
    await page.locator("input[value=colour]").check();
    await page.locator("#field-appeal-wrong").fill(say.wrong);
    await page.locator("#field-appeal-wanted").fill(MARKUP);
    await page.locator("#field-appeal-wanted").blur();
    await server.stop();
    await page.reload();
    await page.locator("svg.qr").waitFor();
    await button(page, say.why).click();
    await button(page, say.appeals).click();
    assert.equal(await page.locator("#field-appeal-wrong").inputValue(), say.wrong);
    await shot(page, `appeal-written-${locale}`);

    // With no network it waits, and can be taken along.
    await button(page, say.send).click();
    await page.getByText(say.waits, { exact: true }).waitFor();
    await page.locator(".appeal summary").click();
    assert.ok((await page.locator(".appeal .said").innerText()).includes(MARKUP));
    await sound(page, "appeal, waiting");
    await shot(page, `appeal-waiting-${locale}`);
    await button(page, say.along).click();
    await page.locator(".along svg.qr").waitFor();
    await page.locator(".along").scrollIntoViewIfNeeded();
    await shot(page, `appeal-along-${locale}`);
    const download = page.waitForEvent("download");
    await page.getByText(say.save).click();
    const file = await (await download).path();
    await button(page, say.done).click();
    tongma("--json", "authority", "appeals", data, "take", file);

    // The network is back: it goes by itself, and both are one.
    server = await serve(t, data, port);
    const answered = page.waitForResponse((response) => response.url().endsWith("/api/appeals") && response.ok());
    await page.reload();
    await answered;
    const listed = tongma("--json", "authority", "appeals", data, "list").split("\n").map((line) => JSON.parse(line));
    assert.deepEqual(listed.map(({ state, text }) => [state, text]), [["received", `${say.wrong}\n${MARKUP}`]]);
    await page.locator("svg.qr").waitFor();
    await button(page, say.why).click();
    await button(page, say.appeals).click();
    await page.getByText(say.received).waitFor();
    await shot(page, `appeal-received-${locale}`);

    tongma("authority", "appeals", data, "decide", String(listed[0].number), "grant", "--clear-declarations", "--by", "A. Clerk", "--why", `${MARKUP} 化验正常`);
    await button(page, say.back).click();
    const renewed = page.waitForResponse((response) => response.url().endsWith("/api/renewals") && response.ok());
    await button(page, say.appeals).click();
    await page.getByText(say.granted, { exact: true }).waitFor();
    await renewed;
    assert.ok((await page.locator(".appeal").innerText()).includes(MARKUP));
    assert.equal(await page.locator(".room img").count(), 0, "text is text");
    await sound(page, "appeal, granted");
    await shot(page, `appeal-granted-${locale}`);
    await button(page, say.back).click();
    await button(page, say.back).click();
    await page.locator("main.code.green svg.qr").waitFor();
    await page.getByRole("heading", { name: say.green }).waitFor();
    await shot(page, `appeal-green-${locale}`);

    // The age of the code, and a renewal by hand.
    await button(page, say.more).click();
    await shot(page, `appeal-menu-${locale}`);
    await button(page, say.age).click();
    await page.getByText(say.seven).waitFor();
    await sound(page, "age");
    await shot(page, `renewal-${locale}`);
    const again = page.waitForResponse((response) => response.url().endsWith("/api/renewals") && response.ok());
    await button(page, say.now).click();
    await again;
    await button(page, say.now).waitFor();
    await button(page, say.back).click();
    await button(page, say.back).click();
    await page.locator("main.code.green svg.qr").waitFor();
    await page.reload();
    await page.locator("main.code.green svg.qr").waitFor();
    assert.deepEqual(faults, []);
    assert.equal(new Set(requests.map((url) => new URL(url).origin)).size, 1);
  });
}

test("a code in the last third of its life is renewed when the page opens, and what hinders it is told", async ({ t }) => {
  test.setTimeout(90_000);
  const { origin } = await serve(t, authority(t));
  const { page, context, requests } = await browser(t, { locale: "en" });
  await page.goto(`${origin}/wallet/`);
  await apply(page);
  await page.locator("svg.qr").waitFor();
  await kept(page);
  const asked = () => requests.filter((url) => url.endsWith("/api/renewals")).length;
  const opened = async (days) => {
    const other = await context.newPage();
    await other.clock.setSystemTime(Date.now() + days * 86_400_000);
    await other.goto(`${origin}/wallet/`);
    await other.locator("body[data-settled] svg.qr").waitFor();
    return other;
  };
  const early = await opened(4);
  // What would be asked for has been by then.
  await early.waitForTimeout(500);
  await early.close();
  assert.equal(asked(), 0, "there is time enough");
  // This phone's clock is five days ahead of the authority's: it is asked, says so, and the code is shown all the same.
  const answered = context.waitForEvent("response", (response) => response.url().endsWith("/api/renewals"));
  const late = await opened(5);
  await answered;
  assert.equal(asked(), 1);
  await late.locator("svg.qr").waitFor();
  await button(late, "More").click();
  await button(late, "Age and renewal").click();
  await late.getByText("The clock of this device is wrong").waitFor();
  await shot(late, "renewal-waits-en");
});
