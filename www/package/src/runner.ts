import type { Deployment, Effect, Problem, ShellEvent, Update } from "../../shared/types";
import { demand, TongmaError } from "./errors";
import type { Glue } from "./glue";
import { fetchResource } from "./network";
import { missing, type Platform } from "./platform";
import { Seeds } from "./seeds";
import { Fault, Vault } from "./vault";

/** Longest single timer, in seconds: platforms sleep through long ones. */
const LONGEST_TIMER_S = 3600;
/** Where there is no randomness for the moment, it is asked for again after this. */
const RANDOM_AGAIN_S = 1;

/** What a machine is started with. */
export interface Options<View> {
  platform: Platform;
  /** Languages that the person prefers, best first. */
  languages: string[];
  /** The content of the deployment's `deployment.json`. */
  deployment: Deployment;
  /** Called with the whole view whenever it changes. */
  onView(view: View): void;
}

/** A machine in the module. */
export interface Machine {
  /** Its name in storage. */
  name: string;
  update: string;
  reset: string;
  /** It can do without randomness, but for some of its work. */
  plain: boolean;
}

/** The trust list as it was when the wallet was opened for the first time. */
const FIRST_BUNDLE = "first-bundle";

type AnyEvent = string | object;
type Failed = { error: { code: string } };
/** What is done one after the other: all that touches the storage. */
interface Work {
  ticket?: number;
  /** Which entry it writes; none where it is something else. */
  entry?: string;
  data?: string;
  run?(vault: Vault): Promise<ShellEvent | undefined>;
}

/** Takes events to a machine, shows its view, carries out its effects and brings their results back. */
export class Runner<View> {
  private readonly queue: AnyEvent[] = [];
  private readonly works: Work[] = [];
  private readonly seeds: Seeds;
  private stepping = false;
  private waiting = false;
  private working: Promise<void> | undefined;
  private stopping = false;
  private stopped = false;
  private vault: Vault | undefined;
  private cancel: (() => void) | undefined;
  private lastView = "";
  private refused: TongmaError | undefined;

  constructor(private readonly glue: Glue, private readonly machine: Machine, private readonly options: Options<View>) {
    const { platform, languages, deployment, onView } = options ?? {};
    const without = missing(platform);
    demand(without.length === 0, `The platform lacks ${without.join(", ")}: see the interface Platform.`);
    demand(Array.isArray(languages), 'languages has to be a list such as ["zh-CN"].');
    demand(typeof deployment?.rootKey === "string" && typeof deployment.authority === "string", "deployment has to be the content of the authority's deployment.json, read with JSON.parse.");
    demand(typeof onView === "function", "onView has to be a function: it is called with every new view.");
    this.seeds = new Seeds(platform);
  }

  /** Opens the storage and gives the machine its first event. */
  async open(): Promise<void> {
    const { platform, languages, deployment } = this.options;
    await this.seeds.ask().catch(async () => {
      // Where there was randomness before, its being away for once must not begin anew what was sealed.
      if (this.machine.plain && !(await Vault.isSealed(platform, this.machine.name))) return this.seeds.none();
      throw new TongmaError("no-secure-random", "platform.random gave no secure random bytes, so no key can be made, and nothing was stored. Try again, or offer another way, such as a paper code.");
    });
    this.glue.run(this.machine.reset);
    let stored: string | undefined;
    let problem: Problem | null = null;
    let first = false;
    try {
      const { name } = this.machine;
      const { vault, lost } = this.seeds.absent ? { vault: Vault.plain(this.glue, this.seeds, platform, name), lost: false } : await Vault.open(this.glue, this.seeds, platform, name);
      if (lost) problem = { reason: { code: "storage-damaged" } };
      try {
        stored = lost ? undefined : await vault.load("state");
      } catch (error) {
        problem = problemOf(error);
        if (problem.reason.code !== "storage-damaged") throw error;
        await vault.setAside("state");
      }
      this.vault = vault;
      first = stored === undefined;
    } catch (error) {
      problem = problemOf(error);
    }
    this.shell({ opened: { stored: stored ?? null, problem, languages, deployment } });
    // As a page's worker does when it is first opened: what it brings along is there later without a network.
    if (first && this.machine.name === "tongma-wallet") void this.keepFirstBundle();
  }

