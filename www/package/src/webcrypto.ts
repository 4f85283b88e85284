import type { SignatureCheck, Verdict } from "../../shared/types";
import { fromBase64url } from "./bytes";
import type { Core, Trust } from "./core";

const ECDSA = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" } as const;
/** Imported keys that are kept: issuers come again, holders don't. */
const KEPT = 32;

const imported = new Map<string, CryptoKey>();

type Expand = (point: string) => string | undefined;

type Begun = { verdict: Verdict } | { checks: { ticket: number; checks: SignatureCheck[] } };

/**
 * As `core.verify`, with signatures checked by WebCrypto, on threads of its own: in Node an everyday code takes 0.4 of the time. Where there
 * is no WebCrypto, or it can't take a key, the core checks them.
 */
export async function verifyByWebCrypto(core: Core, text: string, trust: Trust): Promise<Verdict> {
  const begun = core.answer<Begun>("beginText", ...core.question(text, trust));
  if ("verdict" in begun) return begun.verdict;
  const { ticket, checks } = begun.checks;
  const expand: Expand = (point) => core.glue.text("expandKey", point);
  const results = await Promise.all(checks.map((check) => goodKey(check, expand))).catch(() => core.answer<(number | null)[]>("checkSignatures", JSON.stringify(checks)));
  return core.answer<Verdict>("finishText", ticket, JSON.stringify(results));
}

/** The index of the key that verifies a signature. Only P-256 is checked, which goes with SHA-256 alone. */
async function goodKey({ keys, hash, message, signature }: SignatureCheck, expand: Expand): Promise<number | null> {
  if (hash !== "sha256") return null;
  for (const [index, point] of keys.entries()) {
    if (await crypto.subtle.verify(ECDSA, await keyOf(point, expand), bytes(signature), bytes(message))) return index;
  }
  return null;
}

async function keyOf(point: string, expand: Expand): Promise<CryptoKey> {
  const held = imported.get(point);
  if (held) return held;
  const read = (point: string) => crypto.subtle.importKey("raw", bytes(point), ECDSA, false, ["verify"]);
  // Not every WebCrypto calculates the second coordinate.
  const key = await read(point).catch(() => read(expand(point) ?? point));
  const [oldest = ""] = imported.keys();
  if (imported.size >= KEPT) imported.delete(oldest);
  imported.set(point, key);
  return key;
}

const bytes = (text: string): Uint8Array<ArrayBuffer> => (fromBase64url(text) ?? new Uint8Array()) as Uint8Array<ArrayBuffer>;
