// The platform that the core runs on, made of what WeChat gives.
import type { Platform } from "tongma/miniprogram";
import { call, quietly } from "./calls";
import { storage } from "./storage";

/** After this a request is given up, in milliseconds; the core gives up at the same time. */
const REQUEST_MS = 20_000;
const POST_TYPE = "application/cwt";

/** Bytes of WeChat's secure source. There is no other: where it gives none, no key is made. */
async function random(length: number): Promise<Uint8Array> {
  const { randomValues } = await call<{ randomValues: ArrayBuffer }>("getRandomValues", typeof wx.getRandomValues === "function", (success, fail) => wx.getRandomValues({ length, success, fail }));
  const bytes = new Uint8Array(randomValues);
  if (bytes.length !== length) throw new Error("fewer random bytes than were asked for");
  return bytes;
}

/** Asks the own server; `origin` is the only one, whatever is asked for. */
function fetchFrom(origin: string): Platform["fetch"] {
  return async ({ method, path, type, body }) => {
    if (!/^\/[a-z]/.test(path)) throw new Error("a path of the own origin begins with one slash");
    const { statusCode, data } = await call<{ statusCode: number; data: unknown }>("request", typeof wx.request === "function", (success, fail) =>
      wx.request({
        url: origin + path,
        method,
        ...(body ? { data: body.buffer.slice(body.byteOffset, body.byteOffset + body.byteLength) as ArrayBuffer, header: { "content-type": type ?? POST_TYPE } } : {}),
        responseType: "arraybuffer",
        dataType: "other",
        timeout: REQUEST_MS,
        success,
        fail,
      }), REQUEST_MS + 1000);
    if (!(data instanceof ArrayBuffer)) throw new Error("no bytes");
    return { status: statusCode, body: new Uint8Array(data) };
  };
}

/** The platform of a page; `scan` is told when codes are looked for. */
export function platform(origin: string, scan: (on: boolean) => void): Platform {
  return {
    now: () => Date.now() / 1000,
    random,
    storage,
    fetch: fetchFrom(origin),
    later(seconds, work) {
      const timer = setTimeout(work, seconds * 1000);
      return () => clearTimeout(timer);
    },
    wake: (on) => quietly(typeof wx.setKeepScreenOn === "function", () => wx.setKeepScreenOn({ keepScreenOn: on, fail() {} })),
    scan,
  };
}
