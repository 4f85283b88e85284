import { fromUtf8, toUtf8 } from "./bytes";
import { TongmaError } from "./errors";

type Call = (...numbers: number[]) => number;
/** What a module gives: its memory and functions, nothing else. */
export type Exports = Record<string, unknown>;
type Argument = string | number | boolean | Uint8Array;

/** As wasm-bindgen names what allocates and frees; the build holds these names against its own glue. */
const [MALLOC, FREE, STACK] = ["__wbindgen_export", "__wbindgen_export3", "__wbindgen_add_to_stack_pointer"] as const;

/**
 * Calls the module's functions, by the calling convention of wasm-bindgen without multivalue: a text or bytes are an address and a length
 * and belong to the function from then on; a text that comes back is written as both at an address that is given first.
 */
export class Glue {
  private readonly exports: Exports;

  constructor(exports: Exports) {
    this.exports = exports;
    if (![MALLOC, FREE, STACK].every((name) => this.has(name)) || typeof exports["memory"] !== "object") {
      throw new TongmaError("wasm-foreign", "This is not a module of this package, or one of another version: use wallet.wasm or verifier.wasm that came with it.");
    }
  }

  has(name: string): boolean {
    return typeof this.exports[name] === "function";
  }

  /** Calls a function that gives a text, or none. */
  text(name: string, ...values: Argument[]): string | undefined {
    const back = this.call(STACK, -16) >>> 0;
    try {
      this.call(name, back, ...this.lower(values));
      const [at = 0, length = 0] = new Int32Array(this.buffer(), back, 2);
      if (at === 0) return undefined;
      const text = fromUtf8(new Uint8Array(this.buffer(), at >>> 0, length >>> 0));
      this.call(FREE, at, length, 1);
      return text;
    } finally {
      this.call(STACK, 16);
    }
  }

  /** Calls a function whose answer is of no matter. */
  run(name: string, ...values: Argument[]): void {
    this.call(name, ...this.lower(values));
  }

  private lower(values: Argument[]): number[] {
    return values.reduce<number[]>((all, value) => {
      if (typeof value === "number" || typeof value === "boolean") return [...all, Number(value)];
      const bytes = typeof value === "string" ? toUtf8(value) : value;
      const at = this.call(MALLOC, bytes.length, 1) >>> 0;
      new Uint8Array(this.buffer()).set(bytes, at);
      return [...all, at, bytes.length];
    }, []);
  }

  private call(name: string, ...numbers: number[]): number {
    const called = this.exports[name];
    if (typeof called !== "function") {
      const other = name.startsWith("wallet") || name === "makeKey" ? "wallet.wasm" : "verifier.wasm";
      throw new TongmaError("not-in-this-module", `This module has no ${name}: make a core of ${other} with createCore.`);
    }
    return (called as Call)(...numbers);
  }

  /** Looked up anew each time: memory that grew is another buffer. */
  private buffer(): ArrayBuffer {
    return (this.exports["memory"] as { buffer: ArrayBuffer }).buffer;
  }
}
