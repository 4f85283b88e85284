// Passes of other systems and the files that name their keys, made here with Node's own means: written apart from the program, so that
// the two check each other.
import { createHash, generateKeyPairSync, sign } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { deflateRawSync, deflateSync } from "node:zlib";
import { encode, signed, toBase45 } from "./cose.mjs";
import { tongma } from "./support.mjs";

const ISSUERS = { smart: "https://smart.example/issuer", nz: "did:web:nzcp.example" };
const DAY_S = 86_400;

/** The DER of an element. */
function der(tag, ...parts) {
  const content = Buffer.concat(parts);
  const length = content.length < 128 ? [content.length] : content.length < 256 ? [0x81, content.length] : [0x82, content.length >> 8, content.length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...length]), content]);
}

/** A certificate of Austria that signs itself, with nothing in it that is not needed. */
function certificate({ privateKey, publicKey }) {
  const algorithm = der(0x30, der(0x06, Buffer.from("2a8648ce3d040302", "hex")));
  const name = der(0x30, der(0x31, der(0x30, der(0x06, Buffer.from("550406", "hex")), der(0x13, Buffer.from("AT")))));
  const validity = der(0x30, der(0x17, Buffer.from("240101000000Z")), der(0x17, Buffer.from("440101000000Z")));
  const body = der(0x30, der(0xa0, der(0x02, Buffer.from([2]))), der(0x02, Buffer.from([1])), algorithm, name, validity, name, publicKey.export({ type: "spki", format: "der" }));
  return der(0x30, body, algorithm, der(0x03, Buffer.from([0]), sign("sha256", body, privateKey)));
}

const map = (pairs) => new Map(Object.entries(pairs));

function base32(bytes) {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, "0")).join("");
  return bits.match(/.{1,5}/g).map((five) => "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"[Number.parseInt(five.padEnd(5, "0"), 2)]).join("");
}

/** Issuers of three systems whose keys an authority trusts; each function makes the text of a pass, `smart` the texts of its codes. */
export function issuers(data) {
  const [eu, smart, nz] = [0, 1, 2].map(() => generateKeyPairSync("ec", { namedCurve: "P-256" }));
  const now = Math.floor(Date.now() / 1000);
  const trust = (format, file, content) => {
    const path = join(data, file);
    writeFileSync(path, content);
    tongma("trust", "import", "--authority", data, "--format", format, path);
  };
  const cert = certificate(eu);
  trust("eu", "dsc.der", cert);
  const { kty, crv, x, y } = smart.publicKey.export({ format: "jwk" });
  const kid = createHash("sha256").update(JSON.stringify({ crv, kty, x, y })).digest("base64url");
  trust("smart", "jwks.json", JSON.stringify({ iss: ISSUERS.smart, keys: [{ kty, crv, x, y, kid, use: "sig", alg: "ES256" }] }));
  const method = { id: `${ISSUERS.nz}#key-1`, controller: ISSUERS.nz, type: "JsonWebKey2020", publicKeyJwk: nz.publicKey.export({ format: "jwk" }) };
  trust("nz", "did.json", JSON.stringify({ id: ISSUERS.nz, verificationMethod: [method], assertionMethod: [method.id] }));

  return {
    eu() {
      const names = map({ fn: "Musterfrau", gn: "Gabriele", fnt: "MUSTERFRAU" });
      const dose = map({ tg: "840539006", co: "AT", dt: "2026-05-01", dn: 2, sd: 2 });
      const claims = new Map([[1, "AT"], [4, now + DAY_S], [6, now - DAY_S], [-260, new Map([[1, map({ ver: "1.3.0", nam: names, dob: "1998-02-26", v: [dose] })]])]]);
      const header = new Map([[1, -7], [4, createHash("sha256").update(cert).digest().subarray(0, 8)]]);
      return `HC1:${toBase45(deflateSync(signed(header, encode(claims), eu.privateKey)))}`;
    },
    smart(count = 1, family = "Anyperson") {
      const entry = [
        { fullUrl: "resource:0", resource: { resourceType: "Patient", name: [{ family, given: ["John", "B."] }], birthDate: "1951-01-20" } },
        { fullUrl: "resource:1", resource: { resourceType: "Immunization", status: "completed", occurrenceDateTime: "2026-01-29" } },
      ];
      const credentialSubject = { fhirVersion: "4.0.1", fhirBundle: { resourceType: "Bundle", type: "collection", entry } };
      const claims = { iss: ISSUERS.smart, nbf: now - 7200.5, vc: { type: ["https://smarthealth.cards#health-card"], credentialSubject } };
      const message = `${Buffer.from(JSON.stringify({ zip: "DEF", alg: "ES256", kid })).toString("base64url")}.${deflateRawSync(JSON.stringify(claims)).toString("base64url")}`;
      const jws = `${message}.${sign("sha256", Buffer.from(message), { key: smart.privateKey, dsaEncoding: "ieee-p1363" }).toString("base64url")}`;
      const digits = (part) => [...part].map((character) => String(character.charCodeAt(0) - 45).padStart(2, "0")).join("");
      if (count === 1) return [`shc:/${digits(jws)}`];
      const length = Math.ceil(jws.length / count);
      return Array.from({ length: count }, (_, index) => `shc:/${index + 1}/${count}/${digits(jws.slice(index * length, (index + 1) * length))}`);
    },
    nz() {
      const subject = map({ givenName: "Jack", familyName: "Sparrow", dob: "1960-04-16" });
      const contexts = ["https://www.w3.org/2018/credentials/v1", "https://nzcp.covid19.health.nz/contexts/v1"];
      const vc = map({ "@context": contexts, version: "1.0.0", type: ["VerifiableCredential", "PublicCovidPass"], credentialSubject: subject });
      const claims = new Map([[1, ISSUERS.nz], [5, now - DAY_S], [4, now + DAY_S], [7, Buffer.alloc(16, 9)], ["vc", vc]]);
      return `NZCP:/1/${base32(signed(new Map([[1, -7], [4, Buffer.from("key-1")]]), encode(claims), nz.privateKey))}`;
    },
  };
}
