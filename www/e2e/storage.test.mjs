// What goes wrong with storage: refused, full, damaged, written by a newer version. Nothing is overwritten unasked.
import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gate, holder, network, otherLanguage, paste, text, told, toldInBoth } from "./faulty.mjs";
import { test } from "./fixtures.mjs";
import { PERSON, apply, authority, browser, firstStep, folder, kept, send, serve, tongma } from "./support.mjs";

test.describe.configure({ timeout: 90_000 });

test("storage refused: the verifier works without, the wallet says why it can't", async ({ t }) => {
  const data = authority(t);
  const { origin } = await serve(t, data);
  // As a person would in the settings: no site may keep data.
  const profile = folder(t);
  mkdirSync(join(profile, "Default"));
  writeFileSync(join(profile, "Default/Preferences"), JSON.stringify({ profile: { default_content_setting_values: { cookies: 2 } } }));
  const { page } = await browser(t, { profile });
  await page.goto(`${origin}/verifier/`);
  await toldInBoth(page, ".notice", "storage-refused");
  await page.locator(".light.fresh").nth(1).waitFor();
  await paste(page, holder(t, data).present());
  await page.locator("main.verdict.pass").waitFor();

  await page.goto(`${origin}/wallet/`);
  await toldInBoth(page, ".notice", "storage-refused");
  await apply(page);
  await toldInBoth(page, "main [role=alert]", "storage-refused");
  await firstStep(page);
  assert.equal(await page.locator("#field-name").inputValue(), PERSON.name);
});

test("storage full: nothing entered is lost, and it goes on when there is room", async ({ t }) => {
  const way = await network(t, await serve(t, authority(t)));
  const { page, faults } = await browser(t);
  await page.goto(`${way.origin}/wallet/`);
  await page.locator("#field-name").waitFor();
  await page.evaluate(full, true);
  await apply(page);
  await toldInBoth(page, "main [role=alert]", "storage-full");
  await firstStep(page);
  for (const [field, value] of Object.entries(PERSON)) assert.equal(await page.locator(`#field-${field}`).inputValue(), value);

  // Room is made; then it is full again just when the credential comes. The code is shown, and what could not be kept is told.
  await page.evaluate(full, false);
  const answers = [];
  way.answer = async (path, forward) => {
    const answer = await forward();
    if (path !== "/api/applications") return answer;
    answers.push(answer.body.toString());
    if (answers.length === 1) await page.evaluate(full, true);
    return answer;
  };
  await send(page);
  await page.locator("svg.qr").waitFor();
  await toldInBoth(page, ".notice", "storage-full");
  // The next opening asks once more, and gets the same credential.
  await page.reload();
  await page.locator("svg.qr").waitFor();
  assert.deepEqual(answers, [answers[0], answers[0]]);
  await page.reload();
  await page.locator("svg.qr").waitFor();
  assert.equal(answers.length, 2);
  assert.deepEqual(faults, []);
});

test("a damaged record is told and kept aside", async ({ t }) => {
  const { origin } = await serve(t, authority(t));
  const { page, faults } = await browser(t);
  await page.goto(`${origin}/wallet/`);
  await page.locator("#field-name").waitFor();
  await apply(page);
  await page.locator("svg.qr").waitFor();
  await page.goto(`${origin}/deployment.json`);
  const damaged = await inStore(page, "tongma-wallet", alter);
  await page.goto(`${origin}/wallet/`);
  await toldInBoth(page, ".notice", "storage-damaged");
  await page.locator("#field-name").waitFor();
  // Choosing a language has stored something since: what was there before is still there, byte by byte.
  assert.deepEqual(await inStore(page, "tongma-wallet", bytesOf, "damaged"), damaged);
  await apply(page);
  await page.locator("svg.qr").waitFor();
  await page.reload();
  await page.locator("svg.qr").waitFor();
  assert.equal(await page.locator(".notice").count(), 0);

  // The verifier only has to fetch its data again.
  await gate(page, origin);
  await page.goto(`${origin}/deployment.json`);
  await inStore(page, "tongma-verifier", alter);
  await page.goto(`${origin}/verifier/`);
  await toldInBoth(page, ".notice", "storage-damaged");
  await page.locator(".light.fresh").nth(1).waitFor();
  assert.deepEqual(faults, []);
});

