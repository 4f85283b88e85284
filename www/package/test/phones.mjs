// Phones for the tests of the package: a platform whose storage can be full, and that can be killed; a person who applies; eyes for a QR code.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../../e2e/support.mjs";
import { createCore, webPlatform } from "../../../pkg/index.js";

export { binary, folder, serve, tongma } from "../../e2e/support.mjs";
export const pkg = join(root, "pkg");

const compiled = new Map();
/** A core of its own of a module. */
export function core(name) {
  if (!compiled.has(name)) compiled.set(name, new WebAssembly.Module(readFileSync(join(pkg, `${name}.wasm`))));
  return createCore(compiled.get(name));
}

export const deploymentOf = async (origin) => (await fetch(`${origin}/deployment.json`)).json();

/**
 * A storage that survives its program. `at(n, key, value)` is asked before the n-th write and says what becomes of it: nothing (it is done),
 * "full", "refused", or "killed", "killed-after", "torn": then no call is answered any more.
 */
export function storage(kept = new Map(), at = () => undefined) {
  let [writes, dead] = [0, false];
  const never = new Promise(() => undefined);
  const answer = async (work) => (dead ? never : work());
  return {
    kept,
    get dead() { return dead; },
    get writes() { return writes; },
    get: (key) => answer(() => kept.get(key)),
    keys: () => answer(() => [...kept.keys()]),
    remove: (key) => answer(() => void kept.delete(key)),
    set: (key, value) => answer(() => {
      const fault = at(writes, key, value);
      writes += 1;
      if (fault === "full") throw { reason: "storage-full" };
      if (fault === "refused") throw new Error("refused");
      if (fault !== "killed") kept.set(key, fault === "torn" ? value.slice(0, value.length / 2) : value);
      if (fault === undefined) return undefined;
      dead = true;
      return never;
    }),
  };
}

/** A phone at an authority. */
export class Phone {
  views = [];
  constructor(platform, deployment) {
    this.platform = platform;
    this.deployment = deployment;
  }

  static async at(origin, held = storage(), changes = {}) {
    // The timers of a phone that was killed keep no test from ending.
    const later = (seconds, work) => {
      const timer = setTimeout(work, seconds * 1000).unref();
      return () => clearTimeout(timer);
    };
    return new Phone({ ...webPlatform(origin, held), later, ...changes }, await deploymentOf(origin));
  }

  async open(made, kind = "wallet") {
    this.machine = await made[kind]({
      platform: this.platform,
      languages: ["en"],
      deployment: this.deployment,
      onView: (view) => this.views.push(JSON.parse(JSON.stringify(view))),
    });
    return this;
  }

  get view() { return this.views[this.views.length - 1]; }
  get screen() { return this.view?.screen; }
  send(event) { this.machine.send(event); }

  /** Waits until the view is as wanted. */
  async until(wanted, what = String(wanted)) {
    for (const end = Date.now() + 20_000; Date.now() < end; await new Promise((done) => setTimeout(done, 5))) if (this.view && wanted(this.view)) return this.view;
    throw new Error(`waited for ${what}; there is ${JSON.stringify(this.view)?.slice(0, 600)}`);
  }

  /** Fills the form in as a healthy resident, and sends it. */
  apply() {
    const fields = {
      name: "甲乙丙", "document-number": "11010519491231002X", phone: "13800138000", address: "江西省南昌市东湖区一号", been: "no", contact: "no", symptoms: "0",
      temperature: "36.6", truth: "yes", consent: "yes",
    };
    for (const [field, value] of Object.entries(fields)) {
      this.send({ "field-changed": { field, value } });
      this.send({ "field-left": { field } });
    }
    for (let step = 0; step < 3 && this.screen.type === "apply"; step += 1) this.send("apply-submitted");
  }

  /** Until there is a code, from wherever the wallet is. */
  async code() {
    await this.until(({ screen }) => ["apply", "applying", "code"].includes(screen.type), "a screen");
    if (this.screen.type === "apply") this.apply();
    if (this.screen.type === "applying" && this.screen.waitingFor) this.send("retry-asked");
    const { screen } = await this.until(({ screen }) => screen.type === "code" && screen.qr, "a code");
    return screen;
  }
}

/** Reads the code that a view shows, with the verifier's own reader. */
export function read(verifier, { size, path }, pixels = 4) {
  const width = size * pixels;
  const rgba = new Uint8Array(width * width * 4).fill(255);
  for (const [, x, y, length] of path.matchAll(/M(\d+) (\d+)h(\d+)v1/g)) {
    for (let row = Number(y) * pixels; row < (Number(y) + 1) * pixels; row += 1) {
      for (let column = Number(x) * pixels; column < (Number(x) + Number(length)) * pixels; column += 1) rgba.fill(0, (row * width + column) * 4, (row * width + column) * 4 + 3);
    }
  }
  for (let look = 0; look < 12; look += 1) {
    const text = verifier.scan(rgba, width, width, look === 0);
    if (text) return text;
  }
  throw new Error("the code can't be read");
}
