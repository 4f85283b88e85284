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
  #video: HTMLVideoElement | null = null;
  #stream: MediaStream | undefined;
  #wanted = false;
  #visible = document.visibilityState === "visible";
  #starting = false;
  #busy = false;

  constructor(listener: Listener) {
    this.#listener = listener;
  }

  /** The element that shows the picture; none when it leaves the page. */
  show(video: HTMLVideoElement | null): void {
    this.#video = video;
    if (video && this.#stream) void this.#play();
  }

  want(on: boolean): void {
    this.#wanted = on;
    void this.#settle();
  }

  visible(on: boolean): void {
    this.#visible = on;
    void this.#settle();
  }

  /** The core is done with the last frame. */
  next(): void {
    this.#busy = false;
  }

  async #settle(): Promise<void> {
    if (!this.#visible) return this.#stop();
    if (!this.#wanted || this.#stream || this.#starting) return;
    this.#starting = true;
    try {
      if (!navigator.mediaDevices) return this.#listener.failed({ code: "browser-too-old" });
      this.#stream = await navigator.mediaDevices.getUserMedia({
        video: { facingMode: { ideal: "environment" }, width: { ideal: 1280 }, height: { ideal: 720 } },
      });
      // A camera that is pulled out or taken over ends by itself.
      this.#stream.getVideoTracks()[0]?.addEventListener("ended", () => {
        this.#stop();
        this.#listener.failed({ code: "camera-in-use" });
      });
      this.#listener.started();
      await this.#play();
    } catch (error) {
      this.#listener.failed(problem(error));
    } finally {
      this.#starting = false;
    }
  }

  async #play(): Promise<void> {
    const video = this.#video;
    if (!video || !this.#stream) return;
    video.srcObject = this.#stream;
    try {
      await video.play();
    } catch {
      return; // The element has left the page meanwhile.
    }
    this.#loop(video);
  }

  #loop(video: HTMLVideoElement): void {
    if (video !== this.#video || !this.#stream) return;
    if (this.#wanted && !this.#busy && video.videoWidth > 0) this.#take(video);
    setTimeout(() => this.#loop(video), PAUSE_MS);
  }

  #take(video: HTMLVideoElement): void {
    const [width, height] = [video.videoWidth, video.videoHeight];
    this.#canvas.width = width;
    this.#canvas.height = height;
    const context = this.#canvas.getContext("2d", { willReadFrequently: true });
    if (!context) return;
    context.drawImage(video, 0, 0);
    this.#busy = true;
    this.#listener.frame(context.getImageData(0, 0, width, height).data.buffer, width, height);
  }

  #stop(): void {
    for (const track of this.#stream?.getTracks() ?? []) track.stop();
    this.#stream = undefined;
    this.#busy = false;
  }
}
