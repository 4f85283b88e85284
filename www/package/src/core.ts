import type { Place, ShellEvent, Verdict, VerifierEvent, VerifierView, WalletEvent, WalletView } from "../../shared/types";
import { toBase64url } from "./bytes";
import { demand, TongmaError } from "./errors";
import type { Exports } from "./glue";
import { Glue } from "./glue";
import { type Machine, type Options, Runner } from "./runner";

export type WalletOptions = Options<WalletView>;
export type VerifierOptions = Options<VerifierView>;

/** What a text is verified by. */
export interface Trust {
  /** The root key that the bundle must be signed by: `rootKey` of the authority's deployment.json. */
  rootKey: string;
  /** `bundle.cbor`: its bytes, or base64url. */
  bundle: Uint8Array | string;
  /** The status lists that the bundle names. Without its list a code is *cannot tell*. */
  statusLists?: (Uint8Array | string)[];
  /** Unix seconds; by default those of the clock. */
  now?: number;
  /** The place, whose rules decide. Without one green passes, yellow is restricted and red is stopped. */
  place?: Place;
  /** This verifier's own audience, accepted beside the group audience. */
  audience?: string;
  /** The nonce that was shown: then it and the audience are required. */
  nonce?: Uint8Array | string;
}

const WALLET: Machine = { name: "tongma-wallet", update: "walletUpdate", reset: "walletReset", plain: false };
const VERIFIER: Machine = { name: "tongma-verifier", update: "verifierUpdate", reset: "verifierReset", plain: true };

const MADE = {};

/** Nothing here is made by `new`. */
function madeHere(mark: unknown, what: string, how: string): void {
  if (mark !== MADE) throw new TongmaError("not-loaded", `${what} is not made by "new": ${how}`);
}

/** A running machine. */
abstract class Running<Event extends string | object, View> {
  protected readonly runner: Runner<View>;
  private readonly ended: () => void;

  constructor(mark: unknown, runner: Runner<View>, ended: () => void, how: string) {
    madeHere(mark, "A wallet or verifier", how);
    [this.runner, this.ended] = [runner, ended];
  }

  /** The platform has no secure random. */
  get plain(): boolean {
    return this.runner.plain;
  }

  /** What a person did. */
  send(event: Event): void {
    this.runner.send(event);
  }

  /** The program went to the background. */
  hide(): void {
    this.runner.shell("hidden" satisfies ShellEvent);
  }

  /** The program is in front again, or the network is back. */
  show(): void {
    this.runner.shell("shown" satisfies ShellEvent);
  }

  /** Ends it when all that is to be written is written. The core can run another one then. */
  async stop(): Promise<void> {
    await this.runner.stop();
    this.ended();
  }
}

/** A wallet that runs: `core.wallet(…)` makes it. */
export class Wallet extends Running<WalletEvent, WalletView> {
  /** @internal */
  constructor(mark: unknown, runner: Runner<WalletView>, ended: () => void) {
    super(mark, runner, ended, "const core = await createCore(wallet); const wallet = await core.wallet({ … }).");
  }
}

/** A gate that runs: `core.verifier(…)` makes it. */
export class Verifier extends Running<VerifierEvent, VerifierView> {
  /** @internal */
  constructor(mark: unknown, runner: Runner<VerifierView>, ended: () => void) {
    super(mark, runner, ended, "const core = await createCore(verifier); const verifier = await core.verifier({ … }).");
  }

  /** Where the platform has no secure random a challenge could be guessed: such a gate can't ask for answers. */
  override send(event: VerifierEvent): void {
    if (this.runner.plain && typeof event === "object" && event !== null && "gate-changed" in event) {
      const { challenge, strict } = event["gate-changed"].gate;
      if (challenge || strict) throw new TongmaError("no-secure-random", "platform.random gives no secure random bytes, so this gate can't ask for answers to a challenge: leave challenge and strict off.");
    }
    super.send(event);
  }
}

/** A module that is loaded: `createCore` makes it. It runs one wallet, or one verifier, at a time. */
export class Core {
  /** @internal */
  readonly glue: Glue;
  private running = false;
  private trusted = "";

  /** @internal */
  constructor(mark: unknown, exports: Exports) {
    madeHere(mark, "A core", "await createCore(source) loads the module first.");
    this.glue = new Glue(exports);
    if (!this.glue.has(WALLET.update) && !this.glue.has(VERIFIER.update)) {
      throw new TongmaError("wasm-foreign", "This is not a module of this package: use wallet.wasm or verifier.wasm that came with it.");
    }
  }

