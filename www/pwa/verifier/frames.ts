/** Smallest pause between two frames, in milliseconds: a hand is no faster, and the phone stays cool. */
const PAUSE_MS = 60;
/** Frames of a camera come by the second. After so long without one the stream is torn, in milliseconds. */
const TORN_MS = 5000;
/** Longest side of a frame that goes to the core. More pixels only take more time. */
const LONGEST = 1920;

interface Listener {
  /** A new picture is on the video. True when its pixels were wanted. */
  wanted(video: HTMLVideoElement): boolean;
  frame(buffer: ArrayBuffer, width: number, height: number): void;
  /** No picture came for too long. */
  torn(): void;
}

/** Follows the pictures of a video and takes the pixels of those that are wanted. */
export class Frames {
  readonly #listener: Listener;
  readonly #canvas = document.createElement("canvas");
  readonly #context = this.#canvas.getContext("2d", { willReadFrequently: true });
  #timer: ReturnType<typeof setTimeout> | undefined;
  #last = 0;
  /** Counts the pictures that came where the browser tells of each, else null. */
  #came: number | null = null;
  #run = 0;

  constructor(listener: Listener) {
    this.#listener = listener;
  }

  start(video: HTMLVideoElement): void {
    this.stop();
    const run = this.#run;
    this.#last = performance.now();
    this.#came = "requestVideoFrameCallback" in video ? 0 : null;
    const count = () => {
      if (run !== this.#run) return;
      this.#came = (this.#came ?? 0) + 1;
      video.requestVideoFrameCallback(count);
    };
    if (this.#came !== null) video.requestVideoFrameCallback(count);
    let seen: number | null = null;
    const look = () => {
      const stamp = this.#came ?? video.currentTime;
      const now = performance.now();
      if (stamp !== seen && video.videoWidth > 0 && video.videoHeight > 0) {
        seen = stamp;
        this.#last = now;
        if (this.#listener.wanted(video)) this.#take(video);
      } else if (now - this.#last > TORN_MS) {
        this.#last = now;
        return this.#listener.torn();
      }
      this.#timer = setTimeout(look, PAUSE_MS);
    };
    look();
  }

  stop(): void {
    this.#run += 1;
    clearTimeout(this.#timer);
  }

  #take(video: HTMLVideoElement): void {
    const scale = Math.min(1, LONGEST / Math.max(video.videoWidth, video.videoHeight));
    const [canvas, width, height] = [this.#canvas, Math.round(video.videoWidth * scale), Math.round(video.videoHeight * scale)];
    if (!this.#context || width === 0 || height === 0) return;
    // Giving a size, even the same, makes the browser take new memory.
    if (canvas.width !== width) canvas.width = width;
    if (canvas.height !== height) canvas.height = height;
    this.#context.drawImage(video, 0, 0, width, height);
    this.#listener.frame(this.#context.getImageData(0, 0, width, height).data.buffer, width, height);
  }
}
