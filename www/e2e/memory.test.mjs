// A gate's page stays open for days: its memory must not grow with what it has checked. Codes go to the page's own worker as from
// a hand scanner, and every verdict is rendered; only laid out it is not, which would take minutes. SCANS=10000 looks longer.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { fromBase45, resigner, toBase45 } from "./cose.mjs";
import { gate, holder, network } from "./faulty.mjs";
import { browser, folder, serve } from "./support.mjs";

/** Measured after each batch from here on, and after the last ones. Garbage that is not collected yet only adds, so the least is compared. */
const EARLY = 2000;
const LOOKS = 5;
const SCANS = Number(process.env.SCANS ?? 6000);
const BATCH = 250;
/** Growth that is allowed between the early and the last measurement. */
const GROWTH = 0.05;

test(`${SCANS} different codes`, { timeout: 300_000 }, async (t) => {
  const data = folder(t);
  const way = await network(t, await serve(t, data));
  // The worker keeps its module's memory to itself; here it leaves it where the test finds it.
  const hook = `const streaming = WebAssembly.instantiateStreaming;
    WebAssembly.instantiateStreaming = async (...all) => {
      const made = await streaming(...all);
      globalThis.wasmMemory = made.instance.exports.memory;
      return made;
    };`;
  way.answer = async (path, forward) => {
    const answer = await forward();
    if (path !== "/verifier/worker.js") return answer;
    const { "content-length": _, ...headers } = answer.headers;
    return { ...answer, headers, body: Buffer.concat([Buffer.from(hook), answer.body]) };
  };
  const { page, faults } = await browser(t, { args: ["--enable-blink-features=ForceEagerMeasureMemory"] });
  await page.addInitScript(() => {
    const post = Worker.prototype.postMessage;
    Worker.prototype.postMessage = function (...all) {
      globalThis.core = this;
      return post.apply(this, all);
    };
  });
  await gate(page, way.origin);
  await page.evaluate(() => document.getElementById("app").style.setProperty("display", "none"));
  const next = codes(holder(t, data));

  const measure = async () => {
    const wasm = await page.workers()[0].evaluate(() => globalThis.wasmMemory.buffer.byteLength);
    // Objects of the page and of its worker after a collection of garbage. What both share is compiled code, which comes and goes.
    const { breakdown } = await page.evaluate(() => performance.measureUserAgentSpecificMemory());
    const objects = breakdown.filter(({ types }) => types.includes("JavaScript") || types.includes("DOM")).reduce((sum, { bytes }) => sum + bytes, 0);
    return { wasm, objects };
  };
  const looks = { early: [], last: [] };
  const started = performance.now();
  for (let done = BATCH; done <= SCANS; done += BATCH) {
    await page.evaluate(scanAll, Array.from({ length: BATCH }, next));
    if (done >= EARLY && done < EARLY + LOOKS * BATCH) looks.early.push(await measure());
    if (done > SCANS - LOOKS * BATCH) looks.last.push(await measure());
  }
  const [early, last] = [least(looks.early), least(looks.last)];
  const grown = Object.fromEntries(Object.keys(last).map((kind) => [kind, last[kind] / early[kind] - 1]));
  t.diagnostic(`${SCANS} scans in ${Math.round((performance.now() - started) / 1000)} s; ${JSON.stringify({ early, last, grown })}`);
  for (const [kind, growth] of Object.entries(grown)) assert.ok(growth <= GROWTH, `${kind} has grown by ${(100 * growth).toFixed(1)} %`);
  assert.deepEqual(faults, []);
});

/** The least of each kind. */
function least(looks) {
  const lowest = (kind) => Math.min(...looks.map((look) => look[kind]));
  return { wasm: lowest("wasm"), objects: lowest("objects") };
}

/** Gives one code after the other of one holder, each signed anew over another challenge, so that each is seen for the first time. */
function codes(holder) {
  const placeholder = Buffer.alloc(8, 0xa5);
  const token = fromBase45(holder.present("--nonce", placeholder.toString("hex")).slice("TM1:".length));
  const again = resigner(token, readFileSync(holder.key));
  let number = 0n;
  return () => {
    number += 1n;
    return `TM1:${toBase45(again((payload) => {
      payload.writeBigUInt64BE(number, payload.indexOf(placeholder));
      return payload;
    }))}`;
  };
}

/** In the page: has each text checked and waits for its pass. */
async function scanAll(texts) {
  let answer;
  const listen = ({ data }) => {
    const screen = data.type === "view" ? JSON.parse(data.json).screen : {};
    if (screen.type === "verdict") answer?.(screen.verdict);
  };
  globalThis.core.addEventListener("message", listen);
  for (const text of texts) {
    const verdict = new Promise((resolve) => {
      answer = resolve;
    });
    globalThis.core.postMessage({ type: "event", json: JSON.stringify({ "text-read": { text, source: "wedge" } }), now: Date.now() });
    const { outcome, seenAt } = await verdict;
    if (outcome !== "pass" || seenAt !== null) throw new Error(`${outcome}, seen ${seenAt}`);
  }
  globalThis.core.removeEventListener("message", listen);
}
