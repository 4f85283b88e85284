// The camera of the gate: which one, what it is told, and what becomes of a stream that goes away.
import assert from "node:assert/strict";
import { pictured } from "./codes.mjs";
import { test } from "./fixtures.mjs";
import { apply, authority, browser, serve, shot, video } from "./support.mjs";

test.describe.configure({ timeout: 120_000 });

const CHINESE = { dark: "太暗了", closer: "靠近", restarted: "已重新打开摄像头" };
/** How long frames are counted. */
const SECONDS = 2;
const playing = (page) => page.waitForFunction(() => document.querySelector("video")?.videoWidth > 0);
const lens = (page) => page.evaluate(() => document.querySelector("video").srcObject.getVideoTracks()[0].getSettings().deviceId);
const saying = (page, text) => page.locator(".guide", { hasText: text }).waitFor({ timeout: 20_000 });

/** Counts in the page what goes to the core, and how often the camera is asked for. */
function count() {
  globalThis.counted = { frames: 0, longest: 0, asked: 0 };
  const post = Worker.prototype.postMessage;
  Worker.prototype.postMessage = function (message, ...rest) {
    if (message?.type === "frame") {
      globalThis.counted.frames += 1;
      globalThis.counted.longest = Math.max(globalThis.counted.longest, message.width, message.height);
    }
    return post.call(this, message, ...rest);
  };
  const ask = MediaDevices.prototype.getUserMedia;
  MediaDevices.prototype.getUserMedia = function (...wish) {
    globalThis.counted.asked += 1;
    return ask.apply(this, wish);
  };
}

/** A camera of the page's own: a canvas with an ordinary grey picture of this size, which stops moving when `counted.still` says so. */
function drawn([width, height]) {
  MediaDevices.prototype.getUserMedia = async () => {
    globalThis.counted.asked += 1;
    const still = globalThis.counted.asked === 1 && globalThis.counted.tears;
    const canvas = Object.assign(document.createElement("canvas"), { width, height });
    const context = canvas.getContext("2d");
    let turns = 0;
    const draw = () => {
      context.fillStyle = `rgb(${120 + (turns % 20)} 130 140)`;
      context.fillRect(0, 0, width, height);
      turns += 1;
      if (!still || turns < 20) setTimeout(draw, 50);
    };
    draw();
    return canvas.captureStream(20);
  };
}

test("the other camera is a press away and remembered", async ({ t }) => {
  const { origin } = await serve(t, authority(t));
  const { context, page, faults } = await browser(t, { cameras: 2 });
  await context.addInitScript(count);
  await page.goto(`${origin}/verifier/`);
  await playing(page);
  const button = page.getByRole("button", { name: "换摄像头：" });
  await button.waitFor();
  assert.match(await button.getAttribute("aria-label"), /fake_device/);
  const [first, box] = [await lens(page), await button.boundingBox()];
  assert.ok(box.width >= 44 && box.height >= 44, JSON.stringify(box));
  await shot(page, "camera-two-zh");
  await button.click();
  await page.waitForFunction((first) => {
    const track = document.querySelector("video")?.srcObject?.getVideoTracks()[0];
    return track && track.getSettings().deviceId !== first;
  }, first);
  const second = await lens(page);
  await page.reload();
  await playing(page);
  assert.equal(await lens(page), second);

  // Going to the background stops it, coming back starts it again.
  const asked = await page.evaluate(() => {
    globalThis.track = document.querySelector("video").srcObject.getVideoTracks()[0];
    Object.defineProperty(document, "visibilityState", { configurable: true, get: () => "hidden" });
    document.dispatchEvent(new Event("visibilitychange"));
    return globalThis.counted.asked;
  });
  assert.equal(await page.evaluate(() => globalThis.track.readyState), "ended");
  assert.equal(await page.evaluate(() => document.querySelector("video").srcObject), null);
  await page.evaluate(() => {
    delete document.visibilityState;
    document.dispatchEvent(new Event("visibilitychange"));
  });
  await page.waitForFunction((asked) => globalThis.counted.asked > asked, asked);
  await playing(page);
  assert.equal(await lens(page), second);
  assert.deepEqual(faults, []);
});

