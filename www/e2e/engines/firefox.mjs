// Firefox by WebDriver BiDi, which it speaks itself: no geckodriver, which would be compiled first. Playwright's own way there
// (`channel: "moz-firefox"`) asks for more than Debian's Firefox can: `emulation.setMediaFeaturesOverride`, names of downloads.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import BiDi from "selenium-webdriver/bidi/index.js";
import { afterwards, folder } from "../support.mjs";
import { Page } from "./page.mjs";

/** Opens a page 360 wide, as the phone of the other tests; `profile` is kept from one opening to the next. */
export async function firefox(t, binary, profile) {
  writeFileSync(join(profile, "user.js"), 'user_pref("intl.accept_languages", "zh-CN");\n');
  const child = spawn(binary, ["--headless", "--remote-debugging-port=0", "--profile", profile], { stdio: ["ignore", "ignore", "pipe"] });
  const ended = once(child, "exit");
  let bidi;
  const close = async () => {
    if (child.exitCode === null && child.signalCode === null) {
      // What is stored is written when it ends by itself.
      if (bidi) await bidi.send({ method: "browser.close", params: {} }).catch(() => child.kill());
      else child.kill();
    }
    await ended;
    await bidi?.close();
  };
  afterwards(t, close);
  const address = await new Promise((resolve, reject) => {
    let said = "";
    child.stderr.on("data", (bytes) => {
      said += bytes;
      const found = /WebDriver BiDi listening on (ws:\S+)/.exec(said);
      if (found) resolve(`${found[1]}/session`);
    });
    child.once("exit", (code) => reject(new Error(`Firefox ended with ${code}: ${said}`)));
  });
  bidi = new BiDi(address);
  const ask = async (method, params = {}) => {
    const answer = await bidi.send({ method, params });
    if (answer.type === "error") throw new Error(`${method}: ${answer.message}`);
    return answer.result;
  };
  await ask("session.new", { capabilities: {} });
  await ask("browser.setDownloadBehavior", { downloadBehavior: { type: "allowed", destinationFolder: folder(t) } });
  await ask("session.subscribe", { events: ["browsingContext.downloadEnd", "log.entryAdded"] });
  const faults = [];
  bidi.on("log.entryAdded", ({ level, text }) => {
    if (level === "error") faults.push(text);
  });
  const { contexts: [{ context }] } = await ask("browsingContext.getTree");
  await ask("browsingContext.setViewport", { context, viewport: { width: 360, height: 740 }, devicePixelRatio: 2 });
  return { page: new Page(deeds(bidi, ask, context)), faults, close };
}

function deeds(bidi, ask, context) {
  const call = async (functionDeclaration, words = []) => {
    const answer = await ask("script.callFunction", { functionDeclaration, arguments: words, awaitPromise: true, userActivation: false, target: { context } });
    if (answer.type === "exception") throw new Error(answer.exceptionDetails.text);
    return answer.result;
  };
  const act = (type, actions, more = {}) => ask("input.performActions", { context, actions: [{ type, id: type, actions, ...more }] });
  const element = ({ sharedId }) => ({ sharedId });
  const click = async (found) => {
    await call("(element) => element.scrollIntoView({ block: 'center', behavior: 'instant' })", [element(found)]);
    const origin = { type: "element", element: element(found) };
    await act("pointer", [{ type: "pointerMove", x: 0, y: 0, origin }, { type: "pointerDown", button: 0 }, { type: "pointerUp", button: 0 }]);
  };
  return {
    click,
    goto: (url) => ask("browsingContext.navigate", { context, url, wait: "complete" }),
    run: async (work, argument) => JSON.parse((await call(`async () => JSON.stringify((await (${work})(${JSON.stringify(argument)})) ?? null)`)).value),
    find: (work, argument) => call(`() => (${work})(${JSON.stringify(argument)})`),
    type: async (found, text) => {
      await call("(element) => { element.focus(); element.select(); }", [element(found)]);
      await act("key", [...text].flatMap((value) => [{ type: "keyDown", value }, { type: "keyUp", value }]));
    },
    choose: (found, path) => ask("input.setFiles", { context, element: element(found), files: [path] }),
    picture: async () => (await ask("browsingContext.captureScreenshot", { context })).data,
    downloaded: async () => (await once(bidi, "browsingContext.downloadEnd"))[0].filepath,
  };
}
