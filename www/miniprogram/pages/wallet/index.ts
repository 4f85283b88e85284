import { type Core, createCore, type Wallet } from "tongma/miniprogram";
import deployment from "#deployment";
import tables from "#texts";
import type { Language, QrView, WalletEvent, WalletView } from "../../../shared/types";
import { type Act, notice, type Told } from "../../blocks";
import { Texts } from "../../texts";
import { entered } from "../../wallet/apply";
import { left, running } from "../../wallet/code";
import { noted } from "../../wallet/diary";
import { type Screen, screen } from "../../wallet/screen";
import { drawOn } from "../../wx/canvas";
import { app, bright, type Consent, contract, hideFromRecordings, phone, type Privacy, save, scan, whenConsentIsAsked } from "../../wx/device";
import { platform } from "../../wx/platform";
import { sweep } from "../../wx/storage";

const MODULE = "/core/wallet.wasm.br";
const GATE = "/verifier/pages/gate/index";

type Local = (this: void, value: string) => void;
type Touch = WechatMiniprogram.CustomEvent<{ value?: string }, Record<string, never>, { act?: Act<WalletEvent>; field?: string }>;

interface Data {
  s: Screen | null;
  /** Time left of the code. */
  left: { words: string; time: string; until: string; part: number } | null;
  privacy: Privacy | null;
  wholeAct: Act<WalletEvent>;
  whyAct: Act<WalletEvent>;
}

