// Codes as pictures: taken of a screen, and read by the command line.
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { folder, tongma } from "./support.mjs";

/** The code on a wallet's screen as a picture (PNG), taken when it stands: no other module is about to draw it anew. */
export const pictured = (page, code = "svg.qr") => page.locator(`body[data-settled] ${code}`).screenshot();

/** The text of the code in a picture; another one than was looked for is a fault, as is none. */
export function read(t, picture, begins = "TM1:") {
  const path = join(folder(t), "code.png");
  writeFileSync(path, picture);
  const text = tongma("scan", path).split("\t")[1];
  assert.ok(text.startsWith(begins), `the picture says ${text}`);
  return text;
}

/** A text drawn as a code, as a picture (PNG). */
export async function drawn(context, text) {
  const page = await context.newPage();
  await page.setContent(`<div style="width:300px">${tongma("draw", text)}</div>`);
  const picture = await page.locator("svg").screenshot();
  await page.close();
  return picture;
}
