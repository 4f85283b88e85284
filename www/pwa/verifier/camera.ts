import type { Reason } from "../../shared/types";

interface Listener {
  frame(buffer: ArrayBuffer, width: number, height: number): void;
  started(): void;
  failed(reason: Reason): void;
}

/** Smallest pause between two frames, in milliseconds: a hand is no faster, and the phone stays cool. */
const PAUSE_MS = 60;

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

/** The camera: on while it is wanted and the page is seen; one frame at a time goes to the core. */
export class Camera {
  readonly #listener: Listener;
  readonly #canvas = document.createElement("canvas");
  readonly #context = this.#canvas.getContext("2d", { willReadFrequently: true });
  #video: HTMLVideoElement | null = null;
  #stream: MediaStream | undefined;
  #wanted = false;
  #visible = document.visibilityState === "visible";
  #starting = false;
  #busy = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(listener: Listener) {
    this.#listener = listener;
  }

  /** The element that shows the picture; none when it leaves the page. */
  show(video: HTMLVideoElement | null): void {
    this.#video = video;
    this.#play();
  }

  want(on: boolean): void {
    this.#wanted = on;
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

  /** The core is done with the last frame. */
  next(): void {
    this.#busy = false;
  }

  async #settle(): Promise<void> {
    if (!this.#visible) return this.#stop();
    if (!this.#wanted || this.#stream || this.#starting) return;
    if (!navigator.mediaDevices) return this.#listener.failed({ code: "browser-too-old" });
    this.#starting = true;
    try {
      const stream = await navigator.mediaDevices.getUserMedia({
        video: { facingMode: { ideal: "environment" }, width: { ideal: 1280 }, height: { ideal: 720 } },
      });
      this.#stream = stream;
      // A camera that is pulled out or taken over ends by itself.
      stream.getVideoTracks()[0]?.addEventListener("ended", () => {
        if (stream !== this.#stream) return;
        this.#stop();
        this.#listener.failed({ code: "camera-in-use" });
      });
      this.#listener.started();
    } catch (error) {
      this.#listener.failed(problem(error));
    } finally {
      this.#starting = false;
    }
    // The page may have gone to the background while the person was being asked.
    if (this.#visible) this.#play();
    else this.#stop();
  }

  #play(): void {
    clearTimeout(this.#timer);
    const video = this.#video;
    if (!video || !this.#stream) return;
    video.srcObject = this.#stream;
    // It fails where the element has left the page meanwhile; then nothing is lost.
    video.play().catch(() => undefined);
    this.#loop(video);
  }

  #loop(video: HTMLVideoElement): void {
    if (this.#wanted && !this.#busy && video.videoWidth > 0) this.#take(video);
    this.#timer = setTimeout(() => this.#loop(video), PAUSE_MS);
  }

  #take(video: HTMLVideoElement): void {
    const [canvas, width, height] = [this.#canvas, video.videoWidth, video.videoHeight];
    if (!this.#context) return;
    // Giving a size, even the same, makes the browser take new memory.
    if (canvas.width !== width) canvas.width = width;
    if (canvas.height !== height) canvas.height = height;
    this.#context.drawImage(video, 0, 0);
    this.#busy = true;
    this.#listener.frame(this.#context.getImageData(0, 0, width, height).data.buffer, width, height);
  }

  #stop(): void {
    clearTimeout(this.#timer);
    for (const track of this.#stream?.getTracks() ?? []) track.stop();
    this.#stream = undefined;
    this.#busy = false;
    if (this.#video) this.#video.srcObject = null;
  }
}
