import { type Platform, within } from "./platform";

const SEED = 32;
const POOL = 64 * SEED;
/** A source that does not answer by then is none. */
const PATIENCE_S = 10;

/**
 * Randomness of the platform, asked for in advance, as some platforms give it only later. Each byte is used once. There is no other source:
 * where the platform gives none, whoever needs a seed waits, or does without what needs it.
 */
export class Seeds {
  private readonly platform: Platform;
  private pool = new Uint8Array(0);
  private at = 0;
  private asked: Promise<void> | undefined;
  /** There is no secure source here. */
  absent = false;

  constructor(platform: Platform) {
    this.platform = platform;
  }

  /** From now on each seed is all zeros: for a machine that is asked for nothing that needs one. */
  none(): void {
    this.absent = true;
  }

  /** A seed, if one is at hand. */
  take(): Uint8Array | undefined {
    if (this.absent) return new Uint8Array(SEED);
    if (this.pool.length - this.at < POOL / 4) this.ask().catch(() => undefined);
    if (this.pool.length - this.at < SEED) return undefined;
    const seed = this.pool.slice(this.at, this.at + SEED);
    this.pool.fill(0, this.at, this.at + SEED);
    this.at += SEED;
    return seed;
  }

  /** A seed as soon as there is one; rejects where the platform gives none. */
  async next(): Promise<Uint8Array> {
    for (;;) {
      const seed = this.take();
      if (seed) return seed;
      await this.ask();
    }
  }

  /** Does something with a seed, which is overwritten then: a key may have been made of it. */
  async once<T>(work: (seed: Uint8Array) => T): Promise<T> {
    const seed = await this.next();
    try {
      return work(seed);
    } finally {
      seed.fill(0);
    }
  }

  /** Sees to it that there are seeds; rejects where the platform gives none. */
  ask(): Promise<void> {
    this.asked ??= this.fill().then(
      () => { this.asked = undefined; },
      (error: unknown) => { this.asked = undefined; throw error; },
    );
    return this.asked;
  }

  private async fill(): Promise<void> {
    const given = await within(this.platform, PATIENCE_S, this.platform.random(POOL));
    // A source that gives less than it was asked for, or always the same, is none.
    if (!ArrayBuffer.isView(given) || given.length !== POOL || given.every((byte) => byte === given[0])) throw new Error("not random");
    this.pool = new Uint8Array(given);
    given.fill(0);
    this.at = 0;
  }
}
