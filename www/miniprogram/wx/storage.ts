// What the core keeps, in WeChat's encrypted storage.
import { call, CallFailed } from "./calls";

/** All names of ours begin so; parts of long values so. */
const OURS = "tongma/";
const PARTS = "tongma-part/";
/** With encryption a value may have 0.7 MB; characters of base64url take a byte each. */
const MOST = 600_000;
/** The most of all together, with encryption. */
const MOST_IN_ALL = 7_000_000;
/** What a value in parts begins with; base64url never does. */
const MARK = "@";

/** Why something is not kept: the codes of the core's reasons. */
export interface Refused {
  reason: "storage-full" | "storage-refused";
}

const refused = (reason: Refused["reason"]): Refused => ({ reason });

function reasonOf(error: unknown): Refused {
  const full = error instanceof CallFailed && /exceed|limit|quota|full/i.test(error.said);
  return refused(full ? "storage-full" : "storage-refused");
}

async function write(key: string, data: string): Promise<void> {
  await call("setStorage", typeof wx.setStorage === "function", (success, fail) => wx.setStorage({ key, data, encrypt: true, success, fail }));
}

async function read(key: string): Promise<string | undefined> {
  try {
    const { data } = await call<{ data: unknown }>("getStorage", typeof wx.getStorage === "function", (success, fail) => wx.getStorage({ key, encrypt: true, success, fail }));
    return typeof data === "string" ? data : undefined;
  } catch (error) {
    if (error instanceof CallFailed && /not found/i.test(error.said)) return undefined;
    throw refused("storage-refused");
  }
}

const removal = (key: string): Promise<unknown> => call("removeStorage", typeof wx.removeStorage === "function", (success, fail) => wx.removeStorage({ key, success, fail }));

async function info(): Promise<{ keys: string[]; currentSize: number }> {
  return call("getStorageInfo", typeof wx.getStorageInfo === "function", (success, fail) => wx.getStorageInfo({ success, fail }));
}

/** The names of the parts of a value, where it has some. */
function partsOf(value: string | undefined): string[] {
  if (!value || value[0] !== MARK) return [];
  const [head, count] = value.slice(1).split(":");
  return Array.from({ length: Number(count) }, (_, at) => `${PARTS}${head}/${at}`);
}

let made = 0;

/**
 * Keeps a value. A long one goes into parts under new names; the entry that names them comes last, so that whenever the program is
 * killed the former value or the new one is there, whole.
 */
async function set(key: string, value: string): Promise<void> {
  const name = OURS + key;
  try {
    const former = await read(name);
    const { currentSize } = await info();
    const growth = value.length - (former && former[0] !== MARK ? former.length : 0);
    if (currentSize * 1024 + growth > MOST_IN_ALL) throw refused("storage-full");
    if (value.length <= MOST) {
      await write(name, value);
    } else {
      const head = `${key}-${Date.now().toString(36)}-${(made += 1)}`;
      const count = Math.ceil(value.length / MOST);
      const entry = `${MARK}${head}:${count}`;
      const names = partsOf(entry);
      try {
        for (let at = 0; at < count; at += 1) await write(names[at] as string, value.slice(at * MOST, (at + 1) * MOST));
        await write(name, entry);
      } catch (error) {
        // Nothing names these: they would only take room.
        for (const part of names) await removal(part).catch(() => undefined);
        throw error;
      }
    }
    // What stays behind is named by nothing any more.
    for (const part of partsOf(former)) await removal(part).catch(() => undefined);
  } catch (error) {
    throw isRefused(error) ? error : reasonOf(error);
  }
}

const isRefused = (error: unknown): error is Refused => typeof error === "object" && error !== null && "reason" in error;

async function get(key: string): Promise<string | undefined> {
  const value = await read(OURS + key);
  if (value === undefined || value[0] !== MARK) return value;
  const parts: string[] = [];
  for (const name of partsOf(value)) {
    const part = await read(name);
    if (part === undefined) throw refused("storage-refused");
    parts.push(part);
  }
  return parts.join("");
}

async function remove(key: string): Promise<void> {
  const former = await read(OURS + key).catch(() => undefined);
  // The entry goes first: parts that nothing names are no value.
  await removal(OURS + key).catch((error) => {
    throw reasonOf(error);
  });
  for (const part of partsOf(former)) await removal(part).catch(() => undefined);
}

async function keys(): Promise<string[]> {
  const all = await info().catch((error) => {
    throw reasonOf(error);
  });
  return all.keys.filter((key) => key.startsWith(OURS)).map((key) => key.slice(OURS.length));
}

/** Removes parts that no entry names: of a write that was ended in its middle. */
export async function sweep(): Promise<void> {
  const all = await info();
  const held = new Set<string>();
  for (const key of all.keys) if (key.startsWith(OURS)) for (const part of partsOf(await read(key))) held.add(part);
  for (const key of all.keys) if (key.startsWith(PARTS) && !held.has(key)) await removal(key).catch(() => undefined);
}

export const storage = { get, set, remove, keys };
