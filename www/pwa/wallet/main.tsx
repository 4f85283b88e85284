import { render } from "preact";
import init, { walletSend, walletStart } from "#core";
import { loadTexts, type Texts } from "../../shared/l10n";
import { Head, Notices, Plain, ReasonText, UpdateBar } from "../../shared/parts";
import type { WalletEvent, WalletView } from "../../shared/types";
import { activate, register } from "../../shared/update";
import { Apply } from "./apply";
import { Applying } from "./applying";
import { Code } from "./code";

export type Send = (event: WalletEvent) => void;

const root = document.getElementById("app");
let view: WalletView | undefined;
let texts: Texts | undefined;
let updateReady = false;

const send: Send = (event) => walletSend(JSON.stringify(event));

/** Draws the view; a language that is not loaded yet is loaded first. */
async function show(next: WalletView): Promise<void> {
  view = next;
  if (texts?.language !== next.language) texts = await loadTexts(next.language);
  draw();
}

function draw(): void {
  if (!root || !view || !texts) return;
  document.documentElement.lang = view.language;
  document.title = texts.text("wallet-title");
  render(<Page view={view} texts={texts} />, root);
}

function Page({ view, texts }: { view: WalletView; texts: Texts }) {
  const { screen } = view;
  return (
    <>
      <Head kind={texts.text("wallet-kind")} texts={texts} onLanguage={(language) => send({ "language-chosen": { language } })} />
      {updateReady && screen.type !== "applying" ? <UpdateBar texts={texts} onUpdate={() => void activate()} /> : null}
      <Notices notices={view.notices} texts={texts} onClose={() => send("notice-dismissed")} />
      {screen.type === "starting" ? <Plain>{texts.text("loading")}</Plain> : null}
      {screen.type === "apply" ? <Apply view={screen} texts={texts} send={send} /> : null}
      {screen.type === "applying" ? <Applying view={screen} texts={texts} send={send} /> : null}
      {screen.type === "code" ? <Code view={screen} texts={texts} /> : null}
      {screen.type === "blocked" ? (
        <Plain>
          <h1>{texts.text("blocked-title")}</h1>
          <ReasonText reason={screen.reason} texts={texts} />
        </Plain>
      ) : null}
    </>
  );
}

await init({ module_or_path: "core.wasm" });
await walletStart([...navigator.languages], (json: string) => void show(JSON.parse(json) as WalletView));
void register(() => {
  updateReady = true;
  draw();
});
