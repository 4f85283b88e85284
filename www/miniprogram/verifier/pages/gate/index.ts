import { type Core, createCore, type Verifier } from "tongma/miniprogram";
import deployment from "#deployment";
import tables from "#texts";
import type { QrView, Source, VerifierEvent, VerifierView } from "../../../../shared/types";
import { type Act, notice, type Told } from "../../../blocks";
import { type GateScreen, screen } from "../../../gate/screen";
import { chosen } from "../../../gate/settings";
import { Texts } from "../../../texts";
import { drawOn } from "../../../wx/canvas";
import { app, buzz, consent, type Consent, contract, type Privacy, readable, save, scan, whenConsentIsAsked } from "../../../wx/device";
import { platform } from "../../../wx/platform";

const MODULE = "/verifier/core/verifier.wasm.br";
/** How long a pass is shown before the camera looks again, in milliseconds. */
const PASS_SHOWN_MS = 3000;
/** How long data of a person stay on the screen, in milliseconds. */
const FADE_MS = 5000;
/** How often the ages of the data are told anew, in milliseconds. */
const AGES_MS = 30_000;

type Touch = WechatMiniprogram.CustomEvent<{ value?: string; result?: string }, Record<string, never>, { act?: Act<VerifierEvent>; field?: string; key?: string }>;

interface Data {
  s: GateScreen | null;
  /** The camera may be used: the person agreed, and the core wants it. */
  camera: boolean;
  flash: "off" | "torch";
  privacy: Privacy | null;
  settingsAct: Act<VerifierEvent>;
  nextAct: Act<VerifierEvent>;
}

