import type { Platform, Storage } from "./platform";

/** A storage that is gone with the program. */
function memory(): Storage {
  const kept = new Map<string, string>();
  return {
    get: async (key) => kept.get(key),
    set: async (key, value) => void kept.set(key, value),
    remove: async (key) => void kept.delete(key),
    keys: async () => [...kept.keys()],
  };
}

/**
 * A platform of what browsers and Node have, for the authority at an origin. Without a storage everything is forgotten at the end. For a wallet
 * bring one that only this program can read: whoever has its content has the keys.
 */
export function webPlatform(origin: string, storage: Storage = memory()): Platform {
  return {
    now: () => Date.now() / 1000,
    random: async (length) => crypto.getRandomValues(new Uint8Array(length)),
    storage,
    fetch: async ({ method, path, type, body }) => {
      const answer = await fetch(new URL(path, origin), {
        method,
        cache: "no-cache",
        credentials: "omit",
        redirect: "error",
        ...(type ? { headers: { "content-type": type } } : {}),
        ...(body ? { body: body.slice() } : {}),
      });
      return { status: answer.status, body: new Uint8Array(await answer.arrayBuffer()) };
    },
    later: (seconds, work) => {
      const timer = setTimeout(work, seconds * 1000);
      return () => clearTimeout(timer);
    },
    wake: () => undefined,
    scan: () => undefined,
  };
}
