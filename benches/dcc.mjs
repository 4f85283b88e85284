// What a page of plain JavaScript does to verify an EU pass: base45, pako, cborg and WebCrypto. It knows the one signer.
import { X509Certificate, webcrypto } from "node:crypto";
import base45 from "base45";
import { decode } from "cborg";
import { inflate } from "pako";

const { subtle } = webcrypto;
const SIGNATURE1 = Buffer.concat([Buffer.from([0x84, 0x6a]), Buffer.from("Signature1")]);

/** A byte string in CBOR. */
function bytes(value) {
  const { length } = value;
  const head = length < 24 ? [0x40 + length] : length < 256 ? [0x58, length] : [0x59, length >> 8, length & 255];
  return Buffer.concat([Buffer.from(head), value]);
}

/** A function that verifies texts by the signer of this certificate, and gives what the pass says. */
export async function plain(certificate) {
  const spki = new X509Certificate(certificate).publicKey.export({ type: "spki", format: "der" });
  const key = await subtle.importKey("spki", spki, { name: "ECDSA", namedCurve: "P-256" }, false, ["verify"]);
  const read = (bytes) => decode(bytes, { useMaps: true, tags: { 18: (content) => content() } });
  return async (text) => {
    const [header, , payload, signature] = read(inflate(base45.decode(text.slice("HC1:".length))));
    const signed = Buffer.concat([SIGNATURE1, bytes(header), bytes(Buffer.alloc(0)), bytes(payload)]);
    if (read(header).get(1) !== -7) throw new Error("another algorithm");
    if (!(await subtle.verify({ name: "ECDSA", hash: "SHA-256" }, key, signature, signed))) throw new Error("forged");
    const claims = read(payload);
    const pass = claims.get(-260).get(1);
    return { issuer: claims.get(1), expired: claims.get(4) < Date.now() / 1000, name: pass.get("nam"), birth: pass.get("dob") };
  };
}