Page<Data, {
  gate: Verifier | undefined;
  view: VerifierView | undefined;
  texts: Texts;
  /** The answer that was told last. */
  told: string;
  drawn: string;
  beside: { faded: boolean; digits: string; pasting: boolean; pasted: string; said: Told | null };
  timers: { pass: number; fade: number; ages: number };
  wanted: boolean;
  consented: boolean;
  answer: Consent | undefined;
  begin(): Promise<void>;
  fail(id: string): void;
  see(view: VerifierView): void;
  tell(view: VerifierView): void;
  redraw(): void;
  send(event: VerifierEvent): void;
  read(text: string, source: Source): void;
  camera(): Promise<void>;
  scanned(): Promise<void>;
  act(touch: Touch): void;
  local(name: string): void;
  press(touch: Touch): void;
  typed(touch: Touch): void;
  fieldLeft(): void;
  hold(): void;
  language(): void;
  cameraBegan(): void;
  cameraRead(touch: Touch): void;
  cameraFailed(): void;
  agreed(): void;
  refused(): void;
  contract(): void;
}>({
  data: { s: null, camera: false, flash: "off", privacy: null, settingsAct: { send: "settings-opened" }, nextAct: { send: "dismissed" } },
  gate: undefined,
  view: undefined,
  texts: new Texts("zh-CN", tables["zh-CN"]),
  told: "",
  drawn: "",
  beside: { faded: false, digits: "", pasting: false, pasted: "", said: null },
  timers: { pass: 0, fade: 0, ages: 0 },
  wanted: false,
  consented: false,
  answer: undefined,

  onLoad() {
    const { language, tooOld } = app();
    this.texts = new Texts(language, tables[language]);
    this.beside = { faded: false, digits: "", pasting: false, pasted: "", said: null };
    this.timers = { pass: 0, fade: 0, ages: setInterval(() => this.redraw(), AGES_MS) as unknown as number };
    if (tooOld) return this.fail("too-old");
    whenConsentIsAsked(() => this.texts, (answer, privacy) => {
      this.answer = answer;
      this.setData({ privacy });
    });
    void this.begin();
  },

  onShow() {
    this.gate?.show();
    void this.camera();
  },

  onHide() {
    this.gate?.hide();
    this.setData({ camera: false });
  },

  onUnload() {
    for (const timer of [this.timers.pass, this.timers.fade, this.timers.ages]) clearTimeout(timer);
    const { gate } = this;
    this.gate = undefined;
    void gate?.stop();
  },

  async begin() {
    let core: Core;
    try {
      core = await createCore(MODULE);
    } catch (error) {
      return this.fail(codeOf(error) === "platform-too-old" ? "too-old" : "no-core");
    }
    const scanning = (on: boolean) => {
      this.wanted = on;
      void this.camera();
    };
    try {
      this.gate = await core.verifier({ platform: platform(deployment.origin, scanning), languages: app().languages, deployment, onView: (view) => this.see(view) });
    } catch (error) {
      this.fail(codeOf(error) === "no-secure-random" ? "no-random" : "no-core");
    }
  },

  fail(id: string) {
    const { texts } = this;
    this.setData({ s: {
      language: texts.language, looks: texts.language === "en" ? "gate en" : "gate zh", name: "failed", brand: texts.text("app-name"), kind: texts.text("verifier-kind"), other: "",
      settings: "", camera: false, challenge: null, keypad: null, answer: null,
      blocks: [{ id: "title", kind: "title", text: texts.text("blocked-title") }, { id: "what", kind: "strong", text: texts.text(`mini-${id}`) }, { id: "remedy", kind: "text", text: texts.text(`mini-${id}-remedy`) }],
    } });
  },

  see(view: VerifierView) {
    const before = this.view?.screen.type;
    this.view = view;
    if (this.texts.language !== view.language) this.texts = new Texts(view.language, tables[view.language]);
    if (view.screen.type !== before) Object.assign(this.beside, { digits: "", pasting: false, pasted: "" });
    this.tell(view);
    this.redraw();
  },

  /** Every new answer is told once. A pass goes away by itself, so that a queue moves; every other answer waits for a hand. */
  tell({ screen: at, gate, log }: VerifierView) {
    if (log.file) {
      const { file } = log;
      this.gate?.send("log-export-taken");
      void save(file).then((saved) => {
        if (saved) return;
        this.beside.said = { what: this.texts.text("mini-file-failed"), remedy: this.texts.text("mini-file-failed-remedy") };
        this.redraw();
      });
    }
    const given = at.type === "verdict" ? at.verdict : at.type === "group" ? at.group : null;
    const answer = given ? JSON.stringify(at) : "";
    if (answer === this.told) return;
    this.told = answer;
    clearTimeout(this.timers.pass);
    clearTimeout(this.timers.fade);
    this.beside.faded = false;
    if (!given) return;
    buzz(given.outcome);
    if (given.outcome === "pass") this.timers.pass = setTimeout(() => this.send("dismissed"), PASS_SHOWN_MS) as unknown as number;
    if (!gate.fade) return;
    this.timers.fade = setTimeout(() => {
      this.beside.faded = true;
      this.redraw();
    }, FADE_MS) as unknown as number;
  },

  redraw() {
    const { view, texts, beside } = this;
    if (!view) return;
    const said = beside.said && notice<VerifierEvent>(beside.said, { buttons: [{ text: texts.text("notice-close"), act: { local: "said" }, look: "quiet" }] });
    const next = screen(view, texts, { ...beside, said, now: Date.now() / 1000 });
    const other = this.data.s?.name !== next.name;
    const qr: QrView | null = next.challenge ? view.challenge : null;
    this.setData({ s: next }, () => {
      const drawn = qr ? qr.path : "";
      if (qr && drawn !== this.drawn) drawOn(this, "#challenge", qr);
      this.drawn = drawn;
    });
    if (other && typeof wx.pageScrollTo === "function") wx.pageScrollTo({ scrollTop: 0, duration: 0, fail() {} });
  },

  send(event: VerifierEvent) {
    this.gate?.send(event);
  },

  read(text: string, source: Source) {
    this.send({ "text-read": { text, source } });
  },

  /** The camera is there only while it is wanted and the person has agreed to it. */
  async camera() {
    if (!this.wanted) return this.setData({ camera: false });
    try {
      if (!this.consented) await consent();
      this.consented = true;
      this.setData({ camera: this.wanted });
    } catch {
      this.send({ "camera-failed": { reason: { code: "camera-refused" } } });
    }
  },

  cameraBegan() {
    this.send("camera-started");
  },

  cameraRead({ detail }: Touch) {
    const text = readable(detail.result);
    if (text) this.read(text, "camera");
  },

  cameraFailed() {
    this.setData({ camera: false });
    this.send({ "camera-failed": { reason: { code: "camera-refused" } } });
  },

  async scanned() {
    const found = await scan(this.texts);
    this.beside.said = found && "told" in found ? found.told : null;
    this.redraw();
    if (found && "text" in found) this.read(found.text, "picture");
  },

  act(touch: Touch) {
    const { act } = touch.currentTarget.dataset;
    if (!act) return;
    if ("send" in act) return this.send(act.send);
    this.local(act.local);
  },

  local(name: string) {
    const { beside } = this;
    if (name === "scan") void this.scanned();
    if (name === "paste") beside.pasting = !beside.pasting;
    if (name === "pasted") {
      beside.pasting = false;
      this.read(readable(beside.pasted), "paste");
    }
    if (name === "said") beside.said = null;
    if (name === "hold") this.hold();
    if (name === "camera-again") {
      this.consented = false;
      this.send("camera-started");
      void this.camera();
    }
    this.redraw();
  },

  /** The temperature by keypad: three digits, the point comes by itself. */
  press({ currentTarget: { dataset: { key = "" } } }: Touch) {
    const { digits } = this.beside;
    const next = key === "clear" ? "" : key === "back" ? digits.slice(0, -1) : (digits.length >= 3 ? "" : digits) + key;
    this.beside.digits = next;
    this.redraw();
    if (next.length === 3) this.send({ "temperature-entered": { text: `${next.slice(0, 2)}.${next.slice(2)}` } });
  },

  typed({ currentTarget: { dataset: { field = "" } }, detail: { value = "" } }: Touch) {
    if (field === "paste") {
      this.beside.pasted = value;
      return;
    }
    const { view } = this;
    if (view?.screen.type !== "settings") return;
    const event = chosen(view.gate, view.screen.kinds, field, value);
    if (event) this.send(event);
  },

  fieldLeft() {},

  /** A hand on the screen keeps what is shown. */
  hold() {
    clearTimeout(this.timers.pass);
    clearTimeout(this.timers.fade);
    if (!this.beside.faded) return;
    this.beside.faded = false;
    this.redraw();
  },

  language() {
    this.send({ "language-chosen": { language: this.texts.language === "en" ? "zh-CN" : "en" } });
  },

  agreed() {
    this.answer?.({ event: "agree", buttonId: "agree" });
    this.setData({ privacy: null });
  },

  refused() {
    this.answer?.({ event: "disagree" });
    this.setData({ privacy: null });
  },

  contract() {
    contract();
  },
});

const codeOf = (error: unknown): string => String((error as { code?: unknown } | undefined)?.code ?? "");
