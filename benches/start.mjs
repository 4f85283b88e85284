// From opening the wallet to the code on the screen: no network, a processor a quarter as fast, each time a new page of the same browser;
// with one pass, with those of 20 people, and with a thousand. The cases take turns, so that a slow minute of the machine hits all of them alike.
import { apply, browser, folder, kept, serve } from "../www/e2e/support.mjs";
import { quantile, table } from "./measure.mjs";

const OPENINGS = Number(process.env.OPENINGS ?? 25);
const SLOWER = 4;
/** How many passes are on the phone, and of how many people. */
const CASES = { "1 pass": [1, 1], "20 people": [20, 20], "1000 passes": [1000, 20] };

const ends = [];
const t = { after: (end) => ends.push(end) };
try {
  const { origin, stop } = await serve(t, folder(t));
  const phones = {};
  for (const [name, [passes, people]] of Object.entries(CASES)) {
    const { context, page } = await browser(t);
    await page.goto(`${origin}/wallet/`);
    await apply(page);
    await page.locator("svg.qr").waitFor();
    await kept(page);
    if (passes > 1) await page.evaluate(fill, [passes, people]);
    phones[name] = { context, paint: [], code: [] };
  }
  await stop();
  for (let opening = 0; opening < OPENINGS; opening += 1) {
    for (const { context, paint, code } of Object.values(phones)) {
      const next = await context.newPage();
      await (await context.newCDPSession(next)).send("Emulation.setCPUThrottlingRate", { rate: SLOWER });
      await next.addInitScript(() => {
        const look = () => {
          if (!document.querySelector("svg.qr")) return requestAnimationFrame(look);
          // The frame after the one in which it is there: then it has been painted.
          requestAnimationFrame(() => { globalThis.shownAt = performance.now(); });
        };
        requestAnimationFrame(look);
      });
      await next.goto(`${origin}/wallet/`);
      await next.waitForFunction(() => globalThis.shownAt);
      const [shown, painted] = await next.evaluate(() => [globalThis.shownAt, performance.getEntriesByName("first-contentful-paint")[0]?.startTime]);
      code.push(shown);
      if (painted) paint.push(painted);
      await next.close();
    }
  }
  console.log(`${OPENINGS} openings each, no network, processor slowed down ${SLOWER} times`);
  for (const [what, sample] of [["first paint", "paint"], ["code on the screen", "code"]]) {
    console.log(`\n${what}\n`);
    table(Object.entries(phones).map(([name, phone]) => ({ name, median: quantile(phone[sample], 0.5), p95: quantile(phone[sample], 0.95) })), "1 pass", "ms");
  }
} finally {
  for (const end of ends.reverse()) await end();
}

/**
 * Puts further passes beside the one that is there, as the wallet stores them: copies of it in records of their own, the list of all, and
 * 14 days of visits of everybody. Runs in the page.
 */
async function fill([passes, people]) {
  const wait = (request) => new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  const database = await wait(indexedDB.open("tongma-wallet"));
  const of = (name) => database.transaction(name, "readwrite").objectStore(name);
  const key = await wait(of("keys").get("state"));
  const gcm = (iv, name) => ({ name: "AES-GCM", iv, additionalData: new TextEncoder().encode(name) });
  const seal = async (content, name) => {
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const sealed = await crypto.subtle.encrypt(gcm(iv, name), key, new TextEncoder().encode(JSON.stringify(content)));
    return new Uint8Array([...iv, ...new Uint8Array(sealed)]);
  };
  const keep = async (name, content) => {
    const sealed = await seal(content, `tongma-wallet/${name}`);
    await wait(of("state").put(sealed, `record-${name}`));
  };
  const { revision, data } = await wait(of("state").get("current"));
  const state = JSON.parse(new TextDecoder().decode(await crypto.subtle.decrypt(gcm(data.slice(0, 12), "tongma-wallet"), key, data.slice(12))));
  const now = Math.floor(Date.now() / 1000);
  const list = [];
  for (let number = 1; number < passes; number += 1) {
    const person = number % people || people;
    const { version, held, form } = state;
    await keep(`pass-${number}`, { version, held, form, pass: number, person, relation: "carer" });
    list.push({ number, person, name: "甲**", whom: { sign: "star", relation: "carer" }, colour: "green", region: 360000, kind: 0, expiresAt: now + 604800 });
  }
  for (let person = 0; person < people; person += 1) {
    const visits = Array.from({ length: 14 }, (_, day) => ({ at: now - day * 86400, venue: `venue-${day}`, name: "东门", kind: "mall", region: 360000, evidence: "poster" }));
    await keep(person ? `visits-${person}` : "visits", { visits });
  }
  await keep("people", { passes: list });
  Object.assign(state, { next: passes, morePasses: passes - 1, morePeople: people - 1 });
  state.others = Array.from({ length: people - 1 }, (_, person) => ({ person: person + 1, visitsUntil: now + 1209600 }));
  const sealed = await seal(state, "tongma-wallet");
  await wait(of("state").put({ revision: revision + 1, data: sealed }, "current"));
  database.close();
}
