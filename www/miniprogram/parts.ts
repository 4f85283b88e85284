// What the core keeps, in a platform's storage, which bounds single values and all together.

/** All names of ours begin so; parts of long values so. */
const OURS = "tongma/";
const PARTS = "tongma-part/";
/** What a value in parts begins with; what the core keeps never does. */
const MARK = "@";

/** A platform's storage as it is. */
export interface Raw {
  write(key: string, data: string): Promise<unknown>;
  read(key: string): Promise<string | undefined>;
  remove(key: string): Promise<unknown>;
  /** All names, and how many kilobytes are in use; none where that is not told. */
  info(): Promise<{ keys: string[]; currentSize?: number }>;
  /** Whether it said that there is no room. */
  isFull(error: unknown): boolean;
  /** The most that a value may have, and all together, in characters. */
  most: number;
  mostInAll: number;
}

/** Why something is not kept: the codes of the core's reasons. */
export interface Refused {
  reason: "storage-full" | "storage-refused";
}

const isRefused = (error: unknown): error is Refused => typeof error === "object" && error !== null && "reason" in error;

/** The names of the parts of a value, where it has some. */
function partsOf(value: string | undefined): string[] {
  if (!value || value[0] !== MARK) return [];
  const [head, count] = value.slice(1).split(":");
  return Array.from({ length: Number(count) }, (_, at) => `${PARTS}${head}/${at}`);
}

let made = 0;

export interface Kept {
  get(key: string): Promise<string | undefined>;
  set(key: string, value: string): Promise<void>;
  remove(key: string): Promise<void>;
  keys(): Promise<string[]>;
  sweep(): Promise<void>;
}

export function kept(raw: Raw): Kept {
  const refusal = (error: unknown): Refused => (isRefused(error) ? error : { reason: raw.isFull(error) ? "storage-full" : "storage-refused" });
  const gone = (key: string) => raw.remove(key).catch(() => undefined);

  async function inParts(key: string, value: string): Promise<void> {
    const head = `${key}-${Date.now().toString(36)}-${(made += 1)}`;
    const entry = `${MARK}${head}:${Math.ceil(value.length / raw.most)}`;
    const names = partsOf(entry);
    try {
      for (const [at, name] of names.entries()) await raw.write(name, value.slice(at * raw.most, (at + 1) * raw.most));
      await raw.write(OURS + key, entry);
    } catch (error) {
      // Nothing names these: they would only take room.
      for (const name of names) await gone(name);
      throw error;
    }
  }

  return {
    /**
     * Keeps a value. A long one goes into parts under new names; the entry that names them comes last, so that whenever the program is
     * killed the former value or the new one is there, whole.
     */
    async set(key, value) {
      try {
        const former = await raw.read(OURS + key);
        const { currentSize = 0 } = await raw.info();
        const growth = value.length - (former && former[0] !== MARK ? former.length : 0);
        if (currentSize * 1024 + growth > raw.mostInAll) throw { reason: "storage-full" } satisfies Refused;
        if (value.length <= raw.most) await raw.write(OURS + key, value);
        else await inParts(key, value);
        // What stays behind is named by nothing any more.
        for (const part of partsOf(former)) await gone(part);
      } catch (error) {
        throw refusal(error);
      }
    },
    async get(key) {
      try {
        const value = await raw.read(OURS + key);
        const names = partsOf(value);
        if (names.length === 0) return value;
        const parts: string[] = [];
        for (const name of names) {
          const part = await raw.read(name);
          if (part === undefined) throw { reason: "storage-refused" } satisfies Refused;
          parts.push(part);
        }
        return parts.join("");
      } catch (error) {
        throw refusal(error);
      }
    },
    async remove(key) {
      try {
        const former = await raw.read(OURS + key).catch(() => undefined);
        // The entry goes first: parts that nothing names are no value.
        await raw.remove(OURS + key);
        for (const part of partsOf(former)) await gone(part);
      } catch (error) {
        throw refusal(error);
      }
    },
    async keys() {
      try {
        return (await raw.info()).keys.filter((key) => key.startsWith(OURS)).map((key) => key.slice(OURS.length));
      } catch (error) {
        throw refusal(error);
      }
    },
    /** Removes parts that no entry names: of a write that was ended in its middle. */
    async sweep() {
      const { keys } = await raw.info();
      const held = new Set<string>();
      for (const key of keys) if (key.startsWith(OURS)) for (const part of partsOf(await raw.read(key))) held.add(part);
      for (const key of keys) if (key.startsWith(PARTS) && !held.has(key)) await gone(key);
    },
  };
}
