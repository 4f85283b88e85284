import type { Hint, Reason } from "../../shared/types";
import { Detector } from "./detector";
import { Frames } from "./frames";
import { Guidance } from "./guidance";
import { choose, chosen, lenses, type Lens } from "./lenses";
import { Track } from "./track";

interface Listener {
  frame(buffer: ArrayBuffer, width: number, height: number): void;
  /** The browser's own reader has read a text. */
  text(text: string): void;
  started(): void;
  failed(reason: Reason): void;
  /** What is shown beside the picture has changed. */
  changed(): void;
}

/** A camera that was taken away for a moment, in milliseconds: what took it mostly lets go of it by then. */
const AGAIN_MS = 1000;
/** How often a camera that another program has is asked for, in milliseconds. */
const IN_USE_MS = 5000;
/** A picture that is dark for less long is not told, in milliseconds: cameras are muted while they change over. */
const MUTED_MS = 2000;

/** Why a camera can't be had, by the browser's name for it. */
function problem(error: unknown): Reason {
  switch (error instanceof DOMException ? error.name : "") {
    case "NotAllowedError":
    case "SecurityError":
      return { code: "camera-refused" };
    case "NotReadableError":
    case "AbortError":
      return { code: "camera-in-use" };
    default:
      return { code: "camera-absent" };
  }
}

/** Asks for a camera, with the leave to zoom where that is a leave of its own; who refuses that may still give the camera. */
async function ask(which: MediaTrackConstraints): Promise<MediaStream> {
  const video = { ...which, width: { ideal: 1280 }, height: { ideal: 720 } };
  const get = (constraints: MediaTrackConstraints) => navigator.mediaDevices.getUserMedia({ video: constraints });
  // Chromium lets only those zoom who ask for it together with the camera; it is the one that knows of `pan`.
  const movable = (navigator.mediaDevices.getSupportedConstraints() as { pan?: boolean }).pan;
  if (!movable) return get(video);
  try {
    return await get({ ...video, zoom: true } as MediaTrackConstraints);
  } catch (error) {
    if (error instanceof DOMException && error.name === "NotAllowedError") return get(video);
    throw error;
  }
}

/** The camera: on while it is wanted and the page is seen; one frame at a time goes to the core. */
export class Camera {
  readonly #listener: Listener;
  readonly #detector: Detector;
  readonly #guidance: Guidance;
  readonly #frames: Frames;
  #video: HTMLVideoElement | null = null;
  #stream: MediaStream | undefined;
  #track: Track | undefined;
  #lenses: Lens[] = [];
  #lens: string | null = chosen();
  /** Zoom and light to go on with when the stream was torn or the page hidden. */
  #before: { zoom?: number; light?: boolean } = {};
  #wanted = false;
  #visible = document.visibilityState === "visible";
  #starting = false;
  #busy = false;
  #again: ReturnType<typeof setTimeout> | undefined;

