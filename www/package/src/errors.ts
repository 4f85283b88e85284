/** Why this package can't do what it was asked. What becomes of codes and people is no error: views and verdicts say it. */
export type ErrorCode =
  | "already-running"
  | "event-unknown"
  | "no-secure-random"
  | "not-in-this-module"
  | "not-loaded"
  | "platform-too-old"
  | "stopped"
  | "wasm-foreign"
  | "wasm-refused"
  | "wrong-argument";

/** An error with a code, and a message that says what to do. */
export class TongmaError extends Error {
  readonly code: ErrorCode;
  constructor(code: ErrorCode, message: string) {
    super(message);
    this.name = "TongmaError";
    this.code = code;
  }
}

/** Refuses with `wrong-argument`. */
export function demand(condition: boolean, message: string): void {
  if (!condition) throw new TongmaError("wrong-argument", message);
}
