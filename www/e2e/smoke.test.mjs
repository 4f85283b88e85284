// The main job once in every other browser that is here: apply, show, scan a picture of it, verdict; then no server.
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import webdriver from "selenium-webdriver";
import { others } from "./drivers.mjs";
import { folder, PERSON, pictures, serve, tongma } from "./support.mjs";

const { By, until } = webdriver;
const SOON = 20_000;

for (const { name, missing, open } of others) {
  // Where everything is meant to be there, what is missing is a fault.
  const skip = missing.length > 0 && process.env.CI !== "true" ? `not here: ${missing.join(", ")}` : false;
  test(`apply, show, picture, verdict, no server: ${name}`, { skip, timeout: 120_000 }, async (t) => {
    assert.deepEqual(missing, []);
    const server = await serve(t, folder(t));
    const driver = await open(t);
    const found = (css) => driver.wait(until.elementLocated(By.css(css)), SOON, `no ${css}`);
    const controlled = () => driver.wait(() => driver.executeScript("return navigator.serviceWorker.controller !== null"), SOON, "no service worker");
    await driver.manage().window().setRect({ width: 412, height: 900 });

    await driver.get(`${server.origin}/wallet/`);
    const click = async (css) => (await found(css)).click();
    for (const [field, value] of Object.entries(PERSON)) await (await found(`#field-${field}`)).sendKeys(value);
    await click("button[type=submit]");
    await (await found("#field-address")).sendKeys("江西省南昌市东湖区一号");
    for (const answer of ["input[name=been][value=no]", "input[name=contact][value=no]", "#field-symptoms", "button[type=submit]"]) await click(answer);
    for (const answer of ["#field-truth", "#field-consent", "button[type=submit]"]) await click(answer);
    await found("svg.qr");
    await controlled();
    // A first opening has no older version to take the place of.
    const notices = await driver.findElements(By.css(".notice"));
    assert.deepEqual(await Promise.all(notices.map((notice) => notice.getText())), []);
    // Another decoder in another process reads the same picture: it is a code that the browser drew, not something the page
    // knows. WebKit may picture the frame before.
    const picture = join(folder(t), "code.png");
    const drawn = async () => {
      writeFileSync(picture, await driver.takeScreenshot(), "base64");
      return /\tTM1:/.test(tongma("scan", picture).out);
    };
    await driver.wait(drawn, SOON, "no code can be read from the screen");

    await driver.get(`${server.origin}/verifier/`);
    await driver.wait(async () => (await driver.findElements(By.css(".light.fresh"))).length === 2, SOON, "no trust and status data");
    await (await found("input[type=file]")).sendKeys(picture);
    const answer = await found("main.verdict.pass h1");
    assert.match(await answer.getText(), /可以通行|May enter/);
    if (pictures) writeFileSync(join(pictures, `verifier-pass-${name.toLowerCase()}.png`), await driver.takeScreenshot(), "base64");

    // The server dies: the wallet is opened and reloaded, and shows the code.
    await server.stop();
    await driver.get(`${server.origin}/wallet/`);
    await found("svg.qr path + path");
    // By the page: a driver's own reload passes by the service worker in Firefox.
    await driver.executeScript("document.body.id = 'before'; location.reload()");
    await driver.wait(async () => (await driver.findElements(By.css("body:not(#before)"))).length === 1, SOON, "no reload");
    await found("svg.qr path + path");
    assert.match(await (await found("main.code .person b")).getText(), /甲\*\*/);
    if (pictures) writeFileSync(join(pictures, `wallet-code-${name.toLowerCase()}.png`), await driver.takeScreenshot(), "base64");
  });
}
