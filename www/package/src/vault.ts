import { fromBase64url, toBase64url } from "./bytes";
import type { Glue } from "./glue";
import { type Platform, type Storage, within } from "./platform";
import type { Seeds } from "./seeds";

/** Why the device did not do what it was asked; a code of the core's reasons. */
export class Fault {
  readonly reason: "storage-full" | "storage-refused" | "storage-damaged" | "key-unusable" | "offline" | "answer-malformed";
  constructor(reason: Fault["reason"]) {
    this.reason = reason;
  }
}

/** The fault of a rejected storage call. */
function fault(error: unknown): Fault {
  if (error instanceof Fault) return error;
  const reason = (error as { reason?: unknown } | undefined)?.reason;
  return new Fault(reason === "storage-full" ? reason : "storage-refused");
}

/** A storage that does not answer by then refuses. */
const PATIENCE_S = 20;

function patient(platform: Platform): Storage {
  const { storage } = platform;
  const answered = <T>(answer: Promise<T>): Promise<T> => within(platform, PATIENCE_S, answer);
  return {
    get: (key) => answered(storage.get(key)),
    set: (key, value) => answered(storage.set(key, value)),
    remove: (key) => answered(storage.remove(key)),
    keys: () => answered(storage.keys()),
  };
}

const WIPED = "wiped";
const KEY_BYTES = 32;
/** Where the newest of an entry lies. */
interface Place {
  slot: 0 | 1;
  revision: number;
}

/**
 * What a machine keeps, sealed under a key that lies in the same storage: the platform encrypts that, where it can. An entry has two places
 * in turn, so that a write that is cut off leaves the former one whole; what is read is the newest that opens.
 */
export class Vault {
  private readonly glue: Glue;
  private readonly seeds: Seeds;
  private readonly storage: Storage;
  private readonly name: string;
  private readonly key: Uint8Array | undefined;
  private readonly places: Record<string, Place> = {};

  private constructor(glue: Glue, seeds: Seeds, storage: Storage, name: string, key: Uint8Array | undefined) {
    [this.glue, this.seeds, this.storage, this.name, this.key] = [glue, seeds, storage, name, key];
  }

  /** Opens the storage of a machine; `lost` says that there are data whose key is gone. */
  static async open(glue: Glue, seeds: Seeds, platform: Platform, name: string): Promise<{ vault: Vault; lost: boolean }> {
    const storage = patient(platform);
    try {
      const keyName = `${name}/key`;
      let held = await storage.get(keyName);
      if (held === WIPED) {
        await clear(storage, name);
        held = undefined;
      }
      let key = held === undefined ? undefined : fromBase64url(held);
      let lost = false;
      if (key?.length !== KEY_BYTES) {
        lost = (await own(storage, name)).some((entry) => entry !== keyName);
        key = await seeds.next();
        await storage.set(keyName, toBase64url(key));
      }
      return { vault: new Vault(glue, seeds, storage, name, key), lost };
    } catch (error) {
      throw fault(error);
    }
  }

  /** Whether there is a key, or nobody can say. */
  static async isSealed(platform: Platform, name: string): Promise<boolean> {
    return patient(platform).get(`${name}/key`).then((key) => key !== undefined, () => true);
  }

  /** A storage without a key: no randomness, so nothing is sealed, and no key is made. For gates, which keep no secret. */
  static plain(glue: Glue, seeds: Seeds, platform: Platform, name: string): Vault {
    return new Vault(glue, seeds, patient(platform), name, undefined);
  }

  /** Reads an entry, base64url; none where there is none. */
  async load(entry: string): Promise<string | undefined> {
    const [found, damaged] = await this.find(entry);
    if (found === undefined && damaged) throw new Fault("storage-damaged");
    return found;
  }

  /** Writes an entry in place of the former one. */
  async save(entry: string, data: string): Promise<void> {
    if (!this.places[entry]) await this.find(entry);
    const former = this.places[entry];
    const place: Place = former ? { slot: former.slot === 0 ? 1 : 0, revision: former.revision + 1 } : { slot: 0, revision: 1 };
    const { key } = this;
    const sealed = key ? await this.seeds.once((seed) => this.glue.text("seal", this.context(entry, place.revision), data, key, seed)) : data;
    if (sealed === undefined) throw new Fault("storage-refused");
    await this.set(this.at(entry, place.slot), `${place.revision}.${sealed.length}.${sealed}`);
    this.places[entry] = place;
    // What stays behind is older, and not read any more.
    if (former) await this.storage.remove(this.at(entry, former.slot)).catch(() => undefined);
  }

