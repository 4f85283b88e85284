// Verifying: this program's WASM with both backends beside what does the same in JavaScript, each pair in one run: an everyday
// presentation beside an SD-JWT VC with key binding, an EU pass beside plain JavaScript, and rules beside certlogic-js.
//
// Both sides are given a text and answer whether it is good: issuer's signature, holder's signature, disclosure, times, audience. Ours finds
// the signer in the trust bundle, checks the status list and gives the verdict as JSON; what a gate does with it, log entry and two views as JSON,
// is a row of its own. EU passes come first: what ran before in the same process costs each side something else.
// EU passes and rules are read from ../shared/vectors, or where TONGMA_VECTORS points.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { SDJwtVcInstance } from "@sd-jwt/sd-jwt-vc";
import certlogic from "certlogic-js";
import { core, verifier } from "./core.mjs";
import { plain } from "./dcc.mjs";
import { table, time } from "./measure.mjs";

const { subtle } = globalThis.crypto;
const base64url = (bytes) => Buffer.from(bytes).toString("base64url");
const encode = (text) => new TextEncoder().encode(text);
const ALGORITHM = { name: "ECDSA", namedCurve: "P-256" };
const SIGNING = { name: "ECDSA", hash: "SHA-256" };

const vectors = process.env.TONGMA_VECTORS ?? join(process.cwd(), "../shared/vectors");
const lines = (path) => {
  const file = join(vectors, path);
  if (existsSync(file)) return readFileSync(file, "utf8").trim().split("\n").map((line) => JSON.parse(line));
  console.log(`${path} is not there (TONGMA_VECTORS): left out`);
  return null;
};

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

// A pass that is good now but for its end, of a signer whose certificate is: then every side goes all the way.
const passes = lines("dgc/dgc.jsonl");
const pass = passes?.find(({ id }) => id === "NL/000-NL-test");
const certificate = pass && Buffer.from(pass.cert_b64, "base64");
const mine = verifier(certificate ? [certificate] : []);

/** The rows of ours, each held against the answer that is expected. */
const ours = (next, expected) => {
  const same = (answer) => {
    const { outcome, reason } = answer;
    if ((reason ?? outcome) !== expected) throw new Error(`${outcome}: ${reason}`);
  };
  return {
    "tongma, p256 in WASM": () => same(mine.verdictHere(next())),
    "tongma, WebCrypto": async () => same(await mine.verdictByWebCrypto(next())),
    "tongma as a gate, p256 in WASM": () => same(mine.gateHere(next())),
    "tongma as a gate, WebCrypto": async () => same(await mine.gateByWebCrypto(next())),
  };
};

if (pass) {
  const read = await plain(certificate);
  const { outcome, reason } = await mine.verdictByWebCrypto(pass.prefix);
  console.log(`\nEU pass ${pass.id}: ${pass.prefix.length} characters; ours answers ${outcome}, ${reason}; the peer ${JSON.stringify(await read(pass.prefix))}`);
  const base = "base45 3, pako 2, cborg 6, WebCrypto";
  table(await time({ ...ours(() => pass.prefix, "expired"), [base]: () => read(pass.prefix) }, { rounds: 60, each: 50 }), base, "µs");
}

const other = await peer();
let turn = 0;
const next = () => mine.everyday[(turn += 1) % mine.everyday.length];
console.log(`\nPresentation: ${next().length} characters; SD-JWT VC with key binding: ${other.text.length}`);
const sdjwt = "@sd-jwt/sd-jwt-vc 0.19, WebCrypto";
table(await time({ ...ours(next, "pass"), [sdjwt]: other.verify }, { rounds: 60, each: 50 }), sdjwt, "µs");

const rules = lines("certlogic/rules.jsonl");
if (rules) {
  const cases = rules.flatMap(({ rule, tests }) => tests.map(({ payload, external }) => ({ rule, data: { payload, external } })));
  for (const { rule, data } of cases) if (!core.keepRule(JSON.stringify(rule), JSON.stringify(data))) throw new Error(rule.Identifier);
  const theirs = () => cases.filter(({ rule, data }) => certlogic.evaluate(rule.Logic, data) === true).length;
  console.log(`\n${cases.length} rules with their data, read before: ${core.rulesThatHold()} hold by ours, ${theirs()} by certlogic-js`);
  const rows = await time({ "tongma, WASM": () => core.rulesThatHold(), "certlogic-js 1.2": theirs }, { rounds: 15, each: 8 });
  table(rows.map(({ name, median, p95 }) => ({ name, median: median / cases.length, p95: p95 / cases.length })), "certlogic-js 1.2", "µs a rule");
}
