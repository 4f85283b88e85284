import { type Core, createCore, type Verifier } from "tongma/miniprogram";
import deployment from "#deployment";
import tables from "#texts";
import type { VerifierEvent } from "../../../../shared/types";
import type { Act } from "../../../blocks";
import { Gate } from "../../../gate/controller";
import type { GateScreen } from "../../../gate/screen";
import { readable } from "../../../scanned";
import { Texts } from "../../../texts";
import { drawOn } from "../../../wx/canvas";
import { app, buzz, consent, type Consent, contract, type Privacy, save, scan, whenConsentIsAsked } from "../../../wx/device";
import { platform } from "../../../wx/platform";

const MODULE = "/verifier/core/verifier.wasm.br";

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
  core: Verifier | undefined;
  gate: Gate | undefined;
  wanted: boolean;
  consented: boolean;
  answer: Consent | undefined;
  begin(gate: Gate): Promise<void>;
  send(event: VerifierEvent): void;
  camera(): Promise<void>;
  act(touch: Touch): void;
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
  core: undefined,
  gate: undefined,
  wanted: false,
  consented: false,
  answer: undefined,

  onLoad() {
    const { language, tooOld } = app();
    const gate = new Gate({
      random: true,
      scanner: "mini-scan",
      words: (language) => new Texts(language, tables[language]),
      draw: (s, drawn) => this.setData({ s }, drawn),
      top: () => void (typeof wx.pageScrollTo === "function" && wx.pageScrollTo({ scrollTop: 0, duration: 0, fail() {} })),
      challenge: (qr) => drawOn(this, "#challenge", qr),
      buzz,
      scan,
      save,
      camera: () => {
        this.consented = false;
        void this.camera();
      },
      send: (event) => this.send(event),
    }, language);
    this.gate = gate;
    if (tooOld) return gate.fail("too-old");
    whenConsentIsAsked(() => gate.words, (answer, privacy) => {
      this.answer = answer;
      this.setData({ privacy });
    });
    void this.begin(gate);
  },

  onShow() {
    this.core?.show();
    void this.camera();
  },

  onHide() {
    this.core?.hide();
    this.setData({ camera: false });
  },

  onUnload() {
    this.gate?.end();
    const { core } = this;
    this.core = undefined;
    void core?.stop();
  },

  async begin(gate: Gate) {
    let core: Core;
    try {
      core = await createCore(MODULE);
    } catch (error) {
      return gate.fail(codeOf(error) === "platform-too-old" ? "too-old" : "no-core");
    }
    const scanning = (on: boolean) => {
      this.wanted = on;
      void this.camera();
    };
    const given = platform(deployment.origin, scanning);
    try {
      // The core has gates do without where a platform has none; WeChat has it, and a challenge needs it.
      await given.random(1);
    } catch {
      return gate.fail("no-random");
    }
    try {
      this.core = await core.verifier({ platform: given, languages: app().languages, deployment, onView: (view) => gate.see(view) });
    } catch (error) {
      gate.fail(codeOf(error) === "no-secure-random" ? "no-random" : "no-core");
    }
  },

  send(event: VerifierEvent) {
    this.core?.send(event);
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
    if (text) this.gate?.read(text, "camera");
  },

  cameraFailed() {
    this.setData({ camera: false });
    this.send({ "camera-failed": { reason: { code: "camera-refused" } } });
  },

  act({ currentTarget: { dataset } }: Touch) {
    this.gate?.act(dataset.act);
  },

  press({ currentTarget: { dataset } }: Touch) {
    this.gate?.press(dataset.key ?? "");
  },

  typed({ currentTarget: { dataset }, detail }: Touch) {
    this.gate?.typed(dataset.field ?? "", readable(detail.value ?? ""));
  },

  fieldLeft() {},

  hold() {
    this.gate?.hold();
  },

  language() {
    this.gate?.otherLanguage();
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
