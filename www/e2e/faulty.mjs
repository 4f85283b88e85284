// What the tests of faults have in common: sentences, passes made by the command line, a faulty network.
import { FluentBundle, FluentResource } from "@fluent/bundle";
import { readFileSync, writeFileSync } from "node:fs";
import { createServer, request as ask } from "node:http";
import { join } from "node:path";
import { afterwards, folder, PERSON, root, tongma } from "./support.mjs";

const bundles = Object.fromEntries(["zh-CN", "en"].map((language) => {
  const bundle = new FluentBundle(language, { useIsolating: false });
  bundle.addResource(new FluentResource(readFileSync(join(root, `www/shared/i18n/${language}.ftl`), "utf8")));
  return [language, bundle];
}));

/** A text as the pages have it. */
export function text(language, id, args = {}) {
  const { value } = bundles[language].getMessage(id);
  return bundles[language].formatPattern(value, args, []);
}

const language = (page) => page.evaluate(() => document.documentElement.lang);

/** Waits until a reason and its remedy are told at a place, in the language of the page. */
export async function told(page, where, code, args = {}) {
  const spoken = await language(page);
  const place = page.locator(where).filter({ hasText: text(spoken, `reason-${code}`, args) });
  await place.filter({ hasText: text(spoken, `remedy-${code}`, args) }).first().waitFor();
}

/** Chooses the other language by the button in the head. */
export async function otherLanguage(page) {
  const before = await language(page);
  await page.locator("header button[lang]").click();
  await page.waitForFunction((before) => document.documentElement.lang !== before, before);
}

/** As `told`, in both languages; the page is left in the one that it had. */
export async function toldInBoth(page, where, code, args = {}) {
  await told(page, where, code, args);
  await otherLanguage(page);
  await told(page, where, code, args);
  await otherLanguage(page);
}

/** A holder with a credential of an authority in a folder; `present` gives the text of a code, `key` is the file of the key. */
export function holder(t, data, { colour = "green", validFor = 604_800, monitoring = false } = {}) {
  const place = folder(t);
  const [key, claims, credential] = ["holder.pem", "claims.json", "credential"].map((file) => join(place, file));
  tongma("key", "new", key);
  const document = { kind: "id-card", number: PERSON["document-number"] };
  writeFileSync(claims, JSON.stringify({ colour, region: "360000", name: PERSON.name, document, monitoring, valid_for_s: validFor }));
  writeFileSync(credential, tongma("issue", "--authority", data, "--claims", claims, "--holder-key", key));
  // One that lasts a moment is wanted for being over: on a fast machine it would still be good.
  if (validFor < 10) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, (validFor + 1) * 1000);
  return { key, present: (...more) => tongma("present", "--credential", credential, "--holder-key", key, ...more) };
}

/** Pastes a text into the verifier and has it checked. */
export async function paste(page, pasted) {
  await page.locator(".sources button[type=button]").first().click();
  await page.locator("#paste").fill(pasted);
  await page.locator("form.paste button[type=submit]").click();
}

/** Opens the verifier, whose clock can be set, and waits until it has all data. */
export async function gate(page, origin) {
  await page.clock.install();
  await page.goto(`${origin}/verifier/`);
  await page.locator(".light.fresh").nth(1).waitFor();
}

/**
 * A network in front of a server, in which answers go wrong: `network.answer(path, forward)` gives the answer to send – that of
 * `forward()`, another one, or none, and then the line is cut.
 */
export async function network(t, behind) {
  const state = { answer: (_, forward) => forward() };
  const server = createServer(async (request, response) => {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    const forward = () => forwarded(behind, request, Buffer.concat(chunks));
    const answer = await Promise.resolve(state.answer(request.url, forward)).catch(() => undefined);
    if (!answer) return response.destroy();
    response.writeHead(answer.status, answer.headers).end(answer.body);
  });
  await new Promise((resolve) => server.listen(0, resolve));
  afterwards(t, () => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  });
  state.origin = `http://localhost:${server.address().port}`;
  return state;
}

function forwarded(behind, { method, url, headers }, body) {
  return new Promise((resolve, reject) => {
    // Uncompressed, so that a test can read and change it.
    const asked = ask(`${behind.origin}${url}`, { method, headers: { ...headers, "accept-encoding": "identity" }, agent: false }, async (answer) => {
      const chunks = [];
      for await (const chunk of answer) chunks.push(chunk);
      const { connection: _, "transfer-encoding": __, ...kept } = answer.headers;
      resolve({ status: answer.statusCode, headers: kept, body: Buffer.concat(chunks) });
    });
    asked.on("error", reject);
    asked.end(body);
  });
}
