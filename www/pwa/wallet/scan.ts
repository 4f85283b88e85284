// The wallet's camera: loaded when somebody wants to scan a gate's code, in a file of its own.
import init, { scanFrame, scanPicture } from "#scan";
import type { Texts } from "../../shared/l10n";

/** The browser's own reader of codes, where it has one. */
interface Detector {
  detect(source: HTMLCanvasElement): Promise<{ rawValue: string }[]>;
}
interface DetectorClass {
  new (options: { formats: string[] }): Detector;
  getSupportedFormats(): Promise<string[]>;
}

/** Reads a code from a picture; a still one with patience. */
type Read = (canvas: HTMLCanvasElement, still: boolean) => Promise<string | undefined>;

/** Pause between two frames, in milliseconds: the page has to move on in between. */
const PAUSE_MS = 120;
/** Longest side of a frame: a gate's code is large and near. */
const FRAME = 960;
/** Longest side of a picture file. */
const STILL = 2000;

async function reader(): Promise<Read> {
  const own = (globalThis as { BarcodeDetector?: DetectorClass }).BarcodeDetector;
  const formats = (await own?.getSupportedFormats().catch(() => undefined)) ?? [];
  if (own && formats.includes("qr_code")) {
    const detector = new own({ formats: ["qr_code"] });
    return async (canvas) => (await detector.detect(canvas))[0]?.rawValue;
  }
  await init({ module_or_path: "scan.wasm" });
  let first = true;
  return async (canvas, still) => {
    const { width, height } = canvas;
    const pixels = new Uint8Array(context(canvas).getImageData(0, 0, width, height).data.buffer);
    if (still) return scanPicture(pixels, width, height);
    const text = scanFrame(pixels, width, height, first);
    first = false;
    return text;
  };
}

function context(canvas: HTMLCanvasElement): CanvasRenderingContext2D {
  const found = canvas.getContext("2d", { willReadFrequently: true });
  if (!found) throw new Error("no canvas");
  return found;
}

/** Draws a picture onto the canvas, no larger than `longest`; behind what is transparent there is paper. */
function draw(canvas: HTMLCanvasElement, source: CanvasImageSource, width: number, height: number, longest: number): void {
  const scale = Math.min(1, longest / Math.max(width, height));
  const [w, h] = [Math.max(1, Math.round(width * scale)), Math.max(1, Math.round(height * scale))];
  if (canvas.width !== w) canvas.width = w;
  if (canvas.height !== h) canvas.height = h;
  const to = context(canvas);
  to.fillStyle = "#fff";
  to.fillRect(0, 0, w, h);
  to.drawImage(source, 0, 0, w, h);
}

function element<K extends keyof HTMLElementTagNameMap>(name: K, className = "", text = ""): HTMLElementTagNameMap[K] {
  const made = document.createElement(name);
  made.className = className;
  made.textContent = text;
  return made;
}

function button(text: string, className: string, onClick: () => void): HTMLButtonElement {
  const made = element("button", className, text);
  made.type = "button";
  made.addEventListener("click", onClick);
  return made;
}

/** Looks for a code by camera or in a picture file, over the page; `found` is called at most once. */
export function scanGate(texts: Texts, found: (text: string) => void): void {
  const dialog = element("dialog", "scanner");
  const title = element("h1", "", texts.text("gate-scan-title"));
  title.id = "scanner-title";
  dialog.setAttribute("aria-labelledby", title.id);
  const video = element("video");
  [video.muted, video.playsInline] = [true, true];
  video.setAttribute("aria-label", texts.text("scan-video-label"));
  const problem = element("p", "problem");
  problem.setAttribute("role", "alert");
  const choose = element("label", "button", texts.text("scan-picture"));
  const file = element("input", "hidden");
  [file.type, file.accept] = ["file", "image/*"];
  choose.append(file);
  const retry = button(texts.text("try-again"), "quiet", () => void start());
  const sources = element("div", "sources");
  sources.append(choose, retry, button(texts.text("scan-paste-cancel"), "quiet", () => dialog.close()));
  dialog.append(title, video, problem, sources);

  const canvas = document.createElement("canvas");
  let loading: Promise<Read> | undefined;
  let stream: MediaStream | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const tell = (id: string) => {
    problem.textContent = texts.text(id);
    retry.hidden = false;
  };
  const read = (): Promise<Read> => {
    loading ??= reader().catch((error: unknown) => {
      // Asked for once more at the next try: the network may be back.
      loading = undefined;
      throw error;
    });
    return loading;
  };
  const done = (text: string) => {
    dialog.close();
    found(text);
  };
  const stop = () => {
    clearTimeout(timer);
    for (const track of stream?.getTracks() ?? []) track.stop();
    [stream, video.srcObject] = [undefined, null];
  };

  /** The reader; where it can't be had, that is told. */
  const ready = (): Promise<Read | undefined> =>
    read().catch(() => {
      tell("gate-scan-offline");
      return undefined;
    });

  async function start(): Promise<void> {
    stop();
    problem.textContent = "";
    retry.hidden = true;
    const code = await ready();
    if (!code) return;
    try {
      const opened = await navigator.mediaDevices.getUserMedia({
        video: { facingMode: { ideal: "environment" }, width: { ideal: 1280 }, height: { ideal: 720 } },
      });
      // The person may have changed their mind while being asked.
      if (!dialog.open) return opened.getTracks().forEach((track) => track.stop());
      stream = opened;
      video.srcObject = opened;
      await video.play();
    } catch {
      if (dialog.open) tell("gate-scan-no-camera");
      return;
    }
    const look = async () => {
      if (!stream) return;
      if (video.videoWidth > 0) {
        draw(canvas, video, video.videoWidth, video.videoHeight, FRAME);
        const text = await code(canvas, false).catch(() => undefined);
        if (text && dialog.open) return done(text);
      }
      timer = setTimeout(() => void look(), PAUSE_MS);
    };
    void look();
  }

  file.addEventListener("change", async () => {
    const picked = file.files?.[0];
    file.value = "";
    if (!picked) return;
    const code = await ready();
    if (!code) return;
    try {
      const picture = await createImageBitmap(picked);
      const still = document.createElement("canvas");
      draw(still, picture, picture.width, picture.height, STILL);
      picture.close();
      const text = await code(still, true);
      if (text) return done(text);
      problem.textContent = `${texts.text("reason-nothing-read")} ${texts.text("remedy-nothing-read")}`;
    } catch {
      problem.textContent = `${texts.text("reason-picture-unreadable")} ${texts.text("remedy-picture-unreadable")}`;
    }
  });

  // A page in the background loses its camera: nothing is to look as if it still watched.
  const hidden = () => {
    if (document.visibilityState === "hidden") dialog.close();
  };
  document.addEventListener("visibilitychange", hidden);
  dialog.addEventListener("close", () => {
    document.removeEventListener("visibilitychange", hidden);
    stop();
    dialog.remove();
  });
  document.body.append(dialog);
  dialog.showModal();
  void start();
}
