// For browsers and Node.
import { awaited, type Core, coreOf } from "./core";
import { TongmaError } from "./errors";
import type { Exports } from "./glue";

export * from "./exports";
export { webPlatform } from "./web";
export { verifyByWebCrypto } from "./webcrypto";

/** Where a module comes from: compiled, as bytes, as the answer to a request, or by its address. */
export type Source = WebAssembly.Module | BufferSource | Response | URL | string;

/** Loads a module: `wallet.wasm` or `verifier.wasm`. */
export function createCore(source: Source | Promise<Source>): Promise<Core> {
  return awaited(load(source));
}

async function load(source: Source | Promise<Source>): Promise<Core> {
  if (typeof WebAssembly === "undefined") throw new TongmaError("platform-too-old", "There is no WebAssembly here: a newer browser is needed.");
  const module = await compiled(await source);
  return coreOf((await WebAssembly.instantiate(module, {})).exports as Exports);
}

async function compiled(source: Source): Promise<WebAssembly.Module> {
  if (source instanceof WebAssembly.Module) return source;
  try {
    if (source instanceof Response || typeof source === "string" || source instanceof URL) return await WebAssembly.compile(await bytes(source));
    if (source instanceof ArrayBuffer || ArrayBuffer.isView(source)) return await WebAssembly.compile(source);
  } catch (error) {
    if (error instanceof TongmaError) throw error;
    throw new TongmaError("wasm-refused", `The module could not be loaded: is it whole, and wallet.wasm or verifier.wasm of this package? (${String((error as Error).message)})`);
  }
  throw new TongmaError("wrong-argument", "createCore takes a WebAssembly.Module, its bytes, a Response, or the address of wallet.wasm or verifier.wasm.");
}

/** Whatever media type a server gives it. */
async function bytes(source: Response | URL | string): Promise<ArrayBuffer | Uint8Array<ArrayBuffer>> {
  if (!(source instanceof Response) && String(source).startsWith("file:")) {
    const { readFile } = await import("node:fs/promises");
    return new Uint8Array(await readFile(new URL(source)));
  }
  const answer = source instanceof Response ? source : await fetch(source);
  if (!answer.ok) throw new TongmaError("wasm-refused", `The module was not there: ${answer.url} answered ${answer.status}.`);
  return answer.arrayBuffer();
}
