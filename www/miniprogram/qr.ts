import type { QrView } from "../shared/types";

/** What a canvas must be able to do. */
export interface Pen {
  fillStyle: string | unknown;
  fillRect(x: number, y: number, width: number, height: number): void;
}

/** The dark runs of a code: each a row's part, as x, y and length in modules. */
export function runs({ path }: QrView): [number, number, number][] {
  const found: [number, number, number][] = [];
  const run = /M(\d+) (\d+)h(\d+)v1h-\d+z/g;
  for (let match = run.exec(path); match; match = run.exec(path)) found.push([Number(match[1]), Number(match[2]), Number(match[3])]);
  return found;
}

/** The side of a canvas, in pixels of its own, that gives each module the same whole number of them. */
export const side = (qr: QrView, wanted: number): number => qr.size * Math.max(1, Math.round(wanted / qr.size));

/** Draws a code, black on its own white, over the whole of a canvas whose side is `side(…)`. */
export function draw(pen: Pen, qr: QrView, pixels: number): void {
  const module = pixels / qr.size;
  pen.fillStyle = "#fff";
  pen.fillRect(0, 0, pixels, pixels);
  pen.fillStyle = "#000";
  for (const [x, y, length] of runs(qr)) pen.fillRect(x * module, y * module, length * module, module);
}
