import { scriptUrl } from "../../shared/trusted";
import type { Hint, VerifierEvent, VerifierView } from "../../shared/types";

/** What the worker says. */
export type FromWorker =
  | { type: "ready" }
  | { type: "failed" }
  | { type: "view"; json: string }
  | { type: "scan"; on: boolean }
  | { type: "frame-done"; hint: Hint };

/** What the page says. Every message carries the page's clock, the one clock. */
export type ToWorker =
  | { type: "start"; languages: string[]; now: number }
  | { type: "event"; json: string; now: number }
  | { type: "visible"; on: boolean; now: number }
  | { type: "frame" | "picture"; buffer: ArrayBuffer; width: number; height: number; now: number };

interface Listener {
  view(view: VerifierView): void;
  scan(on: boolean): void;
  frameDone(hint: Hint): void;
  /** The core can't be started here. */
  failed(): void;
}

/** Starts the core in its worker. What is sent before it is ready waits. */
export function core(listener: Listener) {
  const worker = new Worker(scriptUrl("worker.js"), { type: "module" });
  const waiting: (() => void)[] = [];
  let ready = false;
  const post = (message: ToWorker, transfer: Transferable[] = []) => {
    if (ready || message.type === "start") worker.postMessage(message, transfer);
    else waiting.push(() => worker.postMessage({ ...message, now: Date.now() }, transfer));
  };
  worker.addEventListener("message", ({ data }: MessageEvent<FromWorker>) => {
    switch (data.type) {
      case "ready":
        ready = true;
        waiting.splice(0).forEach((send) => send());
        break;
      case "failed":
        listener.failed();
        break;
      case "view":
        listener.view(JSON.parse(data.json) as VerifierView);
        break;
      case "scan":
        listener.scan(data.on);
        break;
      case "frame-done":
        listener.frameDone(data.hint);
    }
  });
  worker.addEventListener("error", () => {
    if (!ready) listener.failed();
  });
  post({ type: "start", languages: [...navigator.languages], now: Date.now() });
  const image = (type: "frame" | "picture") => (buffer: ArrayBuffer, width: number, height: number) =>
    post({ type, buffer, width, height, now: Date.now() }, [buffer]);
  return {
    send: (event: VerifierEvent) => post({ type: "event", json: JSON.stringify(event), now: Date.now() }),
    visible: (on: boolean) => post({ type: "visible", on, now: Date.now() }),
    frame: image("frame"),
    picture: image("picture"),
    /** Ends the core at once, as a closed tab does. */
    end: () => worker.terminate(),
  };
}
