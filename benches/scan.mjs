// Reading QR codes: this program's scanner beside zxing-wasm with its hardest settings, both in WASM, on the same frames in one run.
//
// Every time is from an RGBA frame already at hand to the answer. A camera's frame gets only some of this program's looks; the
// schedule gives the next frame others. So a still frame stands for a camera that is held still: it is offered again until it
// is read, at most ten times; both the time of the frame that was read and of all of them together are told. What is never read is
// offered for some two seconds of a camera, for the mean over the schedule.
import { readFileSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import jpeg from "jpeg-js";
import { PNG } from "pngjs";
import { prepareZXingModule, readBarcodes } from "zxing-wasm/reader";
import { quantile } from "./measure.mjs";

const folder = process.env.TONGMA_FRAMES ?? join(process.cwd(), "../shared/scan");
const core = createRequire(import.meta.url)(join(process.cwd(), "dist/wasm/bare/core.js"));
const require = createRequire(import.meta.url);
await prepareZXingModule({
  overrides: { wasmBinary: readFileSync(require.resolve("zxing-wasm/reader/zxing_reader.wasm")).buffer },
  fireImmediately: true,
});
const HARDEST = { formats: ["QRCode"], tryHarder: true, tryRotate: true, tryInvert: true, tryDownscale: true, maxNumberOfSymbols: 1 };
const TRIES = 10;
const SCHEDULE = 48;

function picture(path) {
  const bytes = readFileSync(path);
  const { data, width, height } = path.endsWith(".png") ? PNG.sync.read(bytes) : jpeg.decode(bytes, { useTArray: true, formatAsRGBA: true });
  return { data: new Uint8ClampedArray(data), width, height };
}

const lines = (text) => text.replaceAll("\r\n", "\n").trimEnd();
const frames = readFileSync(join(folder, "frames.jsonl"), "utf8").trim().split("\n").map((line) => JSON.parse(line));
const photos = ["qrcode-1", "qrcode-3"].flatMap((set) => readdirSync(join(folder, "zxing", set))
  .filter((name) => name.endsWith(".png"))
  .map((name) => ({ path: join(folder, "zxing", set, name), expected: lines(readFileSync(join(folder, "zxing", set, name.replace(/png$/, "txt")), "utf8")) })));
const sets = {
  "dense frames": frames.map(({ file, payload, group }) => ({ path: join(folder, "frames", file), expected: lines(payload), group })),
  photographs: photos,
  "no code": readdirSync(join(folder, "no-code")).map((name) => ({ path: join(folder, "no-code", name), expected: null })),
};

const clock = () => Number(process.hrtime.bigint()) / 1e6;

/** One picture through both: text, time of the last frame, time of all, frames needed. */
async function both({ data, width, height }) {
  const rgba = new Uint8Array(data.buffer);
  const mine = { text: undefined, last: 0, all: 0, tries: 0 };
  while (mine.text === undefined && mine.tries < TRIES) {
    const started = clock();
    mine.text = core.scanFrame(rgba, width, height, mine.tries === 0);
    mine.last = clock() - started;
    mine.all += mine.last;
    mine.tries += 1;
  }
  for (let frame = TRIES; mine.text === undefined && frame < SCHEDULE; frame += 1) {
    const began = clock();
    core.scanFrame(rgba, width, height, false);
    mine.all += clock() - began;
  }
  const started = clock();
  const [found] = await readBarcodes({ data, width, height, colorSpace: "srgb" }, HARDEST);
  const peer = { text: found?.text, last: clock() - started };
  return { mine, peer, still: mine.text ?? core.scanPicture(rgba, width, height) };
}

// Warm.
for (const { path } of sets["dense frames"].slice(0, 8)) await both(picture(path));

const rows = [];
const groups = new Map();
for (const [name, cases] of Object.entries(sets)) {
  const row = { name, count: cases.length, live: 0, still: 0, peer: 0, wrong: [0, 0], hit: [[], [], []], miss: [[], []], frames: [] };
  for (const { path, expected, group } of cases) {
    const { mine, peer, still } = await both(picture(path));
    const good = (text) => text !== undefined && lines(text) === expected;
    row.live += good(mine.text);
    row.still += good(still);
    row.peer += good(peer.text);
    row.wrong[0] += still !== undefined && !good(still);
    row.wrong[1] += peer.text !== undefined && !good(peer.text);
    if (group) {
      const counts = groups.get(group) ?? [0, 0, 0, 0];
      groups.set(group, [counts[0] + 1, counts[1] + good(mine.text), counts[2] + good(still), counts[3] + good(peer.text)]);
    }
    if (good(mine.text) && good(peer.text)) {
      row.hit[0].push(mine.last);
      row.hit[1].push(mine.all);
      row.hit[2].push(peer.last);
      row.frames.push(mine.tries);
    } else if (mine.text === undefined && peer.text === undefined) {
      row.miss[0].push(mine.all / SCHEDULE);
      row.miss[1].push(peer.last);
    }
  }
  rows.push(row);
}

console.log(`| pictures | tongma, live (≤ ${TRIES} frames) | tongma, picture | zxing-wasm | wrong text |\n|---|---:|---:|---:|---:|`);
for (const { name, count, live, still, peer, wrong } of rows) console.log(`| ${name}, ${count} | ${live} | ${still} | ${peer} | ${wrong.join(" / ")} |`);
console.log("\n| group | tongma, live | tongma, picture | zxing-wasm | of |\n|---|---:|---:|---:|---:|");
for (const [group, [all, live, still, peer]] of groups) console.log(`| ${group} | ${live} | ${still} | ${peer} | ${all} |`);
const ms = (values, part) => quantile(values, part).toFixed(1);
const mean = (values) => values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
console.log("\n| time in ms, median (p95) | tongma, the frame read | tongma, all frames until then | zxing-wasm | ratio of the first to the last | frames needed |\n|---|---:|---:|---:|---:|---:|");
for (const { name, hit: [last, all, peer], frames: needed } of rows.filter(({ hit }) => hit[0].length > 0)) {
  const cells = [last, all, peer].map((values) => `${ms(values, 0.5)} (${ms(values, 0.95)})`);
  const ratio = (part) => (quantile(last, part) / quantile(peer, part)).toFixed(2);
  console.log(`| ${name}, read by both | ${cells.join(" | ")} | ${ratio(0.5)} (${ratio(0.95)}) | ${mean(needed).toFixed(2)} |`);
}
for (const { name, miss: [mine, peer] } of rows.filter(({ miss }) => miss[0].length > 0)) {
  console.log(`| ${name}, read by neither, mean of the schedule | ${mean(mine).toFixed(1)} | | ${mean(peer).toFixed(1)} | ${(mean(mine) / mean(peer)).toFixed(2)} | |`);
}
