// How a page looks to a program: what axe-core finds, what is wider than the screen, how small text and targets are.
import { AxeBuilder } from "@axe-core/playwright";
import assert from "node:assert/strict";

/** No violation that axe-core finds, nothing wider than the screen. */
export async function sound(page, state) {
  // Within the page itself: its other way opens a second page each time.
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
  assert.deepEqual(violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`)), [], state);
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${state}: wider than the screen`);
}

/** The least height of the buttons in view, and the least size of text, in pixels. */
export const least = (page) => page.evaluate(() => {
  const seen = [...document.querySelectorAll("#app *")].filter((element) => element.checkVisibility() && !element.closest(".hidden"));
  const words = seen.filter((element) => [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim()));
  return {
    text: Math.min(...words.map((element) => parseFloat(getComputedStyle(element).fontSize))),
    target: Math.min(...seen.filter((element) => element.matches("button, summary, a")).map((element) => element.getBoundingClientRect().height)),
  };
});
