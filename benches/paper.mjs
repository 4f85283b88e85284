// A province's worth of lists: LINES persons (100 000) from a CSV in GB18030 to cards, how long it takes and how much memory. Some lines are bad.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createWriteStream, mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const LINES = Number(process.env.LINES ?? 100_000);
const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
// 甲乙 in GB18030.
const NAME = Buffer.from([0xbc, 0xd7, 0xd2, 0xd2]);

/** The number of an identity card with its check digit; of every hundredth the digit is wrong. */
function number(seed) {
  const two = (value) => String(value).padStart(2, "0");
  const body = `360102${1930 + Math.floor(seed / 336_000)}${two(1 + Math.floor(seed / 28_000) % 12)}${two(1 + Math.floor(seed / 1000) % 28)}${String(seed % 1000).padStart(3, "0")}`;
  const sum = WEIGHTS.reduce((sum, weight, at) => sum + weight * Number(body[at]), 0);
  return body + "10X98765432"[(sum + (seed % 100 === 99 ? 1 : 0)) % 11];
}

const folder = mkdtempSync(join(tmpdir(), "tongma-paper-"));
const run = (...args) => spawn(process.env.TONGMA_BIN, args, { stdio: ["ignore", "pipe", "inherit"], cwd: folder });
try {
  await once(run("authority", "init", "a").stdout.resume(), "end");
  const list = createWriteStream(join(folder, "list.csv"));
  list.write("name,document\r\n");
  for (let seed = 0; seed < LINES; seed += 1) {
    list.write(NAME);
    if (!list.write(`,${number(seed)}\r\n`)) await once(list, "drain");
  }
  list.end();
  await once(list, "finish");
  for (const round of ["first", "again, each replaced"]) {
    const started = performance.now();
    const out = round === "first" ? "one" : "two";
    const child = run("--json", "paper", "batch", "--authority", "a", "--csv", "list.csv", "--out", out);
    let peak = 0;
    const watch = setInterval(() => {
      try {
        peak = Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, "utf8"))?.[1] ?? peak);
      } catch {
        // It has just ended.
      }
    }, 50);
    let told = "";
    child.stdout.on("data", (data) => { told += data; });
    await once(child, "close");
    clearInterval(watch);
    const seconds = (performance.now() - started) / 1000;
    const bytes = readdirSync(join(folder, out)).reduce((sum, name) => sum + statSync(join(folder, out, name)).size, 0);
    console.log(`${round}: ${told.trim()}`);
    console.log(`${seconds.toFixed(1)} s, ${Math.round(LINES / seconds)} lines a second, ${Math.round(peak / 1024)} MiB at most, ${Math.round(bytes / 2 ** 20)} MiB of cards and reports`);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
