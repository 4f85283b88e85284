// A verifier of this program in Node: the bare WASM module with trust data of its own, and what a shell does for it.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";

const { subtle } = globalThis.crypto;
const ALGORITHM = { name: "ECDSA", namedCurve: "P-256" };
const SIGNING = { name: "ECDSA", hash: "SHA-256" };

/** The bare module. */
export const core = createRequire(import.meta.url)(join(process.cwd(), "dist/wasm/bare/core.js"));

/** So many people come by turns: what is kept of a key that comes again and again must not count for theirs. */
const HOLDERS = 12;

/** A verifier that knows an authority and the signers of EU passes (certificates, DER), and everyday presentations for it, each of another holder. */
export function verifier(certificates = []) {
  const folder = mkdtempSync(join(tmpdir(), "tongma-bench-"));
  const tongma = (...args) => execFileSync(process.env.TONGMA_BIN, args, { encoding: "utf8" }).trim();
  const at = (name) => join(folder, name);
  try {
    tongma("authority", "init", at("authority"));
    certificates.forEach((certificate, index) => {
      writeFileSync(at(`${index}.der`), certificate);
      tongma("trust", "import", "--authority", at("authority"), "--format", "eu", at(`${index}.der`));
    });
    writeFileSync(at("claims.json"), JSON.stringify({
      colour: "green", region: "360000", name: "甲乙丙", document: { kind: "id-card", number: "11010519491231002X" }, valid_for_s: 604800,
    }));
    const everyday = Array.from({ length: HOLDERS }, (_, index) => {
      const [key, credential] = [at(`${index}.key`), at(`${index}.credential`)];
      tongma("key", "new", key);
      writeFileSync(credential, tongma("issue", "--authority", at("authority"), "--claims", at("claims.json"), "--holder-key", key));
      return tongma("present", "--credential", credential, "--holder-key", key);
    });
    const deployment = JSON.parse(readFileSync(at("authority/public/deployment.json"), "utf8"));
    const file = (path) => readFileSync(at(`authority/public/${path}`)).toString("base64url");
    const now = Date.now() / 1000;
    const seed = new Uint8Array(32);
    const step = (event) => JSON.parse(core.verifierUpdate(JSON.stringify(event), now, seed));
    const check = (checks) => JSON.parse(core.checkSignatures(JSON.stringify(checks)));
    // The effects of the machine, until none is left.
    const settle = ({ effects }) => {
      const work = [...effects];
      for (let effect = work.shift(); effect; effect = work.shift()) {
        const event = effect.type === "fetch"
          ? { fetched: { ticket: effect.ticket, status: 200, body: file(effect.resource === "bundle" ? "bundle.cbor" : effect.resource["status-list"].path) } }
          : effect.type === "check" ? { checked: { ticket: effect.ticket, results: check(effect.checks) } }
          : effect.type === "store" ? { stored: { ticket: effect.ticket } }
          : effect.type === "load" ? { loaded: { ticket: effect.ticket, data: null } }
          : null;
        if (event) work.push(...step({ shell: { event } }).effects);
      }
    };
    settle(step({ shell: { event: { opened: { stored: null, problem: null, languages: ["en"], deployment } } } }));
    const keys = new Map();
    const imported = async (point, issuers) => {
      // An issuer's key is met again and again; a holder's is new each time, and comes without its second coordinate.
      const held = keys.get(point);
      if (held) return held;
      const read = (point) => subtle.importKey("raw", Buffer.from(point, "base64url"), ALGORITHM, false, ["verify"]);
      // As in the pages: not every WebCrypto calculates the second coordinate.
      const key = await read(point).catch(() => read(core.expandKey(point)));
      if (issuers) keys.set(point, key);
      return key;
    };
    const good = async ({ keys: [point], message, signature }, index) => {
      const key = await imported(point, index === 0);
      return (await subtle.verify(SIGNING, key, Buffer.from(signature, "base64url"), Buffer.from(message, "base64url"))) ? 0 : null;
    };
    const read = (text) => {
      const effect = step({ "text-read": { text, source: "paste" } }).effects.find(({ type }) => type === "check");
      if (!effect) throw new Error("no signature to check");
      return effect;
    };
    const shown = (ticket, results) => {
      const { screen } = step({ shell: { event: { checked: { ticket, results } } } }).view;
      if (screen.type !== "verdict") throw new Error(JSON.stringify(screen));
      return screen.verdict;
    };
    const trust = { rootKey: deployment.rootKey, bundle: file("bundle.cbor"), statusLists: [file("status/0.cbor")] };
    if (!core.trustFromNow(JSON.stringify(trust))) throw new Error("what is trusted has another shape");
    return {
      everyday,
      /** The verdict alone, with the signatures checked in WASM. */
      verdictHere: (text) => JSON.parse(core.verifyText(text, "{}", now)),
      /** The verdict alone, with the signatures checked by WebCrypto. */
      verdictByWebCrypto: async (text) => {
        const { ticket, checks } = JSON.parse(core.beginText(text, "{}", now)).checks;
        return JSON.parse(core.finishText(ticket, JSON.stringify(await Promise.all(checks.map(good)))));
      },
      /** What a gate does: verdict, log entry and two views; with the signatures checked in WASM. */
      gateHere: (text) => {
        const { ticket, checks } = read(text);
        return shown(ticket, check(checks));
      },
      /** The same, with the signatures checked by WebCrypto. */
      gateByWebCrypto: async (text) => {
        const { ticket, checks } = read(text);
        return shown(ticket, await Promise.all(checks.map(good)));
      },
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