test("light, zoom and focus go to the camera that has them", async ({ t }) => {
  const { origin } = await serve(t, authority(t));
  const { context, page } = await browser(t, { cameras: 2, locale: "en" });
  await context.addInitScript(() => {
    globalThis.wishes = [];
    const abilities = { torch: true, zoom: { min: 1, max: 4, step: 0.1 }, focusMode: ["continuous", "single-shot"], pointsOfInterest: {} };
    MediaStreamTrack.prototype.getCapabilities = () => abilities;
    MediaStreamTrack.prototype.applyConstraints = async ({ advanced }) => void globalThis.wishes.push(...advanced);
  });
  await page.goto(`${origin}/verifier/`);
  await playing(page);
  const wishes = () => page.evaluate(() => globalThis.wishes.splice(0));
  const light = page.getByRole("button", { name: "Light" });
  await light.waitFor();
  await page.waitForFunction(() => globalThis.wishes.length > 0);
  assert.deepEqual(await wishes(), [{ focusMode: "continuous" }]);
  await light.click();
  await page.locator("button[aria-pressed=true]").waitFor();
  await page.getByRole("button", { name: "Zoom in" }).click();
  await page.waitForFunction(() => globalThis.wishes.length > 1);
  assert.deepEqual(await wishes(), [{ torch: true }, { zoom: 1.5 }]);
  await shot(page, "camera-controls-en");
  for (let press = 0; press < 3; press += 1) await page.getByRole("button", { name: "Zoom in" }).click();
  assert.equal(await page.getByRole("button", { name: "Zoom in" }).getAttribute("aria-disabled"), "true");
  assert.deepEqual((await wishes()).at(-1), { zoom: 4 });
  const { width, height } = await page.locator("video").boundingBox();
  await page.locator("video").click({ position: { x: width / 2, y: height / 3 } });
  await page.waitForFunction(() => globalThis.wishes.length > 0);
  const [{ focusMode, pointsOfInterest: [point] }] = await wishes();
  assert.equal(focusMode, "single-shot");
  assert.ok(Math.abs(point.x - 0.5) < 0.02 && point.y > 0.2 && point.y < 0.45, JSON.stringify(point));
});

test("what would help is said", async ({ t }) => {
  test.setTimeout(180_000);
  const { origin } = await serve(t, authority(t));
  const wallet = await browser(t);
  await wallet.page.goto(`${origin}/wallet/`);
  await apply(wallet.page);
  await wallet.page.locator("svg.qr").waitFor();
  const picture = await pictured(wallet.page);
  const modules = await wallet.page.locator("svg.qr").evaluate((svg) => svg.viewBox.baseVal.height);
  // Of the second the middle is hidden: what is read even at this size would leave nothing to be said.
  const cases = [["dark", null, { ground: "#080808" }], ["closer", picture, { height: modules * 2, cover: true }]];
  for (const [name, seen, how] of cases) {
    const gate = await browser(t, { camera: true });
    await video(wallet.page, seen, gate.camera, how);
    await gate.context.addInitScript(count);
    await gate.page.goto(`${origin}/verifier/`);
    await saying(gate.page, CHINESE[name]);
    await shot(gate.page, `camera-${name}-zh`);
    const before = await gate.page.evaluate(() => globalThis.counted.frames);
    await gate.page.waitForTimeout(SECONDS * 1000);
    const frames = (await gate.page.evaluate(() => globalThis.counted.frames)) - before;
    assert.ok(frames > 0);
    t.diagnostic(`${name}: ${(frames / SECONDS).toFixed(1)} frames a second go to the core`);
    assert.equal(await gate.page.locator(".guide").getAttribute("role"), "status");
    assert.deepEqual(gate.faults, []);
    await gate.page.getByRole("button", { name: "English" }).click();
    await gate.page.locator(".guide", { hasText: name === "dark" ? "Too dark" : "closer" }).waitFor();
    await shot(gate.page, `camera-${name}-en`);
    await gate.context.close();
  }
});

test("a torn stream is started again, and a huge one made smaller", async ({ t }) => {
  const { origin } = await serve(t, authority(t));
  const { context, page } = await browser(t);
  await context.addInitScript(count);
  await context.addInitScript(drawn, [3840, 2160]);
  await context.addInitScript(() => { globalThis.counted.tears = true; });
  await page.goto(`${origin}/verifier/`);
  await page.waitForFunction(() => globalThis.counted.frames > 0);
  await saying(page, CHINESE.restarted);
  const before = await page.evaluate(() => globalThis.counted);
  assert.equal(before.asked, 2);
  assert.equal(before.longest, 1920);
  await page.waitForFunction((frames) => globalThis.counted.frames > frames + 3, before.frames);
  await shot(page, "camera-restarted-zh");
  // It goes on, so it is not started a third time.
  await page.waitForTimeout(6000);
  assert.equal(await page.evaluate(() => globalThis.counted.asked), 2);
  assert.equal(await page.locator(".guide").textContent(), "");
});

test("the browser's own reader is one more, and may fail", async ({ t }) => {
  const { origin } = await serve(t, authority(t));
  for (const works of [true, false]) {
    const { context, page, faults } = await browser(t);
    await context.addInitScript(count);
    await context.addInitScript(drawn, [640, 480]);
    await context.addInitScript((works) => {
      globalThis.detections = 0;
      globalThis.BarcodeDetector = class {
        static async getSupportedFormats() { return ["qr_code"]; }
        async detect() {
          globalThis.detections += 1;
          if (!works) throw new Error("nothing behind it");
          return [{ rawValue: "https://example.org/" }];
        }
      };
    }, works);
    await page.goto(`${origin}/verifier/`);
    if (works) {
      await page.locator("main.verdict.invalid").waitFor();
    } else {
      await page.waitForFunction(() => globalThis.counted.frames > 12);
      assert.equal(await page.evaluate(() => globalThis.detections), 1);
      assert.equal(await page.locator("main.scan").count(), 1);
    }
    assert.deepEqual(faults, []);
    await context.close();
  }
});
