import { onEscape } from "../../shared/keyboard";
import { browserLanguage, loadTexts, type Texts } from "../../shared/l10n";
import { Blocked, draw, Head, Notices, Plain, UpdateBar } from "../../shared/parts";
import type { VerifierEvent, VerifierView } from "../../shared/types";
import { activate, register } from "../../shared/update";
import { Camera } from "./camera";
import { Challenge } from "./challenge";
import { core } from "./core";
import { Data } from "./data";
import { Gathering, Group } from "./group";
import { readPicture } from "./picture";
import { PosterProblem } from "./poster";
import { Proofs, Temperature } from "./beside";
import { Scanning } from "./scanning";
import { save, Settings } from "./settings";
import { signal } from "./signal";
import { hush, speak } from "./speech";
import { Verdict } from "./verdict";
import { listenForWedge } from "./wedge";

let view: VerifierView | undefined;
let texts: Texts | undefined;
let updateReady = false;
let answered = "";
/** How many of a group were read when this was last told. */
let gathered = 0;
let returning: ReturnType<typeof setTimeout> | undefined;

/** How long a pass is shown before the camera looks again, in milliseconds. */
const PASS_SHOWN_MS = 3000;
/** How long the phone vibrates for each of a group, in milliseconds. */
const MEMBER_BUZZ_MS = 80;
/** How often a gate's page, which may stay open for weeks, asks for a newer version of itself. */
const LOOK_FOR_UPDATE_MS = 3_600_000;
/** How often the ages of the data are told anew, in milliseconds. */
const AGES_MS = 30_000;
/** What Escape leads back from. An answer waits for a hand that means it. */
const LEFT_BY_ESCAPE = new Set(["poster", "proofs", "settings", "temperature"]);

const send = (event: VerifierEvent) => worker.send(event);
const camera = new Camera({
  frame: (buffer, width, height) => worker.frame(buffer, width, height),
  text: (text) => send({ "text-read": { text, source: "camera" } }),
  started: () => send("camera-started"),
  failed: (reason) => send({ "camera-failed": { reason } }),
  changed: () => redraw(),
});
const worker = core({
  view: (next) => void show(next),
  scan: (on) => camera.want(on),
  frameDone: (hint) => camera.next(hint),
  failed: () => {
    void loadTexts(browserLanguage()).then((texts) => draw(<Blocked reason={{ code: "browser-too-old" }} texts={texts} />, texts, "verifier-title", "blocked"));
  },
});

async function show(next: VerifierView): Promise<void> {
  view = next;
  // Where a language can't be had, the one at hand is better than none.
  if (texts?.language !== next.language) texts = await loadTexts(next.language).catch(() => texts);
  redraw();
  tell(next);
}

/** Every new verdict is told once. A pass goes away by itself, so that a queue moves; every other answer waits for a hand. */
function tell({ screen, gate, log, group }: VerifierView): void {
  if (log.file) {
    save(log.file.name, log.file.mediaType, log.file.text);
    send("log-export-taken");
  }
  const have = group?.have ?? 0;
  if (have > gathered) navigator.vibrate?.(MEMBER_BUZZ_MS);
  gathered = have;
  const told = screen.type === "verdict" ? screen.verdict : screen.type === "group" ? screen.group : null;
  const answer = told ? JSON.stringify(screen) : "";
  if (answer === answered) return;
  answered = answer;
  stay();
  hush();
  if (!told) return;
  signal(told.outcome, gate.sound);
  if (gate.speech && texts) speak(told, texts);
  if (told.outcome === "pass") returning = setTimeout(() => send("dismissed"), PASS_SHOWN_MS);
}

/** The pass stays until a hand puts it away. */
function stay(): void {
  clearTimeout(returning);
}

function redraw(): void {
  if (view && texts) draw(<Page view={view} texts={texts} />, texts, "verifier-title", view.screen.type);
}

