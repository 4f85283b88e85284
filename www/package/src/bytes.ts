// Mini-programs have neither a text decoder nor base64 on every base library: these few lines are the same everywhere.

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/** UTF-8 of a text; half a surrogate pair becomes U+FFFD. */
export function toUtf8(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length * 3);
  let end = 0;
  for (let at = 0; at < text.length; at += 1) {
    let point = text.charCodeAt(at);
    if (point < 0x80) {
      bytes[end++] = point;
      continue;
    }
    if (point >= 0xd800 && point < 0xe000) {
      const low = text.charCodeAt(at + 1);
      if (point < 0xdc00 && low >= 0xdc00 && low < 0xe000) {
        point = 0x10000 + ((point - 0xd800) << 10) + (low - 0xdc00);
        at += 1;
      } else point = 0xfffd;
    }
    if (point >= 0x10000) {
      bytes[end++] = 0xf0 | (point >> 18);
      bytes[end++] = 0x80 | ((point >> 12) & 0x3f);
    } else if (point >= 0x800) bytes[end++] = 0xe0 | (point >> 12);
    if (point >= 0x800) bytes[end++] = 0x80 | ((point >> 6) & 0x3f);
    else bytes[end++] = 0xc0 | (point >> 6);
    bytes[end++] = 0x80 | (point & 0x3f);
  }
  return bytes.subarray(0, end);
}

/** A text of UTF-8 that is known to be good: the core's. */
export function fromUtf8(bytes: Uint8Array): string {
  let text = "";
  let units: number[] = [];
  const byte = (at: number) => (bytes[at] ?? 0) & 0x3f;
  for (let at = 0; at < bytes.length; at += 1) {
    const first = bytes[at] ?? 0;
    if (first < 0x80) units.push(first);
    else if (first < 0xe0) units.push(((first & 0x1f) << 6) | byte(++at));
    else if (first < 0xf0) units.push(((first & 0x0f) << 12) | (byte(++at) << 6) | byte(++at));
    else {
      const point = (((first & 0x07) << 18) | (byte(++at) << 12) | (byte(++at) << 6) | byte(++at)) - 0x10000;
      units.push(0xd800 + (point >> 10), 0xdc00 + (point & 0x3ff));
    }
    if (units.length > 4096) {
      text += String.fromCharCode(...units);
      units = [];
    }
  }
  return text + String.fromCharCode(...units);
}

/** Base64url without padding. */
export function toBase64url(bytes: Uint8Array): string {
  const parts: string[] = [];
  for (let at = 0; at < bytes.length; at += 3) {
    const [one = 0, two = 0, three = 0] = [bytes[at], bytes[at + 1], bytes[at + 2]];
    const bits = (one << 16) | (two << 8) | three;
    const four = ALPHABET.charAt(bits >> 18) + ALPHABET.charAt((bits >> 12) & 63) + ALPHABET.charAt((bits >> 6) & 63) + ALPHABET.charAt(bits & 63);
    parts.push(at + 2 < bytes.length ? four : four.slice(0, bytes.length - at + 1));
  }
  return parts.join("");
}

/** Reads base64url without padding; none of anything else. */
export function fromBase64url(text: string): Uint8Array | undefined {
  if (text.length % 4 === 1) return undefined;
  const bytes = new Uint8Array(Math.floor((text.length * 3) / 4));
  let [bits, held, end] = [0, 0, 0];
  for (const character of text) {
    const value = ALPHABET.indexOf(character);
    if (value < 0) return undefined;
    bits = ((bits << 6) | value) & 0xffffff;
    held += 6;
    if (held >= 8) {
      held -= 8;
      bytes[end++] = (bits >> held) & 0xff;
    }
  }
  return bytes;
}
