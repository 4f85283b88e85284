// Verifying a presentation: this program's WASM with both backends, beside the SD-JWT VC library of JavaScript, in one run.
//
// Both sides are given a text and answer whether it is good: issuer's signature, holder's signature, disclosure, times, audience.
// Ours also checks the status list and draws up the whole view as JSON, as a page gets it.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SDJwtVcInstance } from "@sd-jwt/sd-jwt-vc";
import { table, time } from "./measure.mjs";

const { subtle } = globalThis.crypto;
const base64url = (bytes) => Buffer.from(bytes).toString("base64url");
const encode = (text) => new TextEncoder().encode(text);
const ALGORITHM = { name: "ECDSA", namedCurve: "P-256" };
const SIGNING = { name: "ECDSA", hash: "SHA-256" };

/** A verifier with real trust data, and a presentation for it. */
function ours() {
  const core = createRequire(import.meta.url)(join(process.cwd(), "dist/wasm/bare/core.js"));
  const folder = mkdtempSync(join(tmpdir(), "tongma-bench-"));
  const tongma = (...args) => execFileSync(process.env.TONGMA_BIN, args, { encoding: "utf8" }).trim();
  const at = (name) => join(folder, name);
  try {
    tongma("authority", "init", at("authority"));
    tongma("key", "new", at("holder.key"));
    writeFileSync(at("claims.json"), JSON.stringify({
      colour: "green", region: "360000", name: "甲乙丙", document: { kind: "id-card", number: "11010519491231002X" }, valid_for_s: 604800,
    }));
    writeFileSync(at("credential"), tongma("issue", "--authority", at("authority"), "--claims", at("claims.json"), "--holder-key", at("holder.key")));
    const text = tongma("present", "--credential", at("credential"), "--holder-key", at("holder.key"));
    const deployment = JSON.parse(readFileSync(at("authority/public/deployment.json"), "utf8"));
    const file = (path) => base64url(readFileSync(at(`authority/public/${path}`)));
    const now = Date.now() / 1000;
    const seed = new Uint8Array(32);
    const step = (event) => JSON.parse(core.verifierUpdate(JSON.stringify(event), now, seed));
    const check = (checks) => JSON.parse(core.checkSignatures(JSON.stringify(checks)));
    // The effects of the machine, until none is left.
    const settle = (update) => {
      let { view } = update;
      const work = [...update.effects];
      for (let effect = work.shift(); effect; effect = work.shift()) {
        const event = effect.type === "fetch"
          ? { fetched: { ticket: effect.ticket, status: 200, body: file(effect.resource === "bundle" ? "bundle.cbor" : effect.resource["status-list"].path) } }
          : effect.type === "check" ? { checked: { ticket: effect.ticket, results: check(effect.checks) } }
          : effect.type === "store" ? { stored: { ticket: effect.ticket } }
          : null;
        if (!event) continue;
        const next = step({ shell: { event } });
        ({ view } = next);
        work.push(...next.effects);
      }
      return view;
    };
    settle(step({ shell: { event: { opened: { stored: null, problem: null, languages: ["en"], deployment } } } }));
    const demand = (view) => {
      if (view.screen.type !== "verdict" || view.screen.verdict.outcome !== "pass") throw new Error(JSON.stringify(view.screen));
    };
    const read = () => step({ "text-read": { text, source: "paste" } });
    const finish = (ticket, results) => demand(step({ shell: { event: { checked: { ticket, results } } } }).view);
    const keys = new Map();
    const imported = async (point) => {
      // The issuer's key is met again and again; a holder's is new each time.
      const held = keys.get(point);
      if (held) return held;
      return subtle.importKey("raw", Buffer.from(point, "base64url"), ALGORITHM, false, ["verify"]);
    };
    return {
      text,
      rust: () => {
        const { ticket, checks } = read().effects.find(({ type }) => type === "check");
        finish(ticket, check(checks));
      },
      browser: async () => {
        const { ticket, checks } = read().effects.find(({ type }) => type === "check");
        const good = async ({ keys: [point], message, signature }, index) => {
          const key = await imported(point);
          if (index === 0) keys.set(point, key);
          return (await subtle.verify(SIGNING, key, Buffer.from(signature, "base64url"), Buffer.from(message, "base64url"))) ? 0 : null;
        };
        finish(ticket, await Promise.all(checks.map(good)));
      },
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The peer: keys made once, each verification imports the holder's key, as it comes with the token. */
async function peer() {
  const pair = () => subtle.generateKey(ALGORITHM, true, ["sign", "verify"]);
  const [issuer, holder] = [await pair(), await pair()];
  const signer = ({ privateKey }) => async (data) => base64url(await subtle.sign(SIGNING, privateKey, encode(data)));
  const verify = (key, data, signature) => subtle.verify(SIGNING, key, Buffer.from(signature, "base64url"), encode(data));
  const sdjwt = new SDJwtVcInstance({
    signer: signer(issuer),
    signAlg: "ES256",
    verifier: (data, signature) => verify(issuer.publicKey, data, signature),
    kbSigner: signer(holder),
    kbSignAlg: "ES256",
    kbVerifier: async (data, signature, payload) => verify(await subtle.importKey("jwk", payload.cnf.jwk, ALGORITHM, false, ["verify"]), data, signature),
    hasher: async (data, name) => new Uint8Array(await subtle.digest(name, typeof data === "string" ? encode(data) : data)),
    hashAlg: "sha-256",
    saltGenerator: (length) => base64url(crypto.getRandomValues(new Uint8Array(length))).slice(0, length),
  });
  const iat = Math.floor(Date.now() / 1000);
  const { kty, crv, x, y } = await subtle.exportKey("jwk", holder.publicKey);
  const credential = await sdjwt.issue(
    { iss: "tm:36", iat, vct: "tm:pass", cnf: { jwk: { kty, crv, x, y } }, colour: "green", region: 360000, name: "甲**" },
    { _sd: ["name"] },
  );
  const kb = { payload: { iat, aud: "tm:any", nonce: "0123456789abcdef" } };
  const text = await sdjwt.present(credential, { name: true }, { kb });
  return {
    text,
    verify: async () => {
      const { payload, kb: bound } = await sdjwt.verify(text, { keyBindingNonce: "0123456789abcdef" });
      if (payload.name !== "甲**" || !bound) throw new Error("the peer did not verify");
    },
  };
}

const [mine, other] = [ours(), await peer()];
console.log(`presentation: ${mine.text.length} characters; SD-JWT VC with key binding: ${other.text.length}`);
const rows = await time({
  "tongma, p256 in WASM": mine.rust,
  "tongma, WebCrypto": mine.browser,
  "@sd-jwt/sd-jwt-vc 0.19, WebCrypto": other.verify,
}, { rounds: 15, each: 200 });
table(rows, "@sd-jwt/sd-jwt-vc 0.19, WebCrypto", "µs");