  /** Forgets an entry for good. */
  async forget(entry: string): Promise<void> {
    delete this.places[entry];
    for (const slot of [0, 1] as const) await this.storage.remove(this.at(entry, slot)).catch(() => undefined);
  }

  /** Keeps what can't be read aside, so that a new beginning does not destroy it. */
  async setAside(entry: string): Promise<void> {
    for (const slot of [0, 1] as const) {
      const raw = await this.storage.get(this.at(entry, slot)).catch(() => undefined);
      if (raw !== undefined) return this.set(`${this.name}/damaged`, raw).catch(() => undefined);
    }
  }

  /** Makes a key, or finds the one that is there; gives its public half. */
  async makeKey(slot: string): Promise<string> {
    const name = this.slot(slot);
    const { key } = this;
    if (!key) throw new Fault("key-unusable");
    const held = await this.get(name);
    // One that was cut off while it was written was never named to anybody.
    const known = held === undefined ? undefined : this.glue.text("publicKey", name, held, key);
    if (known !== undefined) return known;
    const sealed = await this.seeds.once((seed) => this.glue.text("makeKey", name, key, seed));
    const made = sealed === undefined ? undefined : this.glue.text("publicKey", name, sealed, key);
    if (sealed === undefined || made === undefined) throw new Fault("key-unusable");
    await this.set(name, sealed);
    return made;
  }

  /** Signs with a key; r ‖ s, base64url. */
  async sign(slot: string, message: string): Promise<string> {
    const name = this.slot(slot);
    const sealed = await this.get(name);
    const signature = sealed === undefined || !this.key ? undefined : this.glue.text("signWith", name, sealed, this.key, message);
    if (signature === undefined) throw new Fault("key-unusable");
    return signature;
  }

  /** Forgets a key for good. What stays behind is named by nothing any more. */
  async dropKey(slot: string): Promise<void> {
    await this.storage.remove(this.slot(slot)).catch(() => undefined);
  }

  /** Destroys everything: first the key, and with it the sense of all else. What is cut off here is ended at the next opening. */
  async wipe(): Promise<void> {
    try {
      // Shorter than what was there, so that there is room for it.
      await this.storage.set(`${this.name}/key`, WIPED).catch(() => this.storage.remove(`${this.name}/key`));
      await clear(this.storage, this.name);
      this.key?.fill(0);
    } catch (error) {
      throw fault(error);
    }
  }

  /** The newest of an entry that opens, and whether there is one that does not. */
  private async find(entry: string): Promise<[string | undefined, boolean]> {
    const held: (Place & { sealed: string })[] = [];
    for (const slot of [0, 1] as const) {
      const written = /^(\d+)\.(\d+)\.(.*)$/.exec((await this.get(this.at(entry, slot))) ?? "");
      const [revision, length, sealed = ""] = [Number(written?.[1]), Number(written?.[2]), written?.[3]];
      // The first write of all, cut off: nobody was told that it was done, and nothing was there before.
      if (written && !(revision === 1 && sealed.length < length)) held.push({ slot, revision, sealed: sealed.length === length ? sealed : "" });
    }
    held.sort((one, two) => two.revision - one.revision);
    for (const { slot, revision, sealed } of held) {
      const data = this.key ? this.glue.text("unseal", this.context(entry, revision), sealed, this.key) : sealed;
      if (!data) continue;
      this.places[entry] = { slot, revision };
      return [data, false];
    }
    return [undefined, held.length > 0];
  }

  private async get(name: string): Promise<string | undefined> {
    return this.storage.get(name).catch((error: unknown) => { throw fault(error); });
  }

  private async set(name: string, value: string): Promise<void> {
    return this.storage.set(name, value).catch((error: unknown) => { throw fault(error); });
  }

  private at(entry: string, slot: 0 | 1): string {
    return `${this.name}/${entry}.${slot}`;
  }

  private slot(slot: string): string {
    return `${this.name}/slot-${slot}`;
  }

  /** What an entry is sealed for: neither its name nor its revision can be changed. */
  private context(entry: string, revision: number): string {
    return `${this.name}/${entry}.${revision}`;
  }
}

/** The names in a storage that are a machine's. */
async function own(storage: Storage, name: string): Promise<string[]> {
  return (await storage.keys()).filter((key) => key.startsWith(`${name}/`));
}

/** Removes all that is a machine's, the word that it was wiped last. */
async function clear(storage: Storage, name: string): Promise<void> {
  const names = await own(storage, name);
  for (const key of names.filter((key) => key !== `${name}/key`)) await storage.remove(key);
  await storage.remove(`${name}/key`);
}
