// What the page and the worker say to each other. Alipay has WebAssembly in workers only, and everything else in pages only.
import type { Deployment, Language, VerifierEvent, VerifierView } from "../../shared/types";

/** Calls that the worker has the page make: bytes go as numbers, which every version passes on. */
export interface Calls {
  get: { key: string };
  set: { key: string; value: string };
  remove: { key: string };
  keys: Record<string, never>;
  fetch: { method: "GET" | "POST"; path: string; type: string; body: number[] | null };
  wake: { on: boolean };
  scan: { on: boolean };
}

export type ToPage =
  | { kind: "call"; id: number; name: keyof Calls; given: Calls[keyof Calls] }
  | { kind: "view"; view: VerifierView }
  | { kind: "failed"; what: "too-old" | "no-core" };

export type ToWorker =
  | { kind: "start"; language: Language; deployment: Deployment }
  | { kind: "event"; event: VerifierEvent }
  | { kind: "visible"; on: boolean }
  | { kind: "answer"; id: number; result?: unknown; refused?: { reason: string } };
