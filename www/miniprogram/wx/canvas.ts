import type { QrView } from "../../shared/types";
import { draw, type Pen, side } from "../qr";

interface Canvas {
  width: number;
  height: number;
  getContext(kind: "2d"): Pen;
}

/** How much finer a canvas is drawn than the layout's pixels: no phone shows more. */
const FINE = 3;

/** Draws a code on the canvas of a page. */
export function drawOn(page: WechatMiniprogram.Component.TrivialInstance | WechatMiniprogram.Page.TrivialInstance, selector: string, qr: QrView): void {
  page.createSelectorQuery().select(selector).fields({ node: true, size: true }).exec((found: ({ node?: Canvas; width?: number } | null)[]) => {
    const { node, width } = found[0] ?? {};
    if (!node || !width) return;
    const pixels = side(qr, width * FINE);
    node.width = pixels;
    node.height = pixels;
    draw(node.getContext("2d"), qr, pixels);
  });
}
