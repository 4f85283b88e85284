// The platform's calls that the worker asks for.
import type { Outcome } from "../../shared/types";
import type { Words } from "../../shared/words";
import type { Told } from "../blocks";
import { readable } from "../scanned";
import { kept } from "../parts";
import { call, CallFailed } from "../wx/calls";
import type { Calls } from "./messages";

const REQUEST_MS = 20_000;
/** The person went back from the scanner. */
const GONE_BACK = 10;

/** A failure as `call` takes it. */
const failing = (fail: (failure: { errMsg?: string; errno?: number }) => void) => ({ error = 0, errorMessage = "" }: MyFailure) => fail({ errno: error, errMsg: errorMessage });

/** Alipay keeps 200 KB under a key, and 10 MB in all. Nothing of a gate's is secret. */
const storage = kept({
  write: (key, data) => call("setStorage", true, (success, fail) => my.setStorage({ key, data, success, fail: failing(fail) })),
  read: async (key) => (await call<{ data: string | null }>("getStorage", true, (success, fail) => my.getStorage({ key, success, fail: failing(fail) }))).data ?? undefined,
  remove: (key) => call("removeStorage", true, (success, fail) => my.removeStorage({ key, success, fail: failing(fail) })),
  info: () => call<{ keys: string[] }>("getStorageInfo", true, (success, fail) => my.getStorageInfo({ success, fail: failing(fail) })),
  isFull: (error) => error instanceof CallFailed && /exceed|limit|full|超/i.test(error.said),
  most: 190_000,
  mostInAll: 9_000_000,
});

async function fetchFrom(origin: string, { method, path, type, body }: Calls["fetch"]): Promise<{ status: number; body: number[] }> {
  if (!/^\/[a-z]/.test(path)) throw new Error("a path of the own origin begins with one slash");
  const { status, data } = await call<{ status: number; data: unknown }>("request", true, (success, fail) =>
    my.request({ url: origin + path, method, ...(body ? { data: new Uint8Array(body).buffer as ArrayBuffer, headers: { "content-type": type } } : {}), dataType: "arraybuffer", timeout: REQUEST_MS, success, fail: failing(fail) }), REQUEST_MS + 1000);
  if (!(data instanceof ArrayBuffer)) throw new Error("no bytes");
  return { status, body: Array.from(new Uint8Array(data)) };
}

/** Makes one of the calls for the worker. */
export function made(name: keyof Calls, given: Calls[keyof Calls], origin: string): Promise<unknown> {
  switch (name) {
    case "get":
      return storage.get((given as Calls["get"]).key).then((value) => value ?? null);
    case "set":
      return storage.set((given as Calls["set"]).key, (given as Calls["set"]).value).then(() => null);
    case "remove":
      return storage.remove((given as Calls["remove"]).key).then(() => null);
    case "keys":
      return storage.keys();
    case "fetch":
      return fetchFrom(origin, given as Calls["fetch"]);
    case "wake":
      return call("setKeepScreenOn", true, (success, fail) => my.setKeepScreenOn({ keepScreenOn: (given as Calls["wake"]).on, success, fail: failing(fail) }));
    case "scan":
      // There is no camera of its own on the page: a touch has Alipay scan.
      return Promise.resolve(null);
  }
}

/** Has Alipay scan a code: its text, or what to say. Nothing where the person went back. */
export async function scan(words: Words): Promise<{ text: string } | { told: Told } | null> {
  try {
    const { code, qrCode } = await call<{ code?: string; qrCode?: string }>("scan", true, (success, fail) => my.scan({ type: "qr", scanType: ["qrCode"], success, fail: failing((failure) => fail(failure.errno === GONE_BACK ? { ...failure, errMsg: "cancel" } : failure)) }), 600_000);
    const text = readable(qrCode ?? code);
    return text ? { text } : { told: { what: words.text("mini-scan-unreadable"), remedy: words.text("mini-scan-unreadable-remedy") } };
  } catch (error) {
    if (error instanceof CallFailed && error.said === "cancel") return null;
    return { told: { what: words.text("mini-scan-failed"), remedy: words.text("mini-alipay-scan-failed-remedy") } };
  }
}

/** Vibrates: long where the person is not to pass. */
export function buzz(outcome: Outcome): void {
  const done = { success() {}, fail() {} };
  if (outcome === "stop" || outcome === "invalid") my.vibrateLong(done);
  else my.vibrateShort(done);
}
