// Firefox and WebKit by their own drivers. Paths are found here, so that nothing is fetched from anywhere.
import { spawn } from "node:child_process";
import { accessSync, constants, existsSync, readdirSync } from "node:fs";
import { createServer } from "node:net";
import { delimiter, join } from "node:path";
import webdriver from "selenium-webdriver";
import { afterwards, folder, root } from "./support.mjs";

const { Builder, Capabilities } = webdriver;

/** The first of these programs that is there: in .tools/bin, or on the path. */
function program(...names) {
  const places = [join(root, ".tools/bin"), ...(process.env.PATH ?? "").split(delimiter)];
  return names.flatMap((name) => places.map((place) => join(place, name))).find(runs);
}

function runs(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Debian's folder for WebKit's own browser carries the machine's name. */
function miniBrowser() {
  const libraries = "/usr/lib";
  const folders = existsSync(libraries) ? readdirSync(libraries).flatMap((machine) => ["4.1", "6.0", "4.0"].map((api) => join(libraries, machine, `webkit2gtk-${api}`))) : [];
  return folders.map((place) => join(place, "MiniBrowser")).find(runs);
}

/** Starts a program and waits until it says something that fits. */
function start(t, path, args, { env = {}, stdio = ["ignore", "ignore", "ignore"] } = {}) {
  const child = spawn(path, args, { stdio, env: { ...process.env, ...env } });
  const ended = new Promise((resolve) => child.once("exit", resolve));
  child.once("error", () => undefined);
  afterwards(t, async () => {
    child.kill();
    await ended;
  });
  return child;
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
  const child = start(t, xvfb, ["-displayfd", "3", "-screen", "0", "800x1200x24", "-nolisten", "tcp"], { stdio: ["ignore", "ignore", "ignore", "pipe"] });
  const number = await new Promise((resolve, reject) => {
    child.stdio[3].once("data", (bytes) => resolve(String(bytes).trim()));
    child.once("exit", (code) => reject(new Error(`Xvfb ended with ${code}`)));
  });
  return `:${number}`;
}

async function session(t, port, capabilities) {
  const url = `http://127.0.0.1:${port}`;
  for (const deadline = Date.now() + 20_000; ;) {
    const answer = await fetch(`${url}/status`).catch(() => undefined);
    if (answer?.ok) break;
    if (Date.now() > deadline) throw new Error("the driver does not answer");
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  const driver = await new Builder().disableEnvironmentOverrides().usingServer(url).withCapabilities(new Capabilities(capabilities)).build();
  afterwards(t, () => driver.quit().catch(() => undefined));
  return driver;
}

/** The browsers beside Chromium: what each lacks here, and how it is opened. */
export const others = [firefox(), webkit()];

function firefox() {
  const [binary, geckodriver] = [program("firefox-esr", "firefox"), program("geckodriver")];
  const missing = [!binary && "firefox-esr", !geckodriver && "geckodriver"].filter(Boolean);
  const open = async (t) => {
    const port = await freePort();
    start(t, geckodriver, ["--port", String(port), "--binary", binary, "--profile-root", folder(t)]);
    return session(t, port, {
      browserName: "firefox",
      "moz:firefoxOptions": { binary, args: ["-headless", "--width=412", "--height=900"], prefs: { "intl.accept_languages": "zh-CN" } },
    });
  };
  return { name: "Firefox", missing, open };
}

function webkit() {
  const [driver, binary, xvfb] = [program("WebKitWebDriver"), miniBrowser(), program("Xvfb")];
  const missing = [!driver && "WebKitWebDriver", !binary && "MiniBrowser", !xvfb && "Xvfb"].filter(Boolean);
  const open = async (t) => {
    const home = folder(t);
    const display = await screen(t, xvfb);
    const env = { DISPLAY: display, HOME: home, XDG_DATA_HOME: home, XDG_CACHE_HOME: home, LANGUAGE: "zh_CN", LANG: "zh_CN.UTF-8", GDK_BACKEND: "x11", NO_AT_BRIDGE: "1" };
    const port = await freePort();
    start(t, driver, [`--port=${port}`], { env });
    return session(t, port, { browserName: "MiniBrowser", "webkitgtk:browserOptions": { binary, args: ["--automation"] } });
  };
  return { name: "WebKit", missing, open };
}
