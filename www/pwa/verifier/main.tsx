import { render } from "preact";
import { loadTexts, type Texts } from "../../shared/l10n";
import { Head, Notices, Plain, ReasonText, UpdateBar } from "../../shared/parts";
import type { VerifierEvent, VerifierView } from "../../shared/types";
import { activate, register } from "../../shared/update";
import { Camera } from "./camera";
import { Data } from "./data";
import { core } from "./core";
import { readPicture } from "./picture";
import { Scanning } from "./scanning";
import { signal } from "./signal";
import { Verdict } from "./verdict";
import { listenForWedge } from "./wedge";

const root = document.getElementById("app");
let view: VerifierView | undefined;
let texts: Texts | undefined;
let updateReady = false;
let returning: ReturnType<typeof setTimeout> | undefined;

/** How long a pass is shown before the camera looks again, in milliseconds. */
const PASS_SHOWN_MS = 3000;

const send = (event: VerifierEvent) => worker.send(event);
const camera = new Camera({
  frame: (buffer, width, height) => worker.frame(buffer, width, height),
  started: () => send("camera-started"),
  failed: (reason) => send({ "camera-failed": { reason } }),
});
const worker = core({ view: (next) => void show(next), scan: (on) => camera.want(on), frameDone: () => camera.next() });

async function show(next: VerifierView): Promise<void> {
  const before = view?.screen.type;
  view = next;
  if (texts?.language !== next.language) texts = await loadTexts(next.language);
  draw();
  const { screen } = next;
  if (screen.type === "verdict" && before !== "verdict") {
    signal(screen.verdict.outcome);
    // A pass goes away by itself, so that a queue moves; every other answer waits for a hand.
    if (screen.verdict.outcome === "pass") returning = setTimeout(() => send("dismissed"), PASS_SHOWN_MS);
  } else if (screen.type !== "verdict") {
    clearTimeout(returning);
  }
}

function draw(): void {
  if (!root || !view || !texts) return;
  document.documentElement.lang = view.language;
  document.title = texts.text("verifier-title");
  render(<Page view={view} texts={texts} />, root);
}

function Page({ view, texts }: { view: VerifierView; texts: Texts }) {
  const { screen } = view;
  if (screen.type === "verdict") {
    return (
      <Verdict
        verdict={screen.verdict}
        texts={texts}
        onNext={() => send("dismissed")}
        data={<Data view={view} texts={texts} onRefresh={null} />}
      />
    );
  }
  return (
    <>
      <Head kind={texts.text("verifier-kind")} texts={texts} onLanguage={(language) => send({ "language-chosen": { language } })} />
      {updateReady ? <UpdateBar texts={texts} onUpdate={() => void activate()} /> : null}
      <Notices notices={view.notices} texts={texts} onClose={() => send("notice-dismissed")} />
      {screen.type === "starting" ? <Plain>{texts.text("loading")}</Plain> : null}
      {screen.type === "blocked" ? (
        <Plain>
          <h1>{texts.text("blocked-title")}</h1>
          <ReasonText reason={screen.reason} texts={texts} />
        </Plain>
      ) : null}
      {screen.type === "scanning" || screen.type === "checking" ? (
        <Scanning
          problem={screen.type === "scanning" ? screen.cameraProblem : null}
          pictureProblem={screen.type === "scanning" ? screen.pictureProblem : null}
          checking={screen.type === "checking"}
          texts={texts}
          camera={camera}
          onText={(text) => send({ "text-read": { text, source: "paste" } })}
          onPicture={(file) => void readPicture(file, worker.picture, () => send({ "picture-failed": { reason: { code: "picture-unreadable" } } }))}
        />
      ) : null}
      {screen.type === "blocked" ? null : <Data view={view} texts={texts} onRefresh={() => send("refresh-asked")} />}
    </>
  );
}

listenForWedge((text) => send({ "text-read": { text, source: "wedge" } }));
for (const event of ["online", "pageshow"]) addEventListener(event, () => worker.visible(true));
document.addEventListener("visibilitychange", () => {
  const visible = document.visibilityState === "visible";
  camera.visible(visible);
  worker.visible(visible);
});
void register(() => {
  updateReady = true;
  draw();
});