  constructor(listener: Listener) {
    this.#listener = listener;
    this.#detector = new Detector((text) => {
      if (this.#wanted && this.#stream) listener.text(text);
    });
    this.#guidance = new Guidance(() => listener.changed());
    this.#frames = new Frames({
      wanted: (video) => {
        if (!this.#wanted) return false;
        void this.#detector.look(video, this.#busy);
        return !this.#busy;
      },
      frame: (buffer, width, height) => {
        this.#busy = true;
        listener.frame(buffer, width, height);
      },
      torn: () => {
        this.#stop();
        this.#guidance.restarted(performance.now());
        void this.#settle();
      },
    });
    navigator.mediaDevices?.addEventListener("devicechange", () => void this.#plugged());
  }

  /** Light and zoom of the camera that runs. */
  get track(): Track | undefined {
    return this.#track;
  }

  /** What would help. */
  get said() {
    return this.#guidance.said;
  }

  /** The camera that comes after this one, where there are several. */
  get other(): Lens | undefined {
    if (this.#lenses.length < 2) return undefined;
    return this.#lenses[(this.#lenses.findIndex(({ id }) => id === this.#lens) + 1) % this.#lenses.length];
  }

  /** The element that shows the picture; none when it leaves the page. */
  show(video: HTMLVideoElement | null): void {
    this.#video = video;
    this.#play();
  }

  want(on: boolean): void {
    this.#wanted = on;
    this.#guidance.rest(performance.now());
    void this.#settle();
  }

  visible(on: boolean): void {
    this.#visible = on;
    void this.#settle();
  }

  /** Asks for the camera once more: somebody has allowed it meanwhile. */
  retry(): void {
    void this.#settle();
  }

  /** Goes on to the next camera and remembers it. */
  switch(): void {
    const { other } = this;
    if (!other || this.#starting) return;
    this.#lens = other.id;
    this.#before = {};
    choose(other.id);
    this.#stop();
    void this.#settle();
  }

  /** Changes light, zoom or focus. */
  async adjust(change: (track: Track) => Promise<void>): Promise<void> {
    if (!this.#track) return;
    await change(this.#track);
    const { torch, zoom } = this.#track ?? {};
    this.#before = { ...(zoom ? { zoom: zoom.value } : {}), ...(torch ? { light: true } : {}) };
    this.#listener.changed();
  }

  /** The core is done with the last frame. */
  next(hint: Hint): void {
    this.#busy = false;
    if (this.#wanted && this.#stream) this.#guidance.note(hint, performance.now());
  }

  async #settle(): Promise<void> {
    clearTimeout(this.#again);
    if (!this.#visible) return this.#stop();
    if (!this.#wanted || this.#stream || this.#starting) return;
    if (!navigator.mediaDevices) return this.#listener.failed({ code: "browser-too-old" });
    this.#starting = true;
    try {
      const stream = await this.#open();
      const [track] = stream.getVideoTracks();
      if (!track) throw new DOMException("no picture", "NotFoundError");
      this.#stream = stream;
      this.#track = new Track(track);
      this.#lens = track.getSettings().deviceId ?? this.#lens;
      this.#guidance.begin(performance.now());
      this.#watch(track, stream);
      this.#listener.started();
    } catch (error) {
      const reason = problem(error);
      this.#listener.failed(reason);
      // A call ends, and nobody at a gate thinks of pressing a button then.
      if (reason.code === "camera-in-use") this.#again = setTimeout(() => void this.#settle(), IN_USE_MS);
    } finally {
      this.#starting = false;
    }
    // The page may have gone to the background while the person was being asked.
    if (!this.#visible) return this.#stop();
    this.#play();
    if (!this.#stream) return;
    this.#lenses = await lenses().catch(() => []);
    await this.#track?.settle(this.#before);
    this.#listener.changed();
  }

  /** The camera that was chosen, or else the one of the rear that the browser takes for the best. */
  async #open(): Promise<MediaStream> {
    if (this.#lens) {
      try {
        return await ask({ deviceId: { exact: this.#lens } });
      } catch (error) {
        // It was pulled out, or the browser has given the devices new names.
        if (!(error instanceof DOMException) || !["OverconstrainedError", "NotFoundError"].includes(error.name)) throw error;
        this.#lens = null;
        choose(null);
      }
    }
    return ask({ facingMode: { ideal: "environment" } });
  }

  /** A camera that is pulled out ends by itself; one that a call or another program takes over may go dark only. */
  #watch(track: MediaStreamTrack, stream: MediaStream): void {
    const mine = () => stream === this.#stream;
    track.addEventListener("ended", () => {
      if (!mine()) return;
      this.#stop();
      this.#again = setTimeout(() => void this.#settle(), AGAIN_MS);
    });
    let muted: ReturnType<typeof setTimeout> | undefined;
    let told = false;
    track.addEventListener("mute", () => {
      clearTimeout(muted);
      muted = setTimeout(() => {
        told = mine() && track.muted;
        if (told) this.#listener.failed({ code: "camera-in-use" });
      }, MUTED_MS);
    });
    track.addEventListener("unmute", () => {
      clearTimeout(muted);
      if (mine() && told) this.#listener.started();
      told = false;
    });
  }

  /** A camera was plugged in or pulled out. */
  async #plugged(): Promise<void> {
    this.#lenses = await lenses().catch(() => []);
    this.#listener.changed();
    if (this.#lenses.length > 0) await this.#settle();
  }

  #play(): void {
    this.#frames.stop();
    const video = this.#video;
    if (!video || !this.#stream) return;
    video.srcObject = this.#stream;
    // It fails where the element has left the page meanwhile; then nothing is lost.
    video.play().catch(() => undefined);
    this.#frames.start(video);
  }

  #stop(): void {
    this.#frames.stop();
    this.#track?.stop();
    this.#track = undefined;
    this.#stream = undefined;
    this.#busy = false;
    if (this.#video) this.#video.srcObject = null;
  }
}
