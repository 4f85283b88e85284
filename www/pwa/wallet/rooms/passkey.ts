// Passkeys that make a secret: WebAuthn with its PRF extension. The secret opens the wallet's lock; nothing of it goes to any server.
import type { PasskeyView } from "../../../shared/types";

/** A passkey, and the secret that its authenticator made; all in base64url. */
export interface Passkey extends PasskeyView {
  secret: string;
}

const BYTES = 32;

const random = () => crypto.getRandomValues(new Uint8Array(BYTES));

function text(bytes: BufferSource): string {
  const all = ArrayBuffer.isView(bytes) ? new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength) : new Uint8Array(bytes);
  return btoa(String.fromCharCode(...all)).replace(/[+/=]/g, (sign) => ({ "+": "-", "/": "_" })[sign] ?? "");
}

function bytes(text: string): Uint8Array<ArrayBuffer> {
  const plain = atob(text.replace(/[-_]/g, (sign) => (sign === "-" ? "+" : "/")));
  return Uint8Array.from(plain, (sign) => sign.charCodeAt(0));
}

const secretOf = (made: Credential | null) =>
  made instanceof PublicKeyCredential ? made.getClientExtensionResults().prf?.results?.first : undefined;

/** Makes a passkey of this page on this device; fails where its authenticator makes no secrets, or its owner does not want it. */
export async function make(name: string): Promise<Passkey> {
  const salt = random();
  const made = await navigator.credentials.create({
    publicKey: {
      challenge: random(),
      rp: { name },
      user: { id: random(), name, displayName: name },
      pubKeyCredParams: [{ type: "public-key", alg: -7 }, { type: "public-key", alg: -257 }],
      authenticatorSelection: { residentKey: "preferred", userVerification: "required" },
      extensions: { prf: { eval: { first: salt } } },
    },
  });
  if (!(made instanceof PublicKeyCredential)) throw new Error("no passkey");
  const passkey = { id: text(made.rawId), salt: text(salt) };
  // Many authenticators tell the secret only when the passkey is used.
  const secret = secretOf(made);
  return { ...passkey, secret: secret ? text(secret) : await ask(passkey) };
}

/** Has the authenticator see its owner and tell the passkey's secret. */
export async function ask({ id, salt }: PasskeyView): Promise<string> {
  const used = await navigator.credentials.get({
    publicKey: {
      challenge: random(),
      allowCredentials: [{ type: "public-key", id: bytes(id) }],
      userVerification: "required",
      extensions: { prf: { eval: { first: bytes(salt) } } },
    },
  });
  const secret = secretOf(used);
  if (!secret) throw new Error("no secret");
  return text(secret);
}

/** Whether this browser has passkeys at all. */
export const available = () => "PublicKeyCredential" in globalThis;
