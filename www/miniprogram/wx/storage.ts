// WeChat's encrypted storage.
import { kept } from "../parts";
import { call, CallFailed } from "./calls";

const there = (name: "getStorage" | "getStorageInfo" | "removeStorage" | "setStorage"): boolean => typeof wx[name] === "function";

async function read(key: string): Promise<string | undefined> {
  try {
    const { data } = await call<{ data: unknown }>("getStorage", there("getStorage"), (success, fail) => wx.getStorage({ key, encrypt: true, success, fail }));
    return typeof data === "string" ? data : undefined;
  } catch (error) {
    if (error instanceof CallFailed && /not found/i.test(error.said)) return undefined;
    throw error;
  }
}

/** With encryption a value may have 0.7 MB, and all together 7.1. */
export const { sweep, ...storage } = kept({
  write: (key, data) => call("setStorage", there("setStorage"), (success, fail) => wx.setStorage({ key, data, encrypt: true, success, fail })),
  read,
  remove: (key) => call("removeStorage", there("removeStorage"), (success, fail) => wx.removeStorage({ key, success, fail })),
  info: () => call<{ keys: string[]; currentSize: number }>("getStorageInfo", there("getStorageInfo"), (success, fail) => wx.getStorageInfo({ success, fail })),
  isFull: (error) => error instanceof CallFailed && /exceed|limit|quota|full/i.test(error.said),
  most: 600_000,
  mostInAll: 7_000_000,
});