  /** The platform has no secure random, and the machine does without it. */
  get plain(): boolean {
    return this.seeds.absent;
  }

  /** Takes an event. */
  send(event: AnyEvent): void {
    if (this.stopping) throw new TongmaError("stopped", "This machine was stopped: ask the core for a new one.");
    demand((typeof event === "string" && event !== "") || (typeof event === "object" && event !== null), 'An event is a word such as "retry-asked" or an object with one member: see the types.');
    this.take(event);
    const refused = this.refused;
    this.refused = undefined;
    if (refused) throw refused;
  }

  shell(event: ShellEvent): void {
    if (!this.stopped) this.take({ shell: { event } });
  }

  /** Takes no event any more, but what comes of writing; waits until all that was to be written is, one write after the other. */
  async stop(): Promise<void> {
    if (this.stopping) return;
    this.stopping = true;
    this.cancel?.();
    while (this.working) await this.working;
    this.stopped = true;
    this.options.platform.wake(false);
    this.options.platform.scan(false);
    this.glue.run(this.machine.reset);
  }

  /** One event after the other, also when a callback sends the next one. */
  private take(event: AnyEvent): void {
    this.queue.push(event);
    this.go();
  }

  private go(): void {
    if (this.stepping || this.waiting) return;
    this.stepping = true;
    try {
      while (this.queue.length > 0) {
        const seed = this.seeds.take();
        if (!seed) {
          this.wait();
          break;
        }
        const event = this.queue.shift();
        if (event !== undefined) this.step(event, seed);
      }
    } finally {
      this.stepping = false;
    }
  }

  /** No step without randomness of its own. */
  private wait(): void {
    this.waiting = true;
    const again = () => {
      this.waiting = false;
      if (!this.stopped) this.go();
    };
    this.seeds.ask().then(again, () => { this.options.platform.later(RANDOM_AGAIN_S, again); });
  }

  private step(event: AnyEvent, seed: Uint8Array): void {
    const now = Math.floor(this.options.platform.now());
    const answer = JSON.parse(this.glue.text(this.machine.update, whole(JSON.stringify(event)), now, seed) ?? "null") as Update<View> | Failed | null;
    seed.fill(0);
    if (!answer || "error" in answer) {
      this.refused = new TongmaError("event-unknown", `The core knows no such event: ${JSON.stringify(event).slice(0, 80)}. See the types.`);
      return;
    }
    const view = JSON.stringify(answer.view);
    if (view !== this.lastView) {
      this.lastView = view;
      this.show(answer.view);
    }
    for (const effect of answer.effects) this.carryOut(effect, now);
  }

  /** A view that can't be drawn is the shell's fault: it is told, and the machine goes on. */
  private show(view: View): void {
    try {
      this.options.onView(view);
    } catch (error) {
      void Promise.reject(error);
    }
  }

  private carryOut(effect: Effect, now: number): void {
    const { platform } = this.options;
    // Nobody waits for an answer, or looks at the screen, any more.
    if (this.stopping && ["fetch", "scan", "tick", "wake"].includes(effect.type)) return;
    switch (effect.type) {
      case "check": {
        const results = JSON.parse(this.glue.text("checkSignatures", JSON.stringify(effect.checks)) ?? "[]") as (number | null)[];
        return this.shell({ checked: { ticket: effect.ticket, results } });
      }
      case "drop-key":
        return this.work({ run: async (vault) => void (await vault.dropKey(effect.slot)) });
      case "fetch":
        return void this.fetch(effect);
      case "forget":
        return this.work({ run: async (vault) => void (await vault.forget(`record-${effect.record}`)) });
      case "keep":
        return this.work({ ticket: effect.ticket, entry: `record-${effect.record}`, data: effect.data });
      case "load":
        return this.work({ ticket: effect.ticket, run: async (vault) => ({ loaded: { ticket: effect.ticket, data: (await vault.load(`record-${effect.record}`)) ?? null } }) });
      case "make-key":
        return this.work({ ticket: effect.ticket, run: async (vault) => ({ "key-made": { ticket: effect.ticket, publicKey: await vault.makeKey(effect.slot) } }) });
      case "scan":
        return platform.scan(effect.on);
      case "sign":
        return this.work({ ticket: effect.ticket, run: async (vault) => ({ signed: { ticket: effect.ticket, signature: await vault.sign(effect.slot, effect.message) } }) });
      case "store":
        return this.work({ ticket: effect.ticket, entry: "state", data: effect.state });
      case "tick":
        this.cancel?.();
        this.cancel = platform.later(Math.min(Math.max(effect.at - now, 0), LONGEST_TIMER_S), () => this.shell("ticked"));
        return;
      case "wake":
        return platform.wake(effect.on);
      case "wipe":
        return this.work({ ticket: effect.ticket, run: async (vault) => this.wipe(vault) });
    }
  }

