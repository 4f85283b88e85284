// What every test gets from the runner: a place for what has to be ended after it, and the browsers that the tests of a worker share.
import { test as base } from "@playwright/test";
import { rmSync } from "node:fs";
import { folder, launch } from "./support.mjs";

export const test = base.extend({
  /** Browsers of a worker by kind, started when the first test wants them. */
  browsers: [async ({}, use) => {
    const endings = [];
    const worker = { after: (work) => endings.push(work) };
    const camera = `${folder(worker)}/camera.mjpeg`;
    const running = new Map();
    const shared = (kind) => {
      if (!running.has(kind)) running.set(kind, launch(kind === "camera" ? { camera } : {}));
      return running.get(kind);
    };
    await use({ shared, camera });
    for (const browser of running.values()) await (await browser).close();
    for (const work of endings) await work();
  }, { scope: "worker" }],

  /** The test: `after` ends something, `diagnostic` keeps a figure with the result, `shared` and `camera` are the worker's. */
  t: async ({ browsers }, use, info) => {
    const endings = [];
    rmSync(browsers.camera, { force: true });
    await use({ ...browsers, after: (work) => endings.push(work), diagnostic: (description) => info.annotations.push({ type: "measured", description }) });
    for (const work of endings.reverse()) await work();
  },
});
