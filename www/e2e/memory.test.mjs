// A gate's page stays open for days: its memory must not grow with what it has checked. Codes go to the page's own worker as from
// a hand scanner, and every verdict is rendered; only laid out it is not, which would take minutes. SCANS=10000 looks longer.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { fromBase45, resigner, toBase45 } from "./cose.mjs";
import { gate, holder, network } from "./faulty.mjs";
import { test } from "./fixtures.mjs";
import { goOn, hold, hook, inspect, inUse, leaks, stored } from "./heap.mjs";
import { browser, folder, serve } from "./support.mjs";

// A trace takes snapshots in the page, which would be counted.
test.use({ trace: "off" });

/** Entries in one part of the gate's log: measured where a part is full, the part that is being filled is as long each time, empty. */
const PART = 64;
/** Measured after so many: by then all is made that is made once, and the table of codes seen has all its room. */
const EARLY = 8 * PART;
/**
 * Measured after so many more. 32 parts of the log are more than the blocks that may be left, so that even one block a part is seen; and of what each code
 * leaves more than a byte. That is stricter than 2 % of everything after 4 000 codes, which was 3 to 11 bytes a code.
 */
const SCANS = Number(process.env.SCANS ?? 32 * PART);
/** For a leak of a block a code it takes far fewer. */
const PLANTED = 2 * PART;

test(`${EARLY + SCANS} different codes`, async ({ t }) => {
  test.setTimeout(180_000 + 30 * SCANS);
  const { faults, scan, warmUp, measure } = await watched(t);
  const started = performance.now();
  await warmUp();
  const early = await measure();
  await scan(SCANS);
  const last = await measure();
  const { found, grown } = leaks(early, last);
  const figures = [early, last].map(({ classes, ...rest }) => ({ ...rest, module: classes["module's blocks"] }));
  t.diagnostic(`${EARLY + SCANS} scans in ${Math.round((performance.now() - started) / 1000)} s; ${JSON.stringify({ figures, grown })}`);
  assert.deepEqual(found, []);
  assert.deepEqual(faults, []);
});

test("a leak of one short text a code is seen, wherever it is", async ({ t }) => {
  test.setTimeout(180_000);
  const { page, faults, scan, warmUp, measure } = await watched(t);
  await warmUp();
  const early = await measure();
  await scan(PLANTED);
  const before = await measure();
  assert.deepEqual(leaks(early, before).found, []);
  await page.evaluate(() => {
    globalThis.leaked = { texts: [], numbers: [] };
    globalThis.core.addEventListener("message", ({ data }) => {
      if (data.type !== "view") return;
      globalThis.leaked.texts.push(`${data.json.length} ${Math.random()}`);
      // A list that grows is still one object: only its bytes tell.
      for (let number = 0; number < 8; number += 1) globalThis.leaked.numbers.push(number);
    });
  });
  await page.workers()[0].evaluate(() => {
    globalThis.leaked = [];
    addEventListener("message", ({ data }) => {
      globalThis.leaked.push(`${data.now} ${Math.random()}`);
      globalThis.module.exports.__wbindgen_malloc(8, 1);
    });
  });
  await scan(PLANTED);
  const { found } = leaks(before, await measure());
  t.diagnostic(JSON.stringify(found));
  for (const leak of ["page: string", "page: array", "worker: string", "module's blocks"]) {
    assert.ok(found.some((each) => each.startsWith(leak)), `not seen: ${leak}`);
  }
  assert.deepEqual(faults, []);
});

test("a storage that stands still is waited for with little memory", async ({ t }) => {
  const { page, faults, scan } = await watched(t);
  const [worker] = page.workers();
  await scan(PART);
  const { used: before } = await inUse(worker);
  await hold(worker);
  await scan(4 * PART, () => {});
  const { used: waiting } = await inUse(worker);
  await goOn(worker);
  await stored(worker);
  t.diagnostic(`${JSON.stringify({ before, waiting })}`);
  // Each part of the log waits once, as it was last, and so does the state after it; a part for each of its codes would be four times as much.
  assert.ok(waiting.bytes - before.bytes < 4 * PART * 1024, `${waiting.bytes - before.bytes} bytes wait to be written`);
  assert.deepEqual(faults, []);
});

/** A gate that is open, with what gives it codes and what measures it. */
async function watched(t) {
  const data = folder(t);
  const way = await network(t, await serve(t, data));
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
  // The last verdict stays: after some seconds the page goes back to its camera by itself, with more nodes, before or after they are counted.
  await page.clock.pauseAt(await page.evaluate(() => Date.now() + 60_000));
  await page.evaluate(() => document.getElementById("app").style.setProperty("display", "none"));
  const next = codes(holder(t, data));
  // What waits to be written takes memory: on a busy machine more of it than on a quiet one.
  const scan = async (count, then = stored) => {
    for (let done = 0; done < count; done += PART) {
      await page.evaluate(scanAll, Array.from({ length: PART }, next));
      await then(page.workers()[0]);
    }
  };
  // At last a part of the log waits as a whole: after that the lists of what waits have all the room that they take while the machine is busy.
  const warmUp = async () => {
    const [worker] = page.workers();
    await scan(EARLY - PART);
    await hold(worker);
    await scan(PART, () => {});
    await goOn(worker);
    await stored(worker);
  };
  return { page, faults, scan, warmUp, measure: await inspect(page) };
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
