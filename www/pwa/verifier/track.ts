/** What TypeScript's own types leave out of a camera's abilities. */
interface Abilities {
  torch?: boolean;
  zoom?: { min: number; max: number; step: number };
  focusMode?: string[];
  pointsOfInterest?: unknown;
}

interface Settings {
  zoom?: number;
}

type Wish = { torch?: boolean; zoom?: number; focusMode?: string; pointsOfInterest?: { x: number; y: number }[] };

/** Zoom of a camera; without a unit, 1 is mostly the lens as it is. */
export interface Zoom {
  value: number;
  min: number;
  max: number;
}

/** One press makes the picture larger by so much. */
const ZOOM_STEP = 1.5;
/** No code is further away. */
const ZOOM_MAX = 8;
/** How long the point that was tapped stays in focus before the camera seeks by itself again, in milliseconds. */
const FOCUS_HELD_MS = 4000;

/** Light, zoom and focus of a running camera, each only where the browser offers it. */
export class Track {
  readonly #track: MediaStreamTrack;
  readonly #abilities: Abilities;
  #focusing: ReturnType<typeof setTimeout> | undefined;
  /** Whether the light is on; null where there is none. */
  torch: boolean | null;
  /** Null where there is none. */
  zoom: Zoom | null = null;

  constructor(track: MediaStreamTrack) {
    this.#track = track;
    this.#abilities = (track.getCapabilities?.() ?? {}) as Abilities;
    this.torch = this.#abilities.torch ? false : null;
    const { zoom } = this.#abilities;
    if (zoom && zoom.max > zoom.min) {
      const value = (track.getSettings() as Settings).zoom ?? zoom.min;
      this.zoom = { value, min: zoom.min, max: Math.min(zoom.max, zoom.min * ZOOM_MAX) };
    }
  }

  /** What can be set only on a running camera (iPhones): it seeks the focus by itself, with the zoom and the light of before. */
  async settle({ zoom, light }: { zoom?: number; light?: boolean }): Promise<void> {
    if (this.#abilities.focusMode?.includes("continuous")) await this.#ask({ focusMode: "continuous" });
    if (zoom !== undefined) await this.#zoomTo(zoom);
    if (light) await this.light(true);
  }

  async light(on: boolean): Promise<void> {
    if (this.torch !== null && (await this.#ask({ torch: on }))) this.torch = on;
  }

  /** One step closer (true) or back. */
  async step(closer: boolean): Promise<void> {
    if (this.zoom) await this.#zoomTo(closer ? this.zoom.value * ZOOM_STEP : this.zoom.value / ZOOM_STEP);
  }

  /** Focuses on a point of the picture, each side of which is 1 long. */
  async focus(x: number, y: number): Promise<void> {
    const { focusMode = [], pointsOfInterest } = this.#abilities;
    const once = focusMode.includes("single-shot");
    if (!once && !pointsOfInterest) return;
    clearTimeout(this.#focusing);
    await this.#ask({ ...(pointsOfInterest ? { pointsOfInterest: [{ x, y }] } : {}), ...(once ? { focusMode: "single-shot" } : {}) });
    if (!focusMode.includes("continuous")) return;
    this.#focusing = setTimeout(() => void this.#ask({ focusMode: "continuous" }), FOCUS_HELD_MS);
  }

  stop(): void {
    clearTimeout(this.#focusing);
    this.#track.stop();
  }

  async #zoomTo(wanted: number): Promise<void> {
    if (!this.zoom) return;
    const value = Math.min(this.zoom.max, Math.max(this.zoom.min, wanted));
    if (await this.#ask({ zoom: value })) this.zoom.value = value;
  }

  /** What a camera says it can do it may still refuse; the picture goes on as it is. */
  async #ask(wish: Wish): Promise<boolean> {
    try {
      await this.#track.applyConstraints({ advanced: [wish as MediaTrackConstraintSet] });
      return true;
    } catch {
      return false;
    }
  }
}
