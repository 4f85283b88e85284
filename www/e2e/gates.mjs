// What the journeys at a gate have in common: codes for its camera, setting it up by its own screens, and what it answers.
import assert from "node:assert/strict";
import { gate as openGate, text } from "./faulty.mjs";
import { browser, kept, shot, tongma, video } from "./support.mjs";

/** A text drawn as a code, as a picture (PNG). */
export async function picture(page, drawn) {
  const { side, svg } = JSON.parse(tongma("draw", "--json", drawn));
  const png = await page.evaluate(({ side, path }) => {
    const scale = 6;
    const canvas = Object.assign(document.createElement("canvas"), { width: side * scale, height: side * scale });
    const context = canvas.getContext("2d");
    context.fillStyle = "#fff";
    context.fillRect(0, 0, side * scale, side * scale);
    context.fillStyle = "#000";
    context.scale(scale, scale);
    context.fill(new Path2D(path));
    return canvas.toDataURL("image/png").split(",")[1];
  }, { side, path: /<path d="([^"]+)"/.exec(svg)[1] });
  return Buffer.from(png, "base64");
}

/** A gate with a camera of its own, all of its data and the page kept: the server may go. */
export async function opened(t, origin, locale) {
  const gate = await withCamera(t, locale);
  await openGate(gate.page, origin);
  await kept(gate.page);
  return gate;
}

async function withCamera(t, locale) {
  const gate = await browser(t, { locale, camera: true });
  // At first the camera sees a grey wall.
  await video(gate.page, null, gate.camera);
  return { ...gate, say: (id, args) => text(locale, id, args) };
}

/** Holds a text as a code in front of the camera, several in turn, or takes it away. */
export async function hold(gate, ...drawn) {
  const pictures = [];
  for (const text of drawn) pictures.push(await picture(gate.page, text));
  await film(gate, pictures.length > 0 ? pictures : null);
}

/** Holds pictures (PNG) in front of the camera in turn, each for so many frames. */
export async function film({ page, camera }, pictures, options) {
  await video(page, pictures, camera, options);
  // A video file is read from its beginning when the camera starts: the page is put away and taken out again.
  for (const state of ["hidden", "visible"]) {
    await page.evaluate((state) => {
      Object.defineProperty(document, "visibilityState", { configurable: true, get: () => state });
      document.dispatchEvent(new Event("visibilitychange"));
    }, state);
  }
}

/** A field of the settings, by its label. */
export const field = ({ page, say }, id) => page.locator("label.field", { has: page.locator("span", { hasText: say(`settings-${id}`) }) }).locator("select, input");

/** Sets the gate up by its own screens: kind of place, province, name, switches by name. */
export async function setUp(gate, { kind, province, name, switches = {} }, shown) {
  const { page, say } = gate;
  await page.getByRole("button", { name: say("settings-open"), exact: true }).click();
  await page.locator("main.settings").waitFor();
  if (kind !== undefined) await field(gate, "kind").selectOption(kind);
  if (province) await field(gate, "region").selectOption(province);
  if (name) {
    await field(gate, "name").fill(name);
    await field(gate, "name").blur();
  }
  for (const [id, on] of Object.entries(switches)) {
    // By how a label begins: the words of one are within the hint of another.
    await page.locator("label.switch").filter({ hasText: new RegExp(`^${say(`settings-${id}`).replace(/[()]/g, "\\$&")}`) }).locator("input").setChecked(on);
  }
  if (shown) await page.screenshot({ fullPage: true, path: shown });
  await page.getByRole("button", { name: say("settings-done") }).click();
  await page.locator("main.scan").waitFor();
}

/** Waits for an answer and asserts what is read on the screen: outcome, reason, what to do, what is to be found beside them, and with `fits`
 * that nothing of it has to be scrolled to. */
export async function answered(gate, outcome, reason, { rule, beside = [], absent = [], name, fits = false } = {}) {
  const { page, say } = gate;
  const verdict = page.locator(`main.verdict.${outcome}`);
  await verdict.waitFor({ timeout: 30_000 });
  assert.equal(await verdict.locator("h1").textContent(), say(`verdict-${outcome}`));
  const answer = await verdict.locator(".answer").textContent();
  for (const told of reason) assert.ok(answer.includes(told), `${answer} lacks ${told}`);
  const why = await verdict.locator(".why").textContent();
  if (rule) assert.ok((await verdict.locator(".rule").textContent()).includes(rule), why);
  for (const told of beside) assert.ok(why.includes(told), `${why} lacks ${told}`);
  for (const told of absent) assert.ok(!why.includes(told), `${why} has ${told}`);
  if (name) await shot(page, name);
  if (fits) assert.ok(await page.evaluate(() => document.documentElement.scrollHeight <= innerHeight), `${outcome} fits the screen`);
  return verdict;
}

/** How long a pass stays, and data of a person. */
export const [PASS_SHOWN_MS, FADE_MS] = [3000, 5000];

/** The same code counts as the next person's after that. */
export const SAME_CODE_MS = 5500;

/** A pass goes by itself. */
export async function gone({ page }) {
  await page.locator("main.verdict.pass").waitFor();
  await page.clock.fastForward(PASS_SHOWN_MS);
  await page.locator("main.scan").waitFor();
}

/** The next person's turn. */
export async function next({ page }) {
  await page.locator("button.next").click();
  await page.locator("main.scan").waitFor();
}

/** Nobody else was asked anything, and nothing went wrong. */
export function assertQuiet(origin, ...gates) {
  for (const { requests, faults } of gates) {
    for (const url of requests) assert.ok(url.startsWith(`${origin}/`) || url.startsWith("blob:"), `a request to ${url}`);
    assert.deepEqual(faults, []);
  }
}
