/** What a host gives: all that the core knows of the world. */
export interface Platform {
  /** Unix seconds. */
  now(): number;
  /** As many bytes of a cryptographically secure source; rejects where there is none. Then no key is ever made. */
  random(length: number): Promise<Uint8Array>;
  /** Everything that is kept. */
  storage: Storage;
  /** Asks the deployment's own origin; rejects where there is no answer. */
  fetch(request: Request): Promise<Answer>;
  /** Does something in so many seconds; gives what cancels it. */
  later(seconds: number, work: () => void): () => void;
  /** Keeps the screen awake, or no longer. */
  wake(on: boolean): void;
  /** Turns the camera on or off. */
  scan(on: boolean): void;
}

/** Texts by name. A write that is answered has to outlive the program. */
export interface Storage {
  get(key: string): Promise<string | undefined>;
  /** Rejects with `{ reason: "storage-full" }`, or with anything else for `storage-refused`. */
  set(key: string, value: string): Promise<void>;
  remove(key: string): Promise<void>;
  keys(): Promise<string[]>;
}

/** A request to the own origin. */
export interface Request {
  method: "GET" | "POST";
  /** Begins with a slash. */
  path: string;
  /** Media type of the body. */
  type?: string;
  body?: Uint8Array;
}

/** What came back. */
export interface Answer {
  status: number;
  body: Uint8Array;
}

const WANTED = ["now", "random", "fetch", "later", "wake", "scan"] as const;
const STORAGE = ["get", "set", "remove", "keys"] as const;

/** Names of the functions that a platform lacks. */
export function missing(platform: Platform | undefined): string[] {
  if (!platform) return ["platform"];
  const { storage } = platform;
  const without = WANTED.filter((name) => typeof platform[name] !== "function").map((name) => `platform.${name}`);
  return [...without, ...STORAGE.filter((name) => typeof storage?.[name] !== "function").map((name) => `platform.storage.${name}`)];
}

/** What a platform answers, or a refusal where it does not answer in so many seconds. */
export function within<T>(platform: Platform, seconds: number, answer: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const cancel = platform.later(seconds, () => reject(new Error("no answer")));
    const end = <V>(then: (value: V) => void) => (value: V) => {
      cancel();
      then(value);
    };
    answer.then(end(resolve), end(reject));
  });
}
