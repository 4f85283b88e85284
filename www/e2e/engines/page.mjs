// A page of a browser that Playwright does not drive here, in the few of Playwright's words that the journeys use: so a journey and its
// helpers are written once, for every browser. An engine gives seven deeds: `goto`, `run`, `find`, `click`, `type`, `choose`, `picture`.
import { copyFileSync, writeFileSync } from "node:fs";

const SOON = 20_000;

/** Asks again and again until the answer is one; fails with what `what` says then. */
export async function until(ask, what) {
  for (const deadline = Date.now() + SOON; ;) {
    const answer = await ask();
    if (answer) return answer;
    if (Date.now() > deadline) throw new Error(await what());
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

class Place {
  constructor(engine, steps) {
    this.engine = engine;
    this.steps = steps;
  }

  locator(css) { return this.with({ css }); }
  getByText(text, { exact = false } = {}) { return this.with({ text, exact }); }
  getByLabel(label, { exact = false } = {}) { return this.with({ label, exact }); }
  getByRole(role, { name, exact = false } = {}) { return this.with({ role, text: name, exact }); }
  with(step) { return new Locator(this.engine, [...this.steps, step]); }
}

/** Elements by the way to them, looked for anew each time. */
export class Locator extends Place {
  filter({ hasText }) { return this.with({ having: hasText }); }
  nth(at) { return this.with({ at }); }
  first() { return this.nth(0); }

  async all(what) { return this.engine.run(`(steps) => (${elements})(steps).map(${what})`, this.steps); }
  async count() { return (await this.all("() => 0")).length; }
  async allInnerTexts() { return this.all("(element) => element.innerText"); }
  async innerText() { return (await this.the(), await this.allInnerTexts())[0]; }
  async inputValue() { return (await this.the(), await this.all("(element) => element.value"))[0]; }

  /** The one element, as soon as it is there and can be used. As in Playwright, several are a fault. */
  async the(fit = "element.checkVisibility() && !element.disabled") {
    await this.when(`found.length > 0 && ((element) => ${fit})(found[0])`);
    if ((await this.count()) > 1) throw new Error(`several: ${JSON.stringify(this.steps)}`);
    return this.engine.find(`(steps) => (${elements})(steps)[0]`, this.steps);
  }

  async when(fit) {
    const wait = () => this.engine.run(`(steps) => { const found = (${elements})(steps); return ${fit}; }`, this.steps);
    await until(wait, async () => `no ${fit} for ${JSON.stringify(this.steps)} in: ${await this.engine.run("() => document.body.innerText")}`);
  }

  async waitFor({ state = "visible" } = {}) {
    const seen = "found.some((element) => element.checkVisibility())";
    await this.when({ visible: seen, hidden: `!${seen}`, attached: "found.length > 0", detached: "found.length === 0" }[state]);
  }

  async click() { await this.engine.click(await this.the()); }
  async fill(text) { await this.engine.type(await this.the(), text); }
  async setInputFiles(path) { await this.engine.choose(await this.the("true"), path); }

  async check() {
    await this.the();
    if ((await this.all("(element) => element.checked"))[0]) return;
    await this.click();
    await this.when("found[0]?.checked");
  }
}

export class Page extends Place {
  constructor(engine) { super(engine, []); }

  async goto(url) { await this.engine.goto(url); }
  async evaluate(work, argument = null) { return this.engine.run(String(work), argument); }
  async waitForFunction(work, argument = null) { await until(() => this.evaluate(work, argument), () => `no ${work}`); }

  /** By the page: a driver's own reload passes by the service worker in Firefox. */
  async reload() {
    await this.evaluate(() => {
      globalThis.before = true;
      location.reload();
    });
    await this.waitForFunction(() => globalThis.before !== true && document.readyState === "complete");
  }

  async screenshot({ path } = {}) {
    const picture = Buffer.from(await this.engine.picture(), "base64");
    if (path) writeFileSync(path, picture);
    return picture;
  }

  /** Only downloads are waited for. */
  async waitForEvent(event) {
    if (event !== "download") throw new Error(event);
    const path = await this.engine.downloaded();
    return { path: async () => path, saveAs: async (to) => copyFileSync(path, to) };
  }
}

/** In the page: the elements that steps lead to. */
function elements(steps) {
  const flat = (text) => (text ?? "").replace(/\s+/g, " ").trim();
  const roles = { button: "button, [role=button]", alertdialog: "[role=alertdialog]" };
  let found = [document];
  for (const { css, role, text, label, having, at, exact } of steps) {
    const within = (selector) => [...new Set(found.flatMap((place) => [...place.querySelectorAll(selector)]))];
    const fits = (words, wanted) => (exact ? flat(words) === wanted : flat(words).includes(wanted));
    if (css) found = within(css);
    else if (role) found = within(roles[role]).filter((element) => text === undefined || fits(element.ariaLabel ?? element.textContent, text));
    else if (text) found = [...found, ...within("*")].filter((element) => fits(element.textContent, text) && ![...element.children].some((child) => fits(child.textContent, text)));
    else if (label) found = within("label").filter((element) => fits(element.textContent, label)).map((element) => element.control);
    else if (having) found = found.filter((element) => flat(element.textContent).includes(having));
    else found = found.slice(at, at + 1);
  }
  return found;
}
