import init, { walletSend, walletStart, walletStop } from "#core";
import { browserLanguage, loadTexts, type Texts } from "../../shared/l10n";
import { Blocked, draw, Head, Notices, Plain, UpdateBar } from "../../shared/parts";
import type { RoomEvent, WalletEvent, WalletView } from "../../shared/types";
import { activate, register } from "../../shared/update";
import { Apply } from "./apply";
import { Applying } from "./applying";
import { Code } from "./code";

export type Send = (event: WalletEvent) => void;

/** The module with all rooms, once it has taken over. */
type Everyday = typeof import("./everyday");

let view: WalletView | undefined;
let texts: Texts | undefined;
let updateReady = false;
let everyday: Everyday | undefined;
let taking: Promise<void> | undefined;
/** What is beside the code could not be loaded. */
let missing = false;
/** The pictures of the first opening: none before they are there, or where somebody has begun already. */
let welcome: typeof import("./welcome") | undefined;
let welcoming = false;
let unwelcome = false;

const send: Send = (event) => (everyday?.walletSend ?? walletSend)(JSON.stringify(event));

const onView = (json: string) => void show(JSON.parse(json) as WalletView);

/** Draws the view; a language that is not loaded yet is loaded first. */
async function show(next: WalletView): Promise<void> {
  view = next;
  // Where a language can't be had, the one at hand is better than none.
  if (texts?.language !== next.language) texts = await loadTexts(next.language, (everyday ?? welcome) !== undefined).catch(() => texts);
  redraw();
  // Only the module with all rooms can open a lock.
  if (next.screen.type === "locked" && !everyday) void open();
  if (next.screen.type === "code" && next.screen.venue) void room({ visits: { scanned: { text: next.screen.venue } } });
  if (next.screen.type === "apply" && next.screen.welcome && !welcoming) void greet();
  // What waits to be sent or renewed is the other module's; without it the code is shown all the same.
  if ((next.screen.type === "code" && next.screen.errands) || (next.screen.type === "apply" && next.screen.renewing)) void (taking ??= takeOver()).catch(notTaken);
  if (!taking) settled(true);
}

/** Says in the page whether its drawing stands: no other module is about to take its place. Who pictures a code waits for that. */
function settled(stands: boolean): void {
  document.body.toggleAttribute("data-settled", stands);
}

/** The other module could not be had: the first one goes on. */
function notTaken(): void {
  taking = undefined;
  settled(true);
}

function redraw(): void {
  if (!view || !texts) return;
  const { display } = view;
  for (const looks of ["contrast", "elder", "large"] as const) document.documentElement.classList.toggle(looks, display[looks]);
  const { screen } = view;
  // Another room is another screen: it begins at its top.
  const name = screen.type === "apply" ? screen.step : screen.type === "room" ? (typeof screen.room === "string" ? screen.room : Object.keys(screen.room).join()) : screen.type;
  draw(<Page view={view} texts={texts} />, texts, "wallet-title", name);
  if (texts.incomplete) void complete(texts);
}

/** An authority may give any reason, also one that the first texts don't have. */
async function complete(first: Texts): Promise<void> {
  const more = await loadTexts(first.language, true).catch(() => first);
  if (more === first || texts !== first) return;
  texts = more;
  redraw();
}

/** The module with all rooms takes the place of the first one, which showed the code; it goes on from what is stored. */
async function takeOver(): Promise<void> {
  settled(false);
  const module = await import("./everyday");
  const more = await loadTexts(view?.language ?? browserLanguage(), true);
  await module.load();
  await walletStop();
  everyday = module;
  texts = more;
  await module.walletStart([...navigator.languages], onView);
  settled(true);
}

/** Shows the pictures of the first opening; until they are there their place is kept, so that nothing moves under a finger. */
async function greet(): Promise<void> {
  welcoming = true;
  try {
    const module = await import("./welcome");
    const [more] = await Promise.all([loadTexts(view?.language ?? browserLanguage(), true), module.loadLooks()]);
    [welcome, texts] = [module, more];
  } catch {
    // Nobody needs them.
    unwelcome = true;
  }
  redraw();
}

/** Loads the module with all rooms, unless it is there; whether it is now. */
async function open(): Promise<boolean> {
  try {
    await (taking ??= takeOver());
    missing = false;
  } catch {
    notTaken();
    missing = true;
    redraw();
  }
  return !missing;
}

/** Goes to a room; the first time the module that has it is loaded. */
async function room(event: RoomEvent): Promise<void> {
  if (await open()) send({ room: event });
}

function Page({ view, texts }: { view: WalletView; texts: Texts }) {
  const { screen } = view;
  const [Rooms, Locked, Reached] = [everyday?.Rooms, everyday?.Locked, everyday?.Reached];
  const beside = (
    <>
      {updateReady && screen.type !== "applying" ? <UpdateBar texts={texts} onUpdate={() => void activate()} /> : null}
      <Notices notices={view.notices} texts={texts} onClose={() => send("notice-dismissed")} />
      {missing ? <p class="notice" role="alert">{texts.text("rooms-offline")}</p> : null}
    </>
  );
  return (
    <>
      <Head kind={texts.text("wallet-kind")} texts={texts} onLanguage={(language) => send({ "language-chosen": { language } })} />
      {screen.type === "code" ? null : beside}
      {screen.type === "starting" ? <Plain title={texts.text("loading")} /> : null}
      {screen.type === "apply" ? <Apply view={screen} texts={texts} send={send} onRoom={(name) => void room({ entered: { room: name } })} welcome={screen.welcome && !unwelcome ? <section class="welcome">{welcome ? <welcome.Welcome texts={texts} onSkip={() => send("welcome-skipped")} /> : null}</section> : null} /> : null}
      {screen.type === "applying" ? <Applying view={screen} texts={texts} send={send} onPeople={() => void room({ entered: { room: "people" } })} /> : null}
      {screen.type === "code" ? <Code view={screen} elder={view.display.elder} texts={texts} send={send} onRoom={(event) => void room(event)} beside={<>{Reached ? <Reached view={screen} texts={texts} send={(event) => send({ room: event })} /> : null}{beside}</>} /> : null}
      {screen.type === "room" && Rooms ? <Rooms room={screen.room} texts={texts} send={(event) => send({ room: event })} /> : null}
      {screen.type === "locked" ? Locked ? <Locked view={screen} texts={texts} send={(event) => send({ room: event })} /> : (
        <Plain title={texts.text("locked-title")}>
          <p>{texts.text("locked-loading")}</p>
          {missing ? <button type="button" onClick={() => void open()}>{texts.text("try-again")}</button> : null}
        </Plain>
      ) : null}
      {screen.type === "blocked" ? <Blocked reason={screen.reason} texts={texts} /> : null}
    </>
  );
}

try {
  await init({ module_or_path: "core.wasm" });
  await walletStart([...navigator.languages], onView);
} catch {
  // No WebAssembly, or a part of the page that did not arrive: say so instead of showing nothing.
  await show({ language: browserLanguage(), display: { contrast: false, elder: false, large: false }, screen: { type: "blocked", reason: { code: "browser-too-old" } }, notices: [] });
}
void register(() => {
  updateReady = true;
  redraw();
});
