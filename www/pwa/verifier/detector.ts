interface Found {
  rawValue: string;
}
interface BarcodeDetector {
  detect(source: HTMLVideoElement): Promise<Found[]>;
}
interface BarcodeDetectorClass {
  new (options: { formats: string[] }): BarcodeDetector;
  getSupportedFormats(): Promise<string[]>;
}

/** One picture in so many goes to it while the core keeps up. */
const EVERY = 3;

/** The reader of codes that some browsers have, beside the core's own and never instead of it. */
export class Detector {
  readonly #read: (text: string) => void;
  #detector: BarcodeDetector | null = null;
  #busy = false;
  #turn = 0;

  constructor(read: (text: string) => void) {
    this.#read = read;
    void this.#open();
  }

  async #open(): Promise<void> {
    const { BarcodeDetector: Class } = globalThis as { BarcodeDetector?: BarcodeDetectorClass };
    try {
      // It is there on some systems that have nothing behind it.
      if (Class && (await Class.getSupportedFormats()).includes("qr_code")) this.#detector = new Class({ formats: ["qr_code"] });
    } catch {
      // Then the core reads alone.
    }
  }

  /** A new picture has come; `busy` when the core can't look at it. */
  async look(video: HTMLVideoElement, busy: boolean): Promise<void> {
    this.#turn = (this.#turn + 1) % EVERY;
    if (!this.#detector || this.#busy || (!busy && this.#turn !== 0)) return;
    this.#busy = true;
    try {
      const [found] = await this.#detector.detect(video);
      if (found?.rawValue) this.#read(found.rawValue);
    } catch {
      // What has failed once fails with every picture.
      this.#detector = null;
    }
    this.#busy = false;
  }
}
