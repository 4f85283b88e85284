// Lock and backup: the passcode opens what a reload closed; what is in a file comes back in another browser.
import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "./fixtures.mjs";
import { sound } from "./looks.mjs";
import { apply, authority, browser, folder, kept, serve, shot, tongma } from "./support.mjs";

test.describe.configure({ timeout: 120_000 });
const button = (page, name) => page.getByRole("button", { name, exact: true });

const TEXTS = {
  "zh-CN": {
    more: "更多", safety: "锁定与备份", addPasskey: "设置通行密钥", hasPasskey: "通行密钥也可以解锁。", byPasskey: "用指纹、面容或锁屏解锁", unusable: "通行密钥未能使用。", on: "开启锁定", isOn: "锁定已开启。", unlock: "解锁", wrong: "密码不对。", wait: "密码错误次数过多。",
    make: "生成备份", save: "保存备份", restore: "恢复备份", now: "恢复", phrase: "口令不对。", back: "数据已恢复，码需要重新申领。", show: "不输密码也可亮码",
  },
  en: {
    more: "More", safety: "Lock and backup", addPasskey: "Set up a passkey", hasPasskey: "A passkey opens the lock too.", byPasskey: "Unlock by fingerprint, face or screen lock", unusable: "The passkey could not be used.", on: "Turn the lock on", isOn: "The lock is on.", unlock: "Unlock", wrong: "That passcode is wrong.", wait: "Too many wrong passcodes.",
    make: "Make the backup", save: "Save the backup", restore: "Restore a backup", now: "Restore", phrase: "That passphrase is wrong.",
    back: "Your data are back; the code itself must be applied for again.", show: "Show the code without the passcode",
  },
};

/** A picture of what is on the screen; axe-core finds nothing wrong there, and nothing is wider than the phone. */
async function look(page, name) {
  await shot(page, name);
  await sound(page, name);
}

async function wallet(t, options) {
  const server = await serve(t, authority(t));
  const opened = await browser(t, options);
  await opened.page.setViewportSize({ width: 360, height: 740 });
  await opened.page.goto(`${server.origin}/wallet/`);
  await apply(opened.page);
  await opened.page.locator("svg.qr").waitFor();
  await kept(opened.page);
  return { ...server, ...opened };
}

async function enter(page, texts) {
  await button(page, texts.more).click();
  await button(page, texts.safety).click();
  await button(page, texts.make).waitFor();
}

async function turnOn(page, texts, passcode) {
  await page.locator("#next").fill(passcode);
  await page.locator("#repeat").fill(passcode);
  await button(page, texts.on).click();
  await page.getByText(texts.isOn).waitFor();
}

async function unlock(page, texts, passcode) {
  await page.locator("#passcode").fill(passcode);
  await button(page, texts.unlock).click();
}

for (const [locale, texts] of Object.entries(TEXTS)) {
  test(`the lock, with no network (${locale})`, async ({ t }) => {
    const { page, stop, faults } = await wallet(t, { locale });
    await stop();
    await page.reload();
    await enter(page, texts);
    await look(page, `safety-${locale}`);
    await turnOn(page, texts, "135790");
    await look(page, `safety-on-${locale}`);
    await page.reload();
    await page.locator("main.locked").waitFor();
    assert.equal(await page.locator("svg.qr").count(), 0);
    await look(page, `locked-${locale}`);
    for (let tries = 0; tries < 2; tries += 1) {
      await unlock(page, texts, "000000");
      await page.getByText(texts.wrong).waitFor();
    }
    await unlock(page, texts, "135790");
    await page.locator("svg.qr").waitFor();
    // Two wrong ones are forgiven; three make the next wait, and a reload does not help.
    await page.reload();
    for (let tries = 0; tries < 3; tries += 1) {
      await unlock(page, texts, "000000");
      await page.waitForFunction(() => document.querySelector("main.locked button[type=submit]:not([disabled])"));
    }
    await page.locator("main.locked [role=status]").waitFor();
    await page.reload();
    await unlock(page, texts, "135790");
    await page.getByText(texts.wait).waitFor();
    await look(page, `locked-wait-${locale}`);
    assert.equal(await page.locator("svg.qr").count(), 0);
    assert.deepEqual(faults, []);
  });

  test(`a backup comes back in another browser (${locale})`, async ({ t }) => {
    const { page, origin, faults } = await wallet(t, { locale });
    await enter(page, texts);
    await page.locator("#passphrase").fill("correct horse battery");
    await button(page, texts.make).click();
    const download = page.waitForEvent("download");
    await page.getByText(texts.save).click();
    const file = join(folder(t), "tongma.backup.txt");
    await (await download).saveAs(file);

    const other = await browser(t, { locale });
    await other.page.setViewportSize({ width: 360, height: 740 });
    await other.page.goto(`${origin}/wallet/`);
    await button(other.page, texts.restore).click();
    await other.page.locator("#file").setInputFiles(file);
    await other.page.locator("#restore-passphrase").fill("wrong horse battery");
    await button(other.page, texts.now).click();
    await other.page.getByText(texts.phrase).waitFor();
    await other.page.locator("#restore-passphrase").fill("correct horse battery");
    await look(other.page, `restore-${locale}`);
    await button(other.page, texts.now).click();
    await other.page.getByText(texts.back).waitFor();
    await look(other.page, `restored-${locale}`);
    await other.page.reload();
    await other.page.getByText(texts.back).waitFor();
    await apply(other.page);
    await other.page.locator("svg.qr").waitFor();
    assert.deepEqual([...faults, ...other.faults], []);
  });
}

for (const [locale, texts] of Object.entries(TEXTS)) {
  test(`a passkey opens the lock, with no network (${locale})`, async ({ t }) => {
    const { page, stop, faults } = await wallet(t, { locale });
    const authenticator = await page.context().newCDPSession(page);
    await authenticator.send("WebAuthn.enable");
    const { authenticatorId } = await authenticator.send("WebAuthn.addVirtualAuthenticator", {
      options: { protocol: "ctap2", ctap2Version: "ctap2_1", transport: "internal", hasResidentKey: true, hasUserVerification: true, hasPrf: true, isUserVerified: true },
    });
    await stop();
    await enter(page, texts);
    await turnOn(page, texts, "135790");
    await button(page, texts.addPasskey).click();
    await page.getByText(texts.hasPasskey).waitFor();
    await look(page, `passkey-${locale}`);
    await page.reload();
    await page.locator("main.locked").waitFor();
    await look(page, `locked-passkey-${locale}`);
    await button(page, texts.byPasskey).click();
    await page.locator("svg.qr").waitFor();
    // Somebody else's finger.
    await authenticator.send("WebAuthn.setUserVerified", { authenticatorId, isUserVerified: false });
    await page.reload();
    await page.locator("main.locked").waitFor();
    await button(page, texts.byPasskey).click();
    await page.getByText(texts.unusable).waitFor();
    assert.equal(await page.locator("svg.qr").count(), 0);
    await unlock(page, texts, "135790");
    await page.locator("svg.qr").waitFor();
    assert.deepEqual(faults, []);
  });
}

test("the code without the passcode, everything else with it", async ({ t }) => {
  const texts = TEXTS.en;
  const { page, faults } = await wallet(t, { locale: "en" });
  await enter(page, texts);
  await page.getByLabel(texts.show).check();
  await turnOn(page, texts, "135790");
  await page.reload();
  await page.locator("svg.qr").waitFor();
  await button(page, texts.more).click();
  await page.locator("main.locked").waitFor();
  await unlock(page, texts, "135790");
  await button(page, texts.safety).waitFor();
  assert.deepEqual(faults, []);
});
