// WebKit by its WebDriver, on a screen that nobody sees.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readdirSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import webdriver from "selenium-webdriver";
import { afterwards, root } from "../support.mjs";
import { Page, until } from "./page.mjs";

const { Builder, Capabilities } = webdriver;

/** The browser that is driven. */
export const binary = join(root, "www/e2e/engines/webkit.py");

/** Starts a program; it is ended by what is given, at the latest after the test. */
function start(t, path, args, options) {
  const child = spawn(path, args, options);
  const ended = once(child, "exit");
  const end = async () => {
    child.kill();
    await ended;
  };
  afterwards(t, end);
  return { child, end };
}

async function freePort() {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** A screen that nobody sees; its name. */
async function screen(t, xvfb) {
  const { child } = start(t, xvfb, ["-displayfd", "3", "-screen", "0", "800x1200x24", "-nolisten", "tcp"], { stdio: ["ignore", "ignore", "ignore", "pipe"] });
  const number = await new Promise((resolve, reject) => {
    child.stdio[3].once("data", (bytes) => resolve(String(bytes).trim()));
    child.once("exit", (code) => reject(new Error(`Xvfb ended with ${code}`)));
  });
  return `:${number}`;
}

/** Opens a page; what `profile` holds is kept from one opening to the next. */
export async function webkit(t, { driver: path, xvfb }, profile) {
  const downloads = join(profile, "downloads");
  mkdirSync(downloads, { recursive: true });
  const env = { ...process.env, DISPLAY: await screen(t, xvfb), HOME: profile, GDK_BACKEND: "x11", NO_AT_BRIDGE: "1" };
  const port = await freePort();
  const { end } = start(t, path, [`--port=${port}`], { env, stdio: "ignore" });
  const url = `http://127.0.0.1:${port}`;
  await until(() => fetch(`${url}/status`).then(({ ok }) => ok, () => false), () => "the driver does not answer");
  const wanted = new Capabilities({ browserName: "webkit.py", "webkitgtk:browserOptions": { binary, args: [profile] } });
  const driver = await new Builder().disableEnvironmentOverrides().usingServer(url).withCapabilities(wanted).build();
  let open = true;
  const close = async () => {
    if (open) await driver.quit().catch(() => undefined);
    open = false;
    await end();
  };
  afterwards(t, close);
  // What goes wrong in a page is not told by this driver.
  return { page: new Page(deeds(driver, downloads)), faults: [], close };
}

function deeds(driver, downloads) {
  return {
    goto: (url) => driver.get(url),
    run: async (work, argument) => JSON.parse(await driver.executeScript(`return (async () => JSON.stringify((await (${work})(arguments[0])) ?? null))()`, argument)),
    find: (work, argument) => driver.executeScript(`return (${work})(arguments[0])`, argument),
    click: (found) => found.click(),
    type: async (found, text) => {
      await found.clear();
      await found.sendKeys(text);
    },
    choose: (found, path) => found.sendKeys(path),
    picture: () => driver.takeScreenshot(),
    downloaded: async () => {
      const before = new Set(readdirSync(downloads));
      const name = await until(() => readdirSync(downloads).find((name) => !before.has(name) && !name.endsWith(".wkdownload")), () => "no download");
      return join(downloads, name);
    },
  };
}