for (const [path, name, ready] of [["wallet", "tongma-wallet", "#field-name"], ["verifier", "tongma-verifier", ".light.fresh"]]) {
  test(`what a newer version stored is left alone: ${path}`, async ({ t }) => {
    const { origin } = await serve(t, authority(t));
    const { page, faults } = await browser(t);
    await page.goto(`${origin}/${path}/`);
    await page.locator(ready).first().waitFor();
    await page.waitForTimeout(300);
    await page.goto(`${origin}/deployment.json`);
    const newer = await inStore(page, name, writeNewer, name);
    await page.goto(`${origin}/${path}/`);
    await toldInBlocked(page, "storage-newer", { version: "99" });
    await page.reload();
    await toldInBlocked(page, "storage-newer", { version: "99" });
    assert.deepEqual(await inStore(page, name, bytesOf, "current"), newer);

    // A newer layout of the whole database, made while this page is open: it lets go, and says what to do when it has to write.
    await page.goto(`${origin}/deployment.json`);
    await inStore(page, name, clear);
    await page.goto(`${origin}/${path}/`);
    await page.locator(ready).first().waitFor();
    await page.waitForTimeout(300);
    await page.evaluate((name) => new Promise((resolve, reject) => {
      const request = indexedDB.open(name, 2);
      request.onsuccess = () => resolve(request.result.close());
      request.onblocked = () => reject(new Error("blocked"));
    }), name);
    await otherLanguage(page);
    await told(page, ".notice", "storage-newer", { version: "2" });
    await page.reload();
    await toldInBlocked(page, "storage-newer", { version: "2" });
    assert.deepEqual(faults, []);
  });
}

/** A blocked page offers the other language as every page does. */
async function toldInBlocked(page, code, facts) {
  await page.locator("main.plain h1").getByText(text(await page.evaluate(() => document.documentElement.lang), "blocked-title")).waitFor();
  await toldInBoth(page, "main.plain", code, facts);
}

/** Does something with the store of states of a page's database, from any page of its origin. */
function inStore(page, name, work, argument) {
  return page.evaluate(`(async () => {
    const wait = (request) => new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
    const database = await wait(indexedDB.open(${JSON.stringify(name)}));
    const store = (name) => database.transaction(name, "readwrite").objectStore(name);
    try {
      return await (${work})(store, wait, ${JSON.stringify(argument ?? null)});
    } finally {
      database.close();
    }
  })()`);
}

// The following run in the page.

/** From here on this page's storage is full, or has room again. Chromium passes by the quota that its own tools set. */
function full(on) {
  globalThis.realPut ??= IDBObjectStore.prototype.put;
  IDBObjectStore.prototype.put = !on ? globalThis.realPut : () => {
    throw new DOMException("The quota has been exceeded.", "QuotaExceededError");
  };
}

const bytesOf = (store, wait, slot) => wait(store("state").get(slot)).then(({ data }) => [...data]);

const clear = (store, wait) => wait(store("state").clear());

/** Changes one bit of what is stored; the bytes as they are then. */
async function alter(store, wait) {
  const record = await wait(store("state").get("current"));
  record.data[record.data.length - 1] ^= 1;
  await wait(store("state").put(record, "current"));
  return [...record.data];
}

/** Writes what a later version of the program might write; the bytes. */
async function writeNewer(store, wait, name) {
  const key = await wait(store("keys").get("state"));
  const { revision } = await wait(store("state").get("current")) ?? { revision: 0 };
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const encode = (text) => new TextEncoder().encode(text);
  const plain = encode(JSON.stringify({ version: 99, whatever: true }));
  const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv, additionalData: encode(name) }, key, plain);
  const data = new Uint8Array([...iv, ...new Uint8Array(sealed)]);
  await wait(store("state").put({ revision: revision + 1, data }, "current"));
  return [...data];
}
