// A real authority, a real browser, a real camera stream.
import { chromium } from "@playwright/test";
import { spawn, spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = join(dirname(fileURLToPath(import.meta.url)), "../..");
export const binary = process.env.TONGMA_BIN ?? join(root, "target/debug/tongma");
export const pictures = process.env.PICTURES;

const endings = new WeakMap();

/** Does something after the test; the last thing begun is ended first, so that no folder goes while a browser still writes there. */
export function afterwards(t, work) {
  const held = endings.get(t);
  if (held) return held.push(work);
  const all = [work];
  endings.set(t, all);
  t.after(async () => {
    // All are tried: a browser left open would keep the tests from ending.
    const ended = [];
    for (const work of all.reverse()) ended.push(...(await Promise.allSettled([Promise.resolve().then(work)])));
    const failed = ended.find(({ status }) => status === "rejected");
    if (failed) throw failed.reason;
  });
}

/** A folder that is gone after the test. */
export function folder(t) {
  const path = mkdtempSync(join(tmpdir(), "tongma-"));
  afterwards(t, () => rmSync(path, { recursive: true, force: true, maxRetries: 9, retryDelay: 200 }));
  return path;
}

/** A folder with the data of an authority, prepared before all tests; that of the name `other` has keys of its own. */
export function authority(t, name = "own") {
  const data = folder(t);
  cpSync(join(process.env.AUTHORITIES, name), data, { recursive: true });
  return data;
}

/** Starts `tongma serve` on a free port. */
export async function serve(t, data, port = 0) {
  const child = spawn(binary, ["serve", "--port", String(port), "--data", data, "--pages", join(root, "dist/www")], { stdio: ["ignore", "inherit", "pipe"] });
  const origin = await new Promise((resolve, reject) => {
    let said = "";
    child.stderr.on("data", (bytes) => {
      said += bytes;
      const found = /http:\/\/[^\s]+:(\d+)/.exec(said);
      // localhost is a secure context for browsers, whatever the address.
      if (found) resolve(`http://localhost:${found[1]}`);
    });
    child.on("exit", (code) => reject(new Error(`the server ended with ${code}: ${said}`)));
  });
  const stop = () => new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve();
    child.removeAllListeners("exit");
    child.on("exit", resolve);
    child.kill("SIGKILL");
  });
  afterwards(t, stop);
  return { origin, stop };
}

/** Runs `tongma`, whatever comes of it. */
export function tried(...args) {
  const { status, stdout, stderr } = spawnSync(binary, args, { encoding: "utf8" });
  return { code: status, out: stdout.trim(), error: stderr };
}

/** Runs `tongma` and gives what it prints; a failure throws, and so does an answer with nothing in it. */
export function tongma(...args) {
  const { code, out, error } = tried(...args);
  if (code !== 0 || out === "") throw new Error(`tongma ${args.join(" ")} ended with ${code}: ${error || "no answer"}`);
  return out;
}

const ARGUMENTS = [
  "--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run",
];

/** How a browser is started; `camera` is a video file that becomes its camera, `cameras` how many made-up ones it has, `args` are more words. */
function start({ camera, cameras = 1, args = [] }) {
  const made = camera || cameras > 1;
  const fake = made
    ? ["--use-fake-ui-for-media-stream", `--use-fake-device-for-media-stream=device-count=${cameras}`, ...(camera ? [`--use-file-for-fake-video-capture=${camera}`] : [])]
    : [];
  return { executablePath: process.env.CHROME ?? "/usr/bin/chromium", args: [...ARGUMENTS, ...fake, ...args], headless: true };
}

/** A browser for many phones. */
export const launch = (options) => chromium.launch(start(options));

/**
 * A phone: a context of a browser that the worker has already. A browser of its own is started where its data outlive it (`profile`), where its
 * start has other words (`cameras`, `args`), and where no runner shares any. With `camera` it has one: what it sees is the video file of that name
 * in the result.
 */
export async function browser(t, { camera = false, cameras = 1, profile, locale = "zh-CN", args = [] } = {}) {
  const file = camera ? t.camera ?? join(folder(t), "camera.mjpeg") : undefined;
  const looks = {
    locale,
    viewport: { width: 360, height: 740 },
    deviceScaleFactor: 2,
    ...(camera || cameras > 1 ? { permissions: ["camera"] } : {}),
  };
  const alone = profile || cameras > 1 || args.length > 0 || !t.shared;
  const context = alone
    ? await chromium.launchPersistentContext(profile ?? folder(t), { ...start({ camera: file, cameras, args }), ...looks })
    : await (await t.shared(camera ? "camera" : "plain")).newContext(looks);
  afterwards(t, () => context.close());
  context.setDefaultTimeout(15_000);
  const requests = [];
  context.on("request", (request) => requests.push(request.url()));
  const faults = [];
  context.on("weberror", (error) => faults.push(String(error.error())));
  context.on("console", (message) => {
    if (message.type() === "error" && !/ERR_CONNECTION_REFUSED|ERR_INTERNET_DISCONNECTED|Failed to load resource/.test(message.text())) faults.push(message.text());
  });
  return { context, requests, faults, camera: file, page: context.pages()[0] ?? (await context.newPage()) };
}

