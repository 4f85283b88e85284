import type { Texts } from "../../shared/l10n";
import type { Camera } from "./camera";

/** Other camera, light, zoom: each only where this camera has it. */
export function Controls({ camera, texts }: { camera: Camera; texts: Texts }) {
  const { track, other } = camera;
  const torch = track?.torch ?? null;
  const zoom = track?.zoom;
  return (
    <div class="controls">
      {other ? (
        <button type="button" aria-label={texts.text("camera-switch-to", { name: other.name })} onClick={() => camera.switch()}>
          {texts.text("camera-switch")}
        </button>
      ) : null}
      {torch === null ? null : (
        <button type="button" aria-pressed={torch} onClick={() => void camera.adjust((track) => track.light(!torch))}>
          {texts.text("camera-light")}
        </button>
      )}
      {zoom ? (
        <>
          <button
            type="button"
            aria-label={texts.text("camera-zoom-out")}
            aria-disabled={zoom.value <= zoom.min}
            onClick={() => void camera.adjust((track) => track.step(false))}
          >
            −
          </button>
          <button
            type="button"
            aria-label={texts.text("camera-zoom-in")}
            aria-disabled={zoom.value >= zoom.max}
            onClick={() => void camera.adjust((track) => track.step(true))}
          >
            +
          </button>
        </>
      ) : null}
    </div>
  );
}

/** Focuses where the picture was touched. It fills its place, so that one of its sides is cut on both ends. */
export function focusOn(camera: Camera, { currentTarget, clientX, clientY }: MouseEvent): void {
  if (!(currentTarget instanceof HTMLVideoElement) || currentTarget.videoWidth === 0) return;
  const { left, top, width, height } = currentTarget.getBoundingClientRect();
  const scale = Math.max(width / currentTarget.videoWidth, height / currentTarget.videoHeight);
  const place = (at: number, side: number, pixels: number) => (at - side / 2) / (pixels * scale) + 0.5;
  const x = place(clientX - left, width, currentTarget.videoWidth);
  const y = place(clientY - top, height, currentTarget.videoHeight);
  void camera.adjust((track) => track.focus(x, y));
}
