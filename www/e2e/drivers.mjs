// The browsers that the journeys run in. Paths are found here, so that nothing is fetched from anywhere.
import { spawnSync } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { firefox } from "./engines/firefox.mjs";
import { binary, webkit } from "./engines/webkit.mjs";
import { browser } from "./support.mjs";

/** The first of these programs that is on the path. */
function program(...names) {
  const places = (process.env.PATH ?? "").split(delimiter);
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

/** What the journeys pass over in WebKit, and why. */
const WEBKIT_CANNOT = {
  "no error on the pages' consoles": "the WebDriver of WebKit does not tell them",
};

/**
 * Each browser: what of it is missing on this machine, what it can't do and why, and how a page is opened with a profile – as
 * Playwright's page, of which the other two have what the journeys use (`engines/page.mjs`).
 */
export const engines = [chromium(), firefoxHere(), webkitHere()];

function chromium() {
  const open = async (t, profile) => {
    const { page, faults, context } = await browser(t, { profile });
    return { page, faults, close: () => context.close() };
  };
  return { name: "Chromium", missing: [], cannot: {}, open };
}

function firefoxHere() {
  const path = program("firefox-esr", "firefox");
  return { name: "Firefox", missing: path ? [] : ["firefox-esr"], cannot: {}, open: (t, profile) => firefox(t, path, profile) };
}

function webkitHere() {
  const [driver, xvfb] = [program("WebKitWebDriver"), program("Xvfb")];
  const library = spawnSync("/usr/bin/python3", ["-c", "import gi; gi.require_version('WebKit2', '4.1')"], { stdio: "ignore" }).status === 0;
  const missing = [!driver && "WebKitWebDriver", !xvfb && "Xvfb", !library && "python3-gi with gir1.2-webkit2-4.1"].filter(Boolean);
  return { name: "WebKit", missing, cannot: WEBKIT_CANNOT, open: (t, profile) => webkit(t, { driver, xvfb }, profile) };
}
