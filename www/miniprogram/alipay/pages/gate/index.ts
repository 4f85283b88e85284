import deployment from "#deployment";
import tables from "#texts";
import type { Language, VerifierEvent } from "../../../../shared/types";
import { type Act } from "../../../blocks";
import { Gate } from "../../../gate/controller";
import type { GateScreen } from "../../../gate/screen";
import { readable } from "../../../scanned";
import { Texts } from "../../../texts";
import { buzz, made, scan } from "../../calls";
import type { ToPage, ToWorker } from "../../messages";

interface Touch {
  currentTarget: { dataset: { act?: Act<VerifierEvent>; field?: string; key?: string } };
  detail: { value?: string };
}

/** A page as Alipay has it; its `Page` is WeChat's in all that is used here. */
interface AlipayPage {
  setData(data: { s: GateScreen }, done: () => void): void;
  worker: MyWorker | undefined;
  gate: Gate | undefined;
}

function begin(page: AlipayPage): void {
  const said = my.getSystemInfoSync().language ?? "zh-Hans";
  const language: Language = /^en|English/.test(said) ? "en" : "zh-CN";
  const tell = (message: ToWorker) => page.worker?.postMessage(message);
  const gate = new Gate({
    random: false,
    scanner: "mini-scan-alipay",
    words: (language) => new Texts(language, tables[language]),
    draw: (s, drawn) => page.setData({ s }, drawn),
    top: () => my.pageScrollTo({ scrollTop: 0, duration: 0 }),
    // Without secure randomness there is no challenge to draw.
    challenge: () => undefined,
    buzz,
    scan,
    save: ({ text }) => new Promise((resolve) => my.setClipboard({ text, success: () => resolve(true), fail: () => resolve(false) })),
    camera: () => undefined,
    send: (event) => tell({ kind: "event", event }),
  }, language);
  page.gate = gate;
  if (!my.canIUse("createWorker")) return gate.fail("too-old");
  page.worker = my.createWorker("workers/core.js");
  page.worker.onMessage((message) => {
    const told = message as ToPage;
    if (told.kind === "view") return gate.see(told.view);
    if (told.kind === "failed") return gate.fail(told.what);
    made(told.name, told.given, deployment.origin).then(
      (result) => tell({ kind: "answer", id: told.id, result }),
      (error: unknown) => tell({ kind: "answer", id: told.id, refused: { reason: String((error as { reason?: unknown } | undefined)?.reason ?? "storage-refused") } }),
    );
  });
  tell({ kind: "start", language, deployment: { rootKey: deployment.rootKey, authority: deployment.authority } });
}

const visible = (page: AlipayPage, on: boolean): void => page.worker?.postMessage({ kind: "visible", on } satisfies ToWorker);

(Page as unknown as (page: object & ThisType<AlipayPage>) => void)({
  data: { s: null, privacy: null, settingsAct: { send: "settings-opened" }, nextAct: { send: "dismissed" } },
  onLoad() {
    begin(this);
  },
  onShow() {
    visible(this, true);
  },
  onHide() {
    visible(this, false);
  },
  onUnload() {
    this.gate?.end();
    this.worker?.terminate();
  },
  act({ currentTarget: { dataset } }: Touch) {
    this.gate?.act(dataset.act);
  },
  press({ currentTarget: { dataset } }: Touch) {
    this.gate?.press(dataset.key ?? "");
  },
  typed({ currentTarget: { dataset }, detail }: Touch) {
    this.gate?.typed(dataset.field ?? "", readable(String(detail.value ?? "")));
  },
  fieldLeft() {},
  hold() {
    this.gate?.hold();
  },
  language() {
    this.gate?.otherLanguage();
  },
});
