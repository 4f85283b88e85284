// How a page looks to a program: what axe-core finds, what is wider than the screen, how small text and targets are.
import axe from "axe-core";
import assert from "node:assert/strict";

/** No violation that axe-core finds, nothing wider than the screen. */
export async function sound(page, state) {
  // Once a page, for it is large.
  if (!(await page.evaluate(() => "axe" in globalThis))) await page.evaluate(axe.source);
  const found = await page.evaluate(async () => {
    // What is in order is only counted.
    const { violations } = await globalThis.axe.run({ resultTypes: ["violations"] });
    return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
  });
  assert.deepEqual(found, [], state);
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

/** What is cut, or stands outside the screen from side to side. */
export const cut = (page) => page.evaluate(() => {
  const found = [];
  const wide = document.documentElement.scrollWidth;
  if (wide > innerWidth) found.push(`the page is ${wide} wide`);
  const words = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (words.nextNode()) {
    const { data, parentElement } = words.currentNode;
    if (!data.trim() || !parentElement.checkVisibility({ visibilityProperty: true }) || parentElement.closest(".hidden, noscript, option")) continue;
    const range = document.createRange();
    range.selectNodeContents(words.currentNode);
    // The screen, and whatever around it cuts what is too large.
    const frames = [{ left: 0, right: innerWidth, top: -Infinity, bottom: Infinity }];
    for (let around = parentElement; around !== document.body; around = around.parentElement) {
      const { overflowX, overflowY } = getComputedStyle(around);
      if (overflowX !== "visible" && overflowY !== "visible" && !["auto", "scroll"].includes(overflowY)) frames.push(around.getBoundingClientRect());
    }
    for (const { left, right, top, bottom } of range.getClientRects()) {
      if (frames.some((frame) => left < frame.left - 1 || right > frame.right + 1 || top < frame.top - 1 || bottom > frame.bottom + 1)) {
        found.push(`"${data.trim()}" from ${Math.round(left)} to ${Math.round(right)}`);
        break;
      }
    }
  }
  for (const control of document.querySelectorAll("button, input:not(.hidden), select, textarea, summary, a")) {
    const { left, right, width } = control.getBoundingClientRect();
    if (width > 0 && control.checkVisibility() && (left < -1 || right > innerWidth + 1)) found.push(`${control.outerHTML.slice(0, 80)} from ${Math.round(left)} to ${Math.round(right)}`);
  }
  return found;
});

/** Goes through a page, or the dialog upon it, by Tab alone: every control in its order, each with the focus to be seen and on the screen. */
export async function tabbed(page, state) {
  const expected = await page.evaluate(() => {
    const within = document.querySelector("dialog[open]") ?? document.body;
    const radios = new Set();
    globalThis.controls = [...within.querySelectorAll("button, input, select, textarea, summary, a[href]")].filter((control) => {
      if (control.disabled || control.tabIndex < 0 || !control.checkVisibility()) return false;
      if (control.type !== "radio") return true;
      // Of a group the one that is chosen, else the first.
      const chosen = document.querySelector(`input[type=radio][name="${control.name}"]:checked`);
      const own = chosen ? chosen === control : !radios.has(control.name);
      radios.add(control.name);
      return own;
    });
    // From its beginning.
    within.tabIndex = -1;
    within.focus();
    return controls.map((control) => control.outerHTML.slice(0, 90));
  });
  const wrong = [];
  for (let at = 0; at < expected.length; at += 1) {
    await page.keyboard.press("Tab");
    const problem = await page.evaluate((at) => {
      const control = document.activeElement;
      if (control !== controls[at]) return `not reached; the focus is on ${control?.outerHTML.slice(0, 90)}`;
      const shown = control.closest(".hidden") ? control.closest("label") : control;
      const { outlineStyle, outlineWidth } = getComputedStyle(shown);
      if (outlineStyle === "none" || parseFloat(outlineWidth) < 2) return "has no focus to be seen";
      const { left, right, top, bottom } = shown.getBoundingClientRect();
      const [x, y] = [(Math.max(0, left) + Math.min(innerWidth, right)) / 2, (Math.max(0, top) + Math.min(innerHeight, bottom)) / 2];
      const hit = document.elementFromPoint(x, y);
      return hit && (shown.contains(hit) || hit.contains(shown) && hit.matches("label")) ? "" : `is covered by ${hit?.outerHTML.slice(0, 60)}`;
    }, at);
    if (problem) wrong.push(`${expected[at]} ${problem}`);
    if (problem.startsWith("not reached")) break;
  }
  await page.evaluate(() => (document.querySelector("dialog[open]") ?? document.body).removeAttribute("tabindex"));
  assert.deepEqual(wrong, [], `${state}: by Tab`);
}

/** Nothing cut, no sideways scrolling, everything within reach of the keyboard. */
export async function reachable(page, state) {
  assert.deepEqual(await cut(page), [], state);
  await tabbed(page, state);
}
