// What a page of a gate does beside drawing: it tells each answer once, keeps what only the screen knows, and says what a touch means.
import type { FileView, Language, Outcome, QrView, Source, VerifierEvent, VerifierView } from "../../shared/types";
import type { Words } from "../../shared/words";
import { type Act, notice, type Told } from "../blocks";
import { type GateScreen, screen } from "./screen";
import { chosen } from "./settings";

/** How long a pass is shown before the camera looks again, in milliseconds. */
const PASS_SHOWN_MS = 3000;
/** How long data of a person stay on the screen, in milliseconds. */
const FADE_MS = 5000;
/** How often the ages of the data are told anew, in milliseconds. */
const AGES_MS = 30_000;

/** What a platform does for the page of a gate. */
export interface GateHost {
  /** It has secure randomness. */
  random: boolean;
  /** The words for its scanner. */
  scanner: "mini-scan" | "mini-scan-alipay";
  /** The texts of a language. */
  words(language: Language): Words;
  /** Draws a screen, then calls back. */
  draw(screen: GateScreen, drawn: () => void): void;
  /** Another screen begins at its top. */
  top(): void;
  /** Draws the gate's own code. */
  challenge(qr: QrView): void;
  buzz(outcome: Outcome): void;
  /** Has the platform scan a code: its text, or what to say; nothing where the person went back. */
  scan(words: Words): Promise<{ text: string } | { told: Told } | null>;
  /** Hands a file over; false where that failed. */
  save(file: FileView): Promise<boolean>;
  /** The person wants the camera again. */
  camera(): void;
  /** Sends an event to the core. */
  send(event: VerifierEvent): void;
}

export class Gate {
  view: VerifierView | undefined;
  words: Words;
  private readonly host: GateHost;
  /** The answer that was told last. */
  private told = "";
  private drawn = "";
  private name = "";
  private beside: { faded: boolean; digits: string; pasting: boolean; pasted: string; said: Told | null } = { faded: false, digits: "", pasting: false, pasted: "", said: null };
  private pass: unknown;
  private fade: unknown;
  private readonly ages: unknown;

  constructor(host: GateHost, language: Language) {
    this.host = host;
    this.words = host.words(language);
    this.ages = setInterval(() => this.redraw(), AGES_MS);
  }

  /** Ends what would still happen by itself. */
  end(): void {
    this.stay();
    clearInterval(this.ages as number);
  }

  /** What can't be mended is said on the whole screen. */
  fail(what: "too-old" | "no-core" | "no-random"): void {
    const { words } = this;
    const blocks: GateScreen["blocks"] = [
      { id: "title", kind: "title", text: words.text("blocked-title") },
      { id: "what", kind: "strong", text: words.text(`mini-${what}`) },
      { id: "remedy", kind: "text", text: words.text(`mini-${what}-remedy`) },
    ];
    const looks = words.language === "en" ? "gate en" : "gate zh";
    this.host.draw({ language: words.language, looks, name: "failed", brand: words.text("app-name"), kind: words.text("verifier-kind"), other: "", settings: "", camera: false, challenge: null, keypad: null, answer: null, blocks }, () => undefined);
  }

  see(view: VerifierView): void {
    const before = this.view && this.view.screen.type;
    this.view = view;
    if (this.words.language !== view.language) this.words = this.host.words(view.language);
    if (view.screen.type !== before) Object.assign(this.beside, { digits: "", pasting: false, pasted: "" });
    this.tell(view);
    this.redraw();
  }

  /** Something to say that the core does not know of; nothing to take it away. */
  say(told: Told | null): void {
    this.beside.said = told;
    this.redraw();
  }

  act(act: Act<VerifierEvent> | undefined): void {
    if (!act) return;
    if ("send" in act) return this.host.send(act.send);
    const { beside } = this;
    if (act.local === "scan") void this.scan();
    if (act.local === "paste") beside.pasting = !beside.pasting;
    if (act.local === "pasted") {
      beside.pasting = false;
      this.read(beside.pasted, "paste");
    }
    if (act.local === "said") beside.said = null;
    if (act.local === "hold") this.hold();
    if (act.local === "camera-again") {
      this.host.send("camera-started");
      this.host.camera();
    }
    this.redraw();
  }

  read(text: string, source: Source): void {
    this.host.send({ "text-read": { text, source } });
  }

  /** The temperature by keypad: three digits, the point comes by itself. */
  press(key: string): void {
    const { digits } = this.beside;
    const next = key === "clear" ? "" : key === "back" ? digits.slice(0, -1) : (digits.length >= 3 ? "" : digits) + key;
    this.beside.digits = next;
    this.redraw();
    if (next.length === 3) this.host.send({ "temperature-entered": { text: `${next.slice(0, 2)}.${next.slice(2)}` } });
  }

  typed(field: string, value: string): void {
    if (field === "paste") {
      this.beside.pasted = value;
      return;
    }
    const { view } = this;
    if (!view || view.screen.type !== "settings") return;
    const event = chosen(view.gate, view.screen.kinds, field, value);
    if (event) this.host.send(event);
  }

  /** A hand on the screen keeps what is shown. */
  hold(): void {
    this.stay();
    if (!this.beside.faded) return;
    this.beside.faded = false;
    this.redraw();
  }

  otherLanguage(): void {
    this.host.send({ "language-chosen": { language: this.words.language === "en" ? "zh-CN" : "en" } });
  }

  private async scan(): Promise<void> {
    const found = await this.host.scan(this.words);
    this.say(found && "told" in found ? found.told : null);
    if (found && "text" in found) this.read(found.text, "picture");
  }

  private stay(): void {
    clearTimeout(this.pass as number);
    clearTimeout(this.fade as number);
  }

  /** Every new answer is told once. A pass goes away by itself, so that a queue moves; every other answer waits for a hand. */
  private tell({ screen: at, gate, log }: VerifierView): void {
    if (log.file) {
      this.host.send("log-export-taken");
      const failed = { what: this.words.text("mini-file-failed"), remedy: this.words.text("mini-file-failed-remedy") };
      void this.host.save(log.file).then((saved) => (saved ? undefined : this.say(failed)));
    }
    const given = at.type === "verdict" ? at.verdict : at.type === "group" ? at.group : null;
    const answer = given ? JSON.stringify(at) : "";
    if (answer === this.told) return;
    this.told = answer;
    this.stay();
    this.beside.faded = false;
    if (!given) return;
    this.host.buzz(given.outcome);
    if (given.outcome === "pass") this.pass = setTimeout(() => this.host.send("dismissed"), PASS_SHOWN_MS);
    if (!gate.fade) return;
    this.fade = setTimeout(() => {
      this.beside.faded = true;
      this.redraw();
    }, FADE_MS);
  }

  private redraw(): void {
    const { view, words, beside } = this;
    if (!view) return;
    const said = beside.said && notice<VerifierEvent>(beside.said, { buttons: [{ text: words.text("notice-close"), act: { local: "said" }, look: "quiet" }] });
    const next = screen(view, words, { ...beside, said, random: this.host.random, scanner: this.host.scanner, now: Date.now() / 1000 });
    const other = this.name !== next.name;
    this.name = next.name;
    const qr = next.challenge ? view.challenge : null;
    this.host.draw(next, () => {
      const drawn = qr ? qr.path : "";
      if (qr && drawn !== this.drawn) this.host.challenge(qr);
      this.drawn = drawn;
    });
    if (other) this.host.top();
  }
}
