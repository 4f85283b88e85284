// Enough of CBOR and COSE (RFC 8949, RFC 9052) and base45 (RFC 9285) to sign an altered token again, and to make small ones: written
// apart from the program, so that the two check each other.
import { createPrivateKey, sign } from "node:crypto";

const ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";

/** Bytes of a base45 text. */
export function fromBase45(text) {
  const bytes = [];
  for (let at = 0; at < text.length; at += 3) {
    const digits = [...text.slice(at, at + 3)].map((character) => ALPHABET.indexOf(character));
    const value = digits.reduceRight((sum, digit) => sum * 45 + digit, 0);
    if (digits.length === 3) bytes.push(value >> 8);
    bytes.push(value & 0xff);
  }
  return Buffer.from(bytes);
}

/** The base45 text of bytes. */
export function toBase45(bytes) {
  let text = "";
  for (let at = 0; at < bytes.length; at += 2) {
    const pair = at + 1 < bytes.length;
    let value = pair ? bytes[at] * 256 + bytes[at + 1] : bytes[at];
    for (let digit = pair ? 3 : 2; digit > 0; digit -= 1, value = Math.floor(value / 45)) text += ALPHABET[value % 45];
  }
  return text;
}

/** Major type, argument, and where the head of the item at a place ends. */
function head(bytes, at) {
  const [major, short] = [bytes[at] >> 5, bytes[at] & 31];
  if (short < 24) return [major, short, at + 1];
  const size = 2 ** (short - 24);
  return [major, bytes.readUIntBE(at + 1, Math.min(size, 6)), at + 1 + size];
}

/** Where the item at a place ends. */
function end(bytes, at) {
  const [major, argument, next] = head(bytes, at);
  const inner = [0, 0, argument, argument, argument, 2 * argument, 1, 0][major];
  if (major === 2 || major === 3) return next + inner;
  return Array.from({ length: inner }).reduce((place) => end(bytes, place), next);
}

function withHead(major, argument) {
  if (argument < 24) return Buffer.from([(major << 5) | argument]);
  if (argument < 0x100) return Buffer.from([(major << 5) | 24, argument]);
  if (argument < 0x10000) return Buffer.from([(major << 5) | 25, argument >> 8, argument & 0xff]);
  const long = Buffer.alloc(5);
  long[0] = (major << 5) | 26;
  long.writeUInt32BE(argument, 1);
  return long;
}

const string = (bytes) => Buffer.concat([withHead(2, bytes.length), bytes]);

/** Gives a function that signs a COSE_Sign1 again with another payload: `alter` makes that of the one that it has. */
export function resigner(token, pem) {
  const key = createPrivateKey(pem);
  const start = head(token, 0)[0] === 6 ? head(token, 0)[2] : 0;
  const first = head(token, start)[2];
  const places = [first];
  for (let part = 0; part < 4; part += 1) places.push(end(token, places[part]));
  const [protectedHeader, , payload] = places.slice(0, 4).map((place, part) => token.subarray(place, places[part + 1]));
  const inner = payload.subarray(head(payload, 0)[2]);
  const before = token.subarray(0, places[2]);
  const context = Buffer.concat([Buffer.from([0x84]), withHead(3, 10), Buffer.from("Signature1"), protectedHeader, Buffer.from([0x40])]);
  return (alter) => {
    const altered = string(alter(Buffer.from(inner)));
    const signature = sign("sha256", Buffer.concat([context, altered]), { key, dsaEncoding: "ieee-p1363" });
    return Buffer.concat([before, altered, string(signature)]);
  };
}

/** CBOR of numbers, texts, bytes, lists and `Map`s. */
export function encode(value) {
  if (typeof value === "number") return value < 0 ? withHead(1, -1 - value) : withHead(0, value);
  if (typeof value === "string") return Buffer.concat([withHead(3, Buffer.byteLength(value)), Buffer.from(value)]);
  if (Buffer.isBuffer(value)) return string(value);
  if (Array.isArray(value)) return Buffer.concat([withHead(4, value.length), ...value.map(encode)]);
  return Buffer.concat([withHead(5, value.size), ...[...value].flat().map(encode)]);
}

/** A COSE_Sign1 with ES256 (tag 18) over a payload. */
export function signed(header, payload, key) {
  const protectedHeader = encode(encode(header));
  const message = Buffer.concat([Buffer.from([0x84]), encode("Signature1"), protectedHeader, Buffer.from([0x40]), string(payload)]);
  const signature = sign("sha256", message, { key, dsaEncoding: "ieee-p1363" });
  return Buffer.concat([Buffer.from([0xd2, 0x84]), protectedHeader, Buffer.from([0xa0]), string(payload), string(signature)]);
}

/** The value of a small non-negative integer key of a map, and the map with another one in its place. */
export function claim(map, key, replacement) {
  let [, pairs, at] = head(map, 0);
  for (; pairs > 0; pairs -= 1) {
    const [major, label, value] = head(map, at);
    at = end(map, value);
    if (major !== 0 || label !== key) continue;
    const rest = [map.subarray(0, value), map.subarray(at)];
    return { value: head(map, value)[1], map: Buffer.concat([rest[0], withHead(0, replacement ?? 0), rest[1]]) };
  }
  return undefined;
}
