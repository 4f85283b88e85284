import init, { verifierFrame, verifierPicture, verifierSend, verifierStart, verifierVisible } from "#core";
import type { Hint } from "../../shared/types";
import type { FromWorker, ToWorker } from "./core";

const post = (message: FromWorker) => postMessage(message);
const loaded = init({ module_or_path: "core.wasm" });

async function start(languages: string[], now: number): Promise<void> {
  try {
    await loaded;
    await verifierStart(
      languages,
      (json: string) => post({ type: "view", json }),
      (on: boolean) => post({ type: "scan", on }),
      now,
    );
    post({ type: "ready" });
  } catch {
    post({ type: "failed" });
  }
}

// The page sends nothing but the start before the core is ready.
addEventListener("message", ({ data }: MessageEvent<ToWorker>) => {
  switch (data.type) {
    case "start":
      void start(data.languages, data.now);
      break;
    case "event":
      verifierSend(data.json, data.now);
      break;
    case "visible":
      verifierVisible(data.on, data.now);
      break;
    case "frame":
      post({ type: "frame-done", hint: verifierFrame(new Uint8Array(data.buffer), data.width, data.height, data.now) as Hint });
      break;
    case "picture":
      verifierPicture(new Uint8Array(data.buffer), data.width, data.height, data.now);
  }
});
