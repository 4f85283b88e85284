// A gate's page stays open for days: its memory must not grow with what it has checked. Codes go to the page's own worker as from
// a hand scanner, and every verdict is rendered; only laid out it is not, which would take minutes. SCANS=10000 looks longer.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { fromBase45, resigner, toBase45 } from "./cose.mjs";
import { gate, holder, network } from "./faulty.mjs";
import { browser, folder, serve } from "./support.mjs";

/** Measured after so many, and after the last one. */
const EARLY = 1000;
const SCANS = Number(process.env.SCANS ?? 5000);
const BATCH = 500;
/** Growth that is allowed between the two measurements. */
const GROWTH = 0.02;

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
  const { page, faults } = await browser(t);
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

  const heaps = await inspect(page);
  const measure = async () => ({
    wasm: await page.workers()[0].evaluate(() => globalThis.wasmMemory.buffer.byteLength),
    ...(await heaps()),
  });
  const started = performance.now();
  let early;
  for (let done = BATCH; done <= SCANS; done += BATCH) {
    await page.evaluate(scanAll, Array.from({ length: BATCH }, next));
    if (done === EARLY) early = await measure();
  }
  const last = await measure();
  const grown = Object.fromEntries(Object.keys(last).map((kind) => [kind, last[kind] / early[kind] - 1]));
  t.diagnostic(`${SCANS} scans in ${Math.round((performance.now() - started) / 1000)} s; ${JSON.stringify({ early, last, grown })}`);
  for (const [kind, growth] of Object.entries(grown)) assert.ok(growth <= GROWTH, `${kind} has grown by ${(100 * growth).toFixed(1)} %`);
  assert.deepEqual(faults, []);
});

/**
 * Gives what measures the bytes that live JavaScript objects of a page and of its worker take, and the page's nodes and listeners. Garbage is
 * collected before, by the inspector: what a page can ask for itself leaves up to a fifth of it, now here and now there.
 */
async function inspect(page) {
  const inspector = await page.context().newCDPSession(page);
  const answers = new Map();
  let worker;
  inspector.on("Target.attachedToTarget", ({ sessionId, targetInfo }) => {
    if (targetInfo.type === "worker") worker = sessionId;
  });
  inspector.on("Target.receivedMessageFromTarget", ({ message }) => {
    const { id, result } = JSON.parse(message);
    answers.get(id)?.(result);
  });
  await inspector.send("Target.setAutoAttach", { autoAttach: true, waitForDebuggerOnStart: false, flatten: false });
  const ofWorker = (method) => new Promise((resolve, reject) => {
    const id = answers.size + 1;
    answers.set(id, resolve);
    inspector.send("Target.sendMessageToTarget", { sessionId: worker, message: JSON.stringify({ id, method }) }).catch(reject);
  });
  const used = async (send) => {
    await send("HeapProfiler.collectGarbage");
    return (await send("Runtime.getHeapUsage")).usedSize;
  };
  return async () => {
    const objects = { page: await used((method) => inspector.send(method)), worker: await used(ofWorker) };
    const { nodes, jsEventListeners: listeners } = await inspector.send("Memory.getDOMCounters");
    return { ...objects, nodes, listeners };
  };
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