  /** Starts the wallet. The module has to be `wallet.wasm`. */
  async wallet(options: WalletOptions): Promise<Wallet> {
    return this.start(WALLET, options, (runner: Runner<WalletView>, ended) => new Wallet(MADE, runner, ended));
  }

  /**
   * Starts a verifier. The module has to be `verifier.wasm`. Where the platform has no secure random it works, but for what needs it: challenges,
   * and the signature under the log; and what it keeps is not sealed.
   */
  async verifier(options: VerifierOptions): Promise<Verifier> {
    return this.start(VERIFIER, options, (runner: Runner<VerifierView>, ended) => new Verifier(MADE, runner, ended));
  }

  /** Verifies the text of a code in one call. The module has to be `verifier.wasm`. */
  verify(text: string, trust: Trust): Verdict {
    return this.answer<Verdict>("verifyText", ...this.question(text, trust));
  }

  /** @internal What a function of the module answers, once it is told what is trusted. */
  answer<Answer>(name: string, ...values: (string | number)[]): Answer {
    const answer = JSON.parse(this.glue.text(name, ...values) ?? '{"error":1}');
    if (answer.error) throw new TongmaError("wrong-argument", "place or nonce has another shape than the types say.");
    return answer;
  }

  /** @internal What is asked of a text, as the module takes it. What is trusted it is told when that is another. */
  question(text: string, trust: Trust): [text: string, asked: string, now: number] {
    demand(typeof text === "string", "verify takes the text of a code first.");
    const { rootKey, bundle, statusLists = [], now = Date.now() / 1000, place = null, audience = null, nonce } = trust ?? {};
    demand(typeof rootKey === "string", "rootKey is missing: take it from the authority's deployment.json, and keep it with your program.");
    const bytes = (value: Uint8Array | string, name: string): string => {
      if (typeof value === "string") return value;
      demand(ArrayBuffer.isView(value), `${name} has to be a Uint8Array or base64url.`);
      return toBase64url(value);
    };
    demand(Array.isArray(statusLists), "statusLists has to be a list.");
    demand(Number.isFinite(now), "now has to be a number of seconds.");
    const trusted = JSON.stringify({ rootKey, bundle: bytes(bundle, "bundle"), statusLists: statusLists.map((list) => bytes(list, "a status list")) });
    const asked = JSON.stringify({ audience, nonce: nonce === undefined ? null : bytes(nonce, "nonce"), place });
    if (trusted !== this.trusted) {
      this.glue.run("trustFromNow", trusted);
      this.trusted = trusted;
    }
    return [text, asked, now];
  }

  /**
   * Looks for a code in a frame of a camera (RGBA, row by row); gives its text. Each frame gets only some of the looks that there are: the next
   * one gets others. `first` says that a new stream begins. The module has to be `verifier.wasm`.
   */
  scan(rgba: Uint8Array, width: number, height: number, first = false): string | undefined {
    demand(ArrayBuffer.isView(rgba) && rgba.length === width * height * 4, "scan takes 4 bytes for each of width × height pixels.");
    return this.glue.text("scanFrame", rgba, width, height, first);
  }

  private async start<View, Made>(machine: Machine, options: Options<View>, make: (runner: Runner<View>, ended: () => void) => Made): Promise<Made> {
    if (!this.glue.has(machine.update)) {
      const module = machine === WALLET ? "wallet.wasm" : "verifier.wasm";
      throw new TongmaError("not-in-this-module", `This module has none: make a core of ${module} with createCore.`);
    }
    if (this.running) throw new TongmaError("already-running", "This core runs one already: await its stop() first, or make a second core with createCore.");
    const runner = new Runner(this.glue, machine, options);
    this.running = true;
    try {
      await runner.open();
    } catch (error) {
      this.running = false;
      throw error;
    }
    return make(runner, () => { this.running = false; });
  }
}

/** A core of what a module gives. */
export function coreOf(exports: Exports): Core {
  return new Core(MADE, exports);
}

/** Says what to do to whoever forgets that a core comes later. */
export function awaited(loading: Promise<Core>): Promise<Core> {
  const early = () => {
    throw new TongmaError("not-loaded", "The core is not loaded yet: write const core = await createCore(source).");
  };
  return Object.assign(loading, { wallet: early, verifier: early, verify: early, scan: early });
}
