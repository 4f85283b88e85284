// The core of a gate, in Alipay's worker.
import { createCore, type Platform, type Verifier } from "tongma/miniprogram";
import type { Calls, ToPage, ToWorker } from "../messages";

const MODULE = "/core/verifier.wasm";

let gate: Verifier | undefined;
let calls = 0;
const waiting: Record<number, { resolve: (result: unknown) => void; reject: (error: unknown) => void }> = {};

const tell = (message: ToPage): void => self.postMessage(message);

/** Has the page call its platform. */
function ask<Name extends keyof Calls>(name: Name, given: Calls[Name]): Promise<unknown> {
  return new Promise((resolve, reject) => {
    calls += 1;
    waiting[calls] = { resolve, reject };
    tell({ kind: "call", id: calls, name, given });
  });
}

const platform: Platform = {
  now: () => Date.now() / 1000,
  // Alipay gives programs no secure random numbers. A gate keeps no secret; what would need them is not offered.
  random: () => Promise.reject(new Error("no secure random")),
  storage: {
    get: async (key) => ((await ask("get", { key })) as string | null) ?? undefined,
    set: async (key, value) => void (await ask("set", { key, value })),
    remove: async (key) => void (await ask("remove", { key })),
    keys: async () => (await ask("keys", {})) as string[],
  },
  async fetch({ method, path, type = "", body }) {
    const { status, body: given } = (await ask("fetch", { method, path, type, body: body ? Array.from(body) : null })) as { status: number; body: number[] };
    return { status, body: new Uint8Array(given) };
  },
  later(seconds, work) {
    const timer = setTimeout(work, seconds * 1000);
    return () => clearTimeout(timer);
  },
  wake: (on) => void ask("wake", { on }).catch(() => undefined),
  scan: (on) => void ask("scan", { on }).catch(() => undefined),
};

async function start({ language, deployment }: ToWorker & { kind: "start" }): Promise<void> {
  try {
    const core = await createCore(MODULE);
    gate = await core.verifier({ platform, languages: [language], deployment, onView: (view) => tell({ kind: "view", view }) });
  } catch (error) {
    tell({ kind: "failed", what: (error as { code?: unknown }).code === "platform-too-old" ? "too-old" : "no-core" });
  }
}

self.onmessage = ({ data }) => {
  const message = data as ToWorker;
  switch (message.kind) {
    case "start":
      return void start(message);
    case "event":
      return gate?.send(message.event);
    case "visible":
      return message.on ? gate?.show() : gate?.hide();
    case "answer": {
      const asked = waiting[message.id];
      delete waiting[message.id];
      if (message.refused) asked?.reject(message.refused);
      else asked?.resolve(message.result);
    }
  }
};
