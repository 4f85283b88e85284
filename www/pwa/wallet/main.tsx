import init, { walletSend, walletStart } from "#core";
import { browserLanguage, loadTexts, type Texts } from "../../shared/l10n";
import { Blocked, draw, Head, Notices, Plain, UpdateBar } from "../../shared/parts";
import type { WalletEvent, WalletView } from "../../shared/types";
import { activate, register } from "../../shared/update";
import { Apply } from "./apply";
import { Applying } from "./applying";
import { Code } from "./code";

export type Send = (event: WalletEvent) => void;

let view: WalletView | undefined;
let texts: Texts | undefined;
let updateReady = false;

const send: Send = (event) => walletSend(JSON.stringify(event));

/** Draws the view; a language that is not loaded yet is loaded first. */
async function show(next: WalletView): Promise<void> {
  view = next;
  // Where a language can't be had, the one at hand is better than none.
  if (texts?.language !== next.language) texts = await loadTexts(next.language).catch(() => texts);
  redraw();
}

function redraw(): void {
  if (view && texts) draw(<Page view={view} texts={texts} />, texts, "wallet-title", view.screen.type);
}

function Page({ view, texts }: { view: WalletView; texts: Texts }) {
  const { screen } = view;
  const beside = (
    <>
      {updateReady && screen.type !== "applying" ? <UpdateBar texts={texts} onUpdate={() => void activate()} /> : null}
      <Notices notices={view.notices} texts={texts} onClose={() => send("notice-dismissed")} />
    </>
  );
  return (
    <>
      <Head kind={texts.text("wallet-kind")} texts={texts} onLanguage={(language) => send({ "language-chosen": { language } })} />
      {screen.type === "code" ? null : beside}
      {screen.type === "starting" ? <Plain title={texts.text("loading")} /> : null}
      {screen.type === "apply" ? <Apply view={screen} texts={texts} send={send} /> : null}
      {screen.type === "applying" ? <Applying view={screen} texts={texts} send={send} /> : null}
      {screen.type === "code" ? <Code view={screen} texts={texts} send={send} beside={beside} /> : null}
      {screen.type === "blocked" ? <Blocked reason={screen.reason} texts={texts} /> : null}
    </>
  );
}

try {
  await init({ module_or_path: "core.wasm" });
  await walletStart([...navigator.languages], (json: string) => void show(JSON.parse(json) as WalletView));
} catch {
  // No WebAssembly, or a part of the page that did not arrive: say so instead of showing nothing.
  await show({ language: browserLanguage(), screen: { type: "blocked", reason: { code: "browser-too-old" } }, notices: [] });
}
void register(() => {
  updateReady = true;
  redraw();
});