function Page({ view, texts }: { view: VerifierView; texts: Texts }) {
  const { screen } = view;
  const data = (brief = false) => <Data view={view} texts={texts} brief={brief} onRefresh={() => send("refresh-asked")} />;
  if (screen.type === "verdict") {
    // One element for each verdict: the next one takes the focus anew.
    return <Verdict key={JSON.stringify(screen)} verdict={screen.verdict} texts={texts} onNext={() => send("dismissed")} onHold={stay} fade={view.gate.fade} data={data(true)} />;
  }
  if (screen.type === "group") {
    return <Group key={screen.checkedAt} group={screen.group} texts={texts} onNext={() => send("dismissed")} onHold={stay} fade={view.gate.fade} data={data(true)} />;
  }
  if (screen.type === "settings") {
    return (
      <Settings
        gate={view.gate}
        kinds={screen.kinds}
        log={view.log}
        poster={view.poster}
        texts={texts}
        onChange={(gate) => send({ "gate-changed": { gate } })}
        onExport={(format) => send({ "log-export-asked": { format } })}
        onClose={() => send("dismissed")}
        onParcel={(data) => send({ "parcel-read": { data } })}
        onPoster={(wanted) => send(wanted ? "poster-wanted" : "poster-removed")}
        notices={<Notices notices={view.notices} texts={texts} onClose={() => send("notice-dismissed")} />}
        data={data()}
      />
    );
  }
  if (screen.type === "temperature") {
    return <Temperature refused={screen.refused} texts={texts} onEntered={(text) => send({ "temperature-entered": { text } })} onCancel={() => send("dismissed")} />;
  }
  if (screen.type === "proofs") {
    return <Proofs accepted={screen.accepted} texts={texts} onShown={(proof) => send({ "proof-shown": { proof } })} onCancel={() => send("dismissed")} />;
  }
  const scanning = screen.type === "scanning" ? screen : null;
  const poster = screen.type === "poster" ? screen : null;
  const looking = scanning ?? poster;
  return (
    <>
      <Head kind={texts.text("verifier-kind")} texts={texts} onLanguage={(language) => send({ "language-chosen": { language } })}>
        {scanning ? <button type="button" class="quiet" onClick={() => send("settings-opened")}>{texts.text("settings-open")}</button> : null}
      </Head>
      {updateReady ? <UpdateBar texts={texts} onUpdate={() => void activate()} /> : null}
      <Notices notices={view.notices} texts={texts} onClose={() => send("notice-dismissed")} />
      {screen.type === "starting" ? <Plain title={texts.text("loading")} /> : null}
      {screen.type === "blocked" ? <Blocked reason={screen.reason} texts={texts} /> : null}
      {view.group && (scanning || screen.type === "checking") ? (
        <Gathering group={view.group} texts={texts} onClose={() => send("group-closed")} onDrop={() => send("group-dropped")} />
      ) : null}
      {scanning && view.challenge && view.poster?.problem ? <div class="notice" role="status"><PosterProblem problem={view.poster.problem} texts={texts} /></div> : null}
      {view.challenge ? <Challenge qr={view.challenge} texts={texts} /> : null}
      {looking || screen.type === "checking" ? (
        <Scanning
          problem={looking?.cameraProblem ?? null}
          pictureProblem={looking?.pictureProblem ?? null}
          gathered={scanning?.gathered ?? null}
          checking={!looking}
          {...(poster ? { poster: { problem: poster.problem, onCancel: () => send("dismissed") } } : {})}
          texts={texts}
          camera={camera}
          place={poster ? null : view.gate.place}
          onNoCode={() => send("proofs-opened")}
          onText={(text) => send({ "text-read": { text, source: "paste" } })}
          onPicture={(file) => void readPicture(file, worker.picture, () => send({ "picture-failed": { reason: { code: "picture-unreadable" } } }))}
        />
      ) : null}
      {screen.type === "blocked" || screen.type === "starting" ? null : data()}
    </>
  );
}

setInterval(redraw, AGES_MS);
addEventListener("keydown", onEscape(() => {
  if (view && LEFT_BY_ESCAPE.has(view.screen.type)) send("dismissed");
}));
listenForWedge((text, keys) => send({ "scanner-typed": { text, keys } }));
// A page that is kept for going back would keep the lock of the gate, and the next opening would wait for it. It begins anew when it comes back.
addEventListener("pagehide", ({ persisted }) => {
  if (persisted) worker.end();
});
addEventListener("pageshow", ({ persisted }) => {
  if (persisted) location.reload();
});
for (const event of ["online", "pageshow"]) addEventListener(event, () => worker.visible(true));
document.addEventListener("visibilitychange", () => {
  const visible = document.visibilityState === "visible";
  camera.visible(visible);
  worker.visible(visible);
});
void register(() => {
  updateReady = true;
  redraw();
}, LOOK_FOR_UPDATE_MS);