Page<Data, {
  wallet: Wallet | undefined;
  view: WalletView | undefined;
  texts: Texts;
  drawn: string;
  clock: number;
  beside: { whole: boolean; adding: { relation: string; sign: string } | null; question: number; said: Told | null };
  fontScale: number;
  answer: Consent | undefined;
  begin(): Promise<void>;
  fail(id: string): void;
  see(view: WalletView): void;
  redraw(): void;
  tick(): void;
  send(event: WalletEvent): void;
  locals(): Record<string, Local>;
  scanned(take: (text: string) => void): Promise<void>;
  qr(): QrView | null;
  act(touch: Touch): void;
  typed(touch: Touch): void;
  fieldLeft(touch: Touch): void;
  language(): void;
  agreed(): void;
  refused(): void;
  contract(): void;
}>({
  data: { s: null, left: null, privacy: null, wholeAct: { local: "whole" }, whyAct: { send: { room: { entered: { room: "colour" } } } } },
  wallet: undefined,
  view: undefined,
  texts: new Texts("zh-CN", tables["zh-CN"]),
  drawn: "",
  clock: 0,
  beside: { whole: false, adding: null, question: -1, said: null },
  fontScale: 1,
  answer: undefined,

  onLoad() {
    // Drawn at once in the language of the phone, before the core is there to say one.
    const { language, fontScale, tooOld } = app();
    this.texts = new Texts(language, tables[language]);
    this.fontScale = fontScale;
    this.beside = { whole: false, adding: null, question: -1, said: null };
    if (tooOld) return this.fail("too-old");
    this.see({ language, display: { contrast: false, elder: false, large: false }, screen: { type: "starting" }, notices: [] });
    whenConsentIsAsked(() => this.texts, (answer, privacy) => {
      this.answer = answer;
      this.setData({ privacy });
    });
    void this.begin();
  },

  onShow() {
    this.wallet?.show();
    this.redraw();
  },

  onHide() {
    this.wallet?.hide();
    clearInterval(this.clock);
    this.clock = 0;
    void bright(false);
    hideFromRecordings(false);
  },

  onUnload() {
    clearInterval(this.clock);
    void bright(false);
    const { wallet } = this;
    this.wallet = undefined;
    void wallet?.stop();
  },

  /** Loads the core and starts the wallet. Whatever is missing is told; nothing half-made stays. */
  async begin() {
    let core: Core;
    try {
      core = await createCore(MODULE);
    } catch (error) {
      return this.fail(codeOf(error) === "platform-too-old" ? "too-old" : "no-core");
    }
    try {
      void sweep().catch(() => undefined);
      this.wallet = await core.wallet({ platform: platform(deployment.origin, () => undefined), languages: app().languages, deployment, onView: (view) => this.see(view) });
    } catch (error) {
      this.fail(codeOf(error) === "no-secure-random" ? "no-random" : "no-core");
    }
  },

  /** What can't be mended here is said on the whole screen. */
  fail(id: string) {
    const { texts } = this;
    this.setData({ s: {
      language: texts.language, looks: texts.language === "en" ? "en" : "zh", name: "failed", brand: texts.text("app-name"), kind: texts.text("wallet-kind"), other: "", code: null,
      blocks: [{ id: "title", kind: "title", text: texts.text("blocked-title") }, { id: "what", kind: "strong", text: texts.text(`mini-${id}`) }, { id: "remedy", kind: "text", text: texts.text(`mini-${id}-remedy`) }],
    } });
  },

  see(view: WalletView) {
    this.view = view;
    if (this.texts.language !== view.language) this.texts = new Texts(view.language, tables[view.language]);
    const { screen: at } = view;
    if (at.type !== "code") {
      this.beside.whole = false;
      void bright(false);
    }
    if (!(at.type === "room" && typeof at.room === "object" && "people" in at.room)) this.beside.adding = null;
    // A venue code that was scanned beside the code is the room's.
    if (at.type === "code" && at.venue) setTimeout(() => this.send({ room: { visits: { scanned: { text: at.venue ?? "" } } } }));
    this.redraw();
  },

  redraw() {
    const { view, texts, beside } = this;
    if (!view) return;
    const now = Date.now() / 1000;
    const said = beside.said && { ...notice<WalletEvent>(beside.said, { buttons: [{ text: texts.text("notice-close"), act: { local: "said" }, look: "quiet" }] }) };
    const next = screen(view, texts, { ...beside, said, now, fontScale: this.fontScale });
    const other = this.data.s?.name !== next.name;
    const qr = this.qr();
    this.setData({ s: next, left: qr && left(qr, now, texts) }, () => {
      const drawn = qr ? `${qr.path}${beside.whole}${next.looks}` : "";
      if (qr && drawn !== this.drawn) drawOn(this, "#qr", qr);
      this.drawn = drawn;
    });
    if (other && typeof wx.pageScrollTo === "function") wx.pageScrollTo({ scrollTop: 0, duration: 0, fail() {} });
    hideFromRecordings(view.screen.type === "code");
    if (qr && !this.clock) this.clock = setInterval(() => this.tick(), 1000) as unknown as number;
    if (!qr && this.clock) {
      clearInterval(this.clock);
      this.clock = 0;
    }
  },

  /** Every second: only the time left changes, until the code is over. */
  tick() {
    const qr = this.qr();
    if (!qr) return this.redraw();
    this.setData({ left: left(qr, Date.now() / 1000, this.texts) });
  },

  qr() {
    const at = this.view?.screen;
    return at?.type === "code" ? running(at, Date.now() / 1000) : null;
  },

  send(event: WalletEvent) {
    this.wallet?.send(event);
  },

  act(touch: Touch) {
    const { act } = touch.currentTarget.dataset;
    if (!act) return;
    if ("send" in act) return this.send(act.send);
    this.locals()[act.local]?.(act.value ?? "");
  },

  locals() {
    const change = (part: Partial<typeof this.beside>) => {
      Object.assign(this.beside, part);
      this.redraw();
    };
    return {
      adding: (value) => {
        const [what = "", word = ""] = value.split(" ");
        const adding = this.beside.adding ?? { relation: "parent", sign: "star" };
        change({ adding: what === "drop" ? null : what === "begin" ? adding : { ...adding, [what]: word } });
      },
      call: (value) => phone(value),
      gate: () => wx.navigateTo({ url: GATE, fail: () => change({ said: { what: this.texts.text("mini-no-core"), remedy: this.texts.text("mini-no-core-remedy") } }) }),
      question: (value) => change({ question: Number(value) }),
      said: () => change({ said: null }),
      save: () => {
        const at = this.view?.screen;
        const file = at?.type === "room" && typeof at.room === "object" && "data" in at.room ? at.room.data.file : null;
        if (!file) return;
        void save(file).then((saved) => {
          if (saved) this.send({ room: { data: "file-taken" } });
          else change({ said: { what: this.texts.text("mini-file-failed"), remedy: this.texts.text("mini-file-failed-remedy") } });
        });
      },
      "scan-gate": () => void this.scanned((text) => {
        // The answer stands where the code does.
        if (this.view?.screen.type === "room") this.send({ room: "left" });
        this.send({ "challenge-read": { text } });
      }),
      "scan-venue": () => void this.scanned((text) => this.send({ room: { visits: { scanned: { text } } } })),
      whole: () => {
        change({ whole: !this.beside.whole });
        void bright(this.beside.whole);
      },
    };
  },

  async scanned(take: (text: string) => void) {
    const found = await scan(this.texts);
    this.beside.said = found && "told" in found ? found.told : null;
    this.redraw();
    if (found && "text" in found) take(found.text);
  },

  typed({ currentTarget: { dataset: { field = "" } }, detail: { value = "" } }: Touch) {
    const at = this.view?.screen;
    if (at?.type === "room") return this.send(noted(field.replace("diary-", ""), value));
    this.send(entered(field, value));
  },

  fieldLeft({ currentTarget: { dataset: { field = "" } } }: Touch) {
    if (this.view?.screen.type === "apply") this.send({ "field-left": { field: field as "name" } });
  },

  language() {
    const other: Language = this.texts.language === "en" ? "zh-CN" : "en";
    this.send({ "language-chosen": { language: other } });
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

/** The code of an error of the core's package. */
const codeOf = (error: unknown): string => String((error as { code?: unknown } | undefined)?.code ?? "");