/** What a resident enters, by the fields' names. */
export const PERSON = { name: "甲乙丙", "document-number": "11010519491231002X", phone: "13800138000" };

/** Fills in the form and sends it. */
export async function apply(page, { name = PERSON.name, number = PERSON["document-number"], phone = PERSON.phone, symptoms = "" } = {}) {
  await firstStep(page);
  await page.locator("#field-name").fill(name);
  await page.locator("#field-document-number").fill(number);
  await page.locator("#field-phone").fill(phone);
  await page.locator("button[type=submit]").click();
  // A wrong field keeps the form where it is.
  if (await page.locator("#field-name").count()) return;
  await page.locator("#field-address").fill("江西省南昌市东湖区一号");
  for (const question of ["been", "contact"]) await page.locator(`input[name=${question}][value=no]`).check();
  await page.locator(symptoms ? `#field-symptoms-${symptoms}` : "#field-symptoms").check();
  await page.locator("#field-temperature").fill("36.6");
  await page.locator("button[type=submit]").click();
  for (const box of ["truth", "consent"]) await page.locator(`#field-${box}`).check();
  await page.locator("button[type=submit]").click();
}

/** The steps of the form after those of the person, for somebody healthy. */
export async function restOfForm(page) {
  await page.locator("#field-address").fill("江西省南昌市东湖区一号");
  for (const question of ["been", "contact"]) await page.locator(`input[name=${question}][value=no]`).check();
  await page.locator("#field-symptoms").check();
  await page.locator("button[type=submit]").click();
  for (const box of ["truth", "consent"]) await page.locator(`#field-${box}`).check();
  await page.locator("button[type=submit]").click();
}

/** Applies for somebody without a phone, from the room of people on; the sign is the one by that number. */
export async function applyFor(page, say, { relation, sign, name, number, child = false }) {
  await page.getByRole("button", { name: say("people-add-begin"), exact: true }).click();
  await page.getByLabel(say(`relation-${relation}`), { exact: true }).check();
  await page.locator(`input[name=new-sign][value=${sign}]`).check();
  await page.getByRole("button", { name: say("people-go-on"), exact: true }).click();
  await page.locator("#field-name").fill(name);
  await page.locator("#field-document-number").fill(number);
  await page.locator("#field-phone").fill(PERSON.phone);
  await page.locator("button[type=submit]").click();
  if (child) {
    await page.locator("#field-guardian").check();
    await page.locator("button[type=submit]").click();
  }
  await restOfForm(page);
  await page.locator("p.several").getByText(say(`whom-${relation}`)).waitFor();
}

/** Back to the first step of the form. */
export async function firstStep(page) {
  await page.locator("main.apply form").waitFor();
  while (!(await page.locator("#field-name").count())) await page.locator("form button.quiet").click();
}

/** Sends a form that is filled in, from whichever step. */
export async function send(page) {
  await page.locator("main.apply form").waitFor();
  for (;;) {
    const last = (await page.locator("#field-consent").count()) > 0;
    await page.locator("button[type=submit]").click();
    if (last) return;
  }
}

/** Waits until the page can be opened with no network. */
export async function kept(page) {
  await page.waitForFunction(() => navigator.serviceWorker.ready.then(() => navigator.serviceWorker.controller !== null));
}

/**
 * Puts a picture (PNG), of so many pixels' height, in the middle of a grey 1280×720 camera frame, as a Motion JPEG video of some frames;
 * `cover` hides the middle of it. Several pictures follow one another, over and over, each for so many frames.
 */
export async function video(page, png, path, { frames: each = FRAMES, ...options } = {}) {
  const frames = [];
  for (const one of Array.isArray(png) ? png : [png]) {
    const frame = await cameraFrame(page, one, options);
    frames.push(...Array.from({ length: each }, () => frame));
  }
  writeFileSync(path, Buffer.concat(frames));
}

/** So many frames of each picture in a video; a camera makes some 30 a second of them. */
export const FRAMES = 10;

async function cameraFrame(page, png, { height = 660, ground = "#889", cover = false } = {}) {
  // A text comes out of the page at once; for an array of as many numbers it takes more than a second.
  const jpeg = await page.evaluate(async ({ base64, height, ground, cover }) => {
    const canvas = Object.assign(document.createElement("canvas"), { width: 1280, height: 720 });
    const context = canvas.getContext("2d");
    context.fillStyle = ground;
    context.fillRect(0, 0, 1280, 720);
    if (base64) {
      const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
      const picture = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
      const width = (picture.width / picture.height) * height;
      context.imageSmoothingQuality = "high";
      context.drawImage(picture, (1280 - width) / 2, (720 - height) / 2, width, height);
      if (cover) context.fillRect(640 - width / 4, 360 - height / 4, width / 2, height / 2);
    }
    return canvas.toDataURL("image/jpeg", 0.9).split(",")[1];
  }, { base64: png?.toString("base64"), height, ground, cover });
  return Buffer.from(jpeg, "base64");
}

/** Keeps a picture where PICTURES says. */
export async function shot(page, name) {
  if (pictures) await page.screenshot({ path: join(pictures, `${name}.png`) });
}
