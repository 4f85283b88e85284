// Verdicts by WebCrypto are those of the core, and where there is no WebCrypto the core gives them.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { toBase64url, verifyByWebCrypto } from "../../../pkg/index.js";
import { fromBase45, toBase45 } from "../../e2e/cose.mjs";
import { holder } from "../../e2e/faulty.mjs";
import { core, folder, tongma } from "./phones.mjs";

/** An authority's trust data, and a code that it vouches for. */
function given(t) {
  const data = folder(t);
  tongma("authority", "init", data);
  const file = (path) => readFileSync(join(data, "public", path));
  const { rootKey } = JSON.parse(file("deployment.json"));
  const text = holder(t, data).present();
  return { text, trust: { rootKey, bundle: file("bundle.cbor"), statusLists: [file("status/0.cbor")] } };
}

test("by WebCrypto as by the core", async (t) => {
  const { trust, text } = given(t);
  const gate = await core("verifier");
  const { subtle } = globalThis.crypto;
  const verify = t.mock.method(subtle, "verify");
  const forged = (at) => {
    const bytes = fromBase45(text.slice("TM1:".length));
    bytes[bytes.length + at] ^= 1;
    return `TM1:${toBase45(bytes)}`;
  };
  const other = await subtle.generateKey({ name: "ECDSA", namedCurve: "P-256" }, true, ["sign", "verify"]);
  const cases = {
    good: [text, trust, "pass"],
    expired: [text, { ...trust, now: Date.now() / 1000 + 1000 }, "expired"],
    "of a list that is missing": [text, { ...trust, statusLists: [] }, "status-missing"],
    "of a challenge": [text, { ...trust, nonce: "AAAA", audience: "tm:v:1" }, "nonce-missing"],
    forged: [forged(-1), trust, "bad-signature"],
    "no pass": ["https://example.com", trust, "not-a-pass"],
    "by another root": [text, { ...trust, rootKey: toBase64url(new Uint8Array(await subtle.exportKey("raw", other.publicKey))) }, "bundle-wrong-root"],
    "good once more": [text, trust, "pass"],
  };
  for (const [name, [code, by, answer]] of Object.entries(cases)) {
    const verdict = await verifyByWebCrypto(gate, code, by);
    assert.deepEqual(verdict, gate.verify(code, by), name);
    assert.equal(verdict.reason ?? verdict.outcome, answer, name);
  }
  assert.equal(verify.mock.callCount(), 12, "two signatures of each code that was read by a good bundle");
});

test("many at once, each by its own trust", async (t) => {
  const { trust, text } = given(t);
  const gate = await core("verifier");
  const asked = Array.from({ length: 300 }, (_, index) => (index % 2 ? trust : { ...trust, statusLists: [] }));
  const verdicts = await Promise.all(asked.map((by) => verifyByWebCrypto(gate, text, by)));
  assert.deepEqual(verdicts.map(({ outcome }) => outcome), asked.map((_, index) => (index % 2 ? "pass" : "cannot-tell")));
});

test("without WebCrypto, and with one that takes no key", async (t) => {
  const { trust, text } = given(t);
  const gate = await core("verifier");
  const { subtle } = globalThis.crypto;
  t.mock.method(subtle, "importKey", async () => { throw new DOMException("no such curve", "NotSupportedError"); });
  assert.equal((await verifyByWebCrypto(gate, text, trust)).outcome, "pass");
  const whole = Object.getOwnPropertyDescriptor(globalThis, "crypto");
  Object.defineProperty(globalThis, "crypto", { value: undefined, configurable: true });
  try {
    assert.equal((await verifyByWebCrypto(gate, text, trust)).outcome, "pass");
  } finally {
    Object.defineProperty(globalThis, "crypto", whole);
  }
});