  private async fetch({ ticket, resource }: Effect & { type: "fetch" }): Promise<void> {
    if (resource === "first-bundle") return this.work({ ticket, run: async (vault) => ({ fetched: { ticket, status: 200, body: await readFirstBundle(vault) } }) });
    try {
      this.shell({ fetched: { ticket, ...(await fetchResource(this.options.platform, resource)) } });
    } catch (error) {
      this.shell({ failed: { ticket, problem: problemOf(error, "offline") } });
    }
  }

  /** A wallet that is opened without a network knows the issuers of the day when it was first opened. */
  private async keepFirstBundle(): Promise<void> {
    const answer = await fetchResource(this.options.platform, "bundle").catch(() => undefined);
    if (answer?.status === 200) this.work({ run: async (vault) => void (await vault.save(FIRST_BUNDLE, answer.body)) });
  }

  /** Begins anew, as a page that is opened for the first time. */
  private async wipe(vault: Vault): Promise<undefined> {
    await vault.wipe();
    this.vault = undefined;
    this.cancel?.();
    this.queue.length = 0;
    this.lastView = "";
    if (!this.stopping) await this.open();
  }

  private work(work: Work): void {
    this.works.push(work);
    this.working ??= this.workAll();
  }

  /** In the order asked for; of several writes of the same thing that wait one behind the other only the last is done. */
  private async workAll(): Promise<void> {
    // What the same step asks for as well comes first.
    await undefined;
    for (let work = this.works.shift(); work; work = this.works.shift()) {
      const tickets = [work.ticket];
      while (work.entry !== undefined && this.works[0]?.entry === work.entry) {
        work = this.works.shift() ?? work;
        tickets.push(work.ticket);
      }
      const event = await this.done(work);
      for (const ticket of tickets) {
        if (event === "stored" && ticket !== undefined) this.shell({ stored: { ticket } });
        else if (event instanceof Fault && ticket !== undefined) this.shell({ failed: { ticket, problem: problemOf(event) } });
        else if (typeof event === "object" && !(event instanceof Fault)) this.shell(event);
      }
    }
    this.working = undefined;
  }

  private async done({ entry, data, run }: Work): Promise<ShellEvent | "stored" | Fault | undefined> {
    try {
      if (!this.vault) throw new Fault("storage-refused");
      if (run) return await run(this.vault);
      await this.vault.save(entry ?? "", data ?? "");
      return "stored";
    } catch (error) {
      return error instanceof Fault ? error : new Fault("storage-refused");
    }
  }
}

/** JSON with half a surrogate pair, which no text of the core can hold, as U+FFFD. */
function whole(json: string): string {
  return json.replace(/\\\\|\\ud[89a-f][0-9a-f]{2}/g, (escaped) => (escaped === "\\\\" ? escaped : "\ufffd"));
}

async function readFirstBundle(vault: Vault): Promise<string> {
  const held = await vault.load(FIRST_BUNDLE);
  if (held === undefined) throw new Fault("offline");
  return held;
}

/** What the core is told of a fault. */
function problemOf(error: unknown, otherwise: Fault["reason"] = "storage-refused"): Problem {
  return { reason: { code: error instanceof Fault ? error.reason : otherwise } };
}
