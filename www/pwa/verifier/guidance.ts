import type { Hint } from "../../shared/types";

/** What is said beside the camera's picture: what would help, or that the camera was started again. */
export type Said = Exclude<Hint, "nothing" | "read"> | "restarted";

/** A code in a calm hand is read before this, in milliseconds; and nothing changes faster, for it is read aloud. */
const PATIENCE_MS = 1500;
/** So many of the frames must agree: a hand that comes in makes a moment's shadow. */
const SHARE = 1 / 3;

/** Says one thing at a time, and seldom another. */
export class Guidance {
  readonly #changed: () => void;
  #counts = new Map<Hint, number>();
  #until = 0;
  said: Said | null = null;

  constructor(changed: () => void) {
    this.#changed = changed;
  }

  /** Looking begins anew, or a code was read: nothing is to be said for a while. */
  rest(now: number): void {
    this.#wait(now);
    this.#say(null);
  }

  /** The first frames are coming. What was said stays for its time. */
  begin(now: number): void {
    this.#wait(Math.max(now, this.#until - PATIENCE_MS));
  }

  restarted(now: number): void {
    // It comes once, where a hint stays as long as it is true.
    this.#wait(now + PATIENCE_MS);
    this.#say("restarted");
  }

  /** What the core says of a frame. */
  note(hint: Hint, now: number): void {
    if (hint === "read") return this.rest(now);
    this.#counts.set(hint, (this.#counts.get(hint) ?? 0) + 1);
    if (now < this.#until) return;
    const all = [...this.#counts.values()].reduce((sum, count) => sum + count, 0);
    let [most, best] = [all * SHARE, null as Said | null];
    for (const [candidate, count] of this.#counts) {
      if (candidate !== "nothing" && candidate !== "read" && count >= most) [most, best] = [count, candidate];
    }
    this.#wait(now);
    this.#say(best);
  }

  #wait(now: number): void {
    this.#counts.clear();
    this.#until = now + PATIENCE_MS;
  }

  #say(said: Said | null): void {
    if (said === this.said) return;
    this.said = said;
    this.#changed();
  }
}
