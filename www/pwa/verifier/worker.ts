import init, { verifierFrame, verifierPicture, verifierSend, verifierStart, verifierVisible } from "#core";
import type { FromWorker, ToWorker } from "./core";

const post = (message: FromWorker) => postMessage(message);
const loaded = init({ module_or_path: "core.wasm" });

addEventListener("message", async ({ data }: MessageEvent<ToWorker>) => {
  await loaded;
  switch (data.type) {
    case "start":
      await verifierStart(
        data.languages,
        (json: string) => post({ type: "view", json }),
        (on: boolean) => post({ type: "scan", on }),
        data.now,
      );
      post({ type: "ready" });
      break;
    case "event":
      verifierSend(data.json, data.now);
      break;
    case "visible":
      verifierVisible(data.on, data.now);
      break;
    case "frame":
      verifierFrame(new Uint8Array(data.buffer), data.width, data.height, data.now);
      post({ type: "frame-done" });
      break;
    case "picture":
      verifierPicture(new Uint8Array(data.buffer), data.width, data.height, data.now);
  }
});
