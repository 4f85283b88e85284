// For mini-programs: CommonJS, and nothing that their JavaScript engines lack.
import { awaited, type Core, coreOf } from "./core";
import { TongmaError } from "./errors";
import type { Exports } from "./glue";

export * from "./exports";

/** What a mini-program has for WebAssembly: it takes a path within the package only. */
export interface WasmHost {
  instantiate(path: string, imports: object): Promise<unknown>;
}

declare const WXWebAssembly: WasmHost | undefined;
declare const MYWebAssembly: WasmHost | undefined;

function ownHost(): WasmHost | undefined {
  if (typeof WXWebAssembly !== "undefined") return WXWebAssembly;
  return typeof MYWebAssembly === "undefined" ? undefined : MYWebAssembly;
}

/** Loads a module by its path in the package, such as `/core/wallet.wasm.br`. */
export function createCore(path: string, host: WasmHost | undefined = ownHost()): Promise<Core> {
  return awaited(load(path, host));
}

async function load(path: string, host: WasmHost | undefined): Promise<Core> {
  if (typeof path !== "string" || !/\.wasm(\.br)?$/.test(path)) {
    throw new TongmaError("wrong-argument", 'createCore takes the path of a module in the package, such as "/core/wallet.wasm.br".');
  }
  if (typeof host?.instantiate !== "function") {
    throw new TongmaError("platform-too-old", "WXWebAssembly.instantiate is missing: base library 2.13.0 or newer is needed (2.14.0 for .wasm.br). Ask the person to update WeChat.");
  }
  let made: { instance?: { exports?: Exports }; exports?: Exports } | undefined;
  try {
    made = (await host.instantiate(path, {})) as typeof made;
  } catch (error) {
    throw new TongmaError("wasm-refused", `${path} could not be loaded: is it in the package, whole, and for .wasm.br is the base library 2.14.0 or newer? (${String((error as Error | undefined)?.message ?? error)})`);
  }
  const exports = made?.instance?.exports ?? made?.exports;
  if (!exports) throw new TongmaError("wasm-refused", `${path} could not be loaded: the platform gave no instance of it.`);
  return coreOf(exports);
}
