// What Lighthouse says of both pages at their first opening, on its slow phone with its slow network. Fails below what the pages are to have.
import lighthouse from "lighthouse";
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterwards, folder, serve } from "../../www/e2e/support.mjs";

const LEAST = { performance: 95, accessibility: 100, "best-practices": 100 };

const ends = [];
const t = { after: (end) => ends.push(end) };
let failed = false;
try {
  const { origin } = await serve(t, folder(t));
  console.log(`| page | ${Object.keys(LEAST).join(" | ")} | first paint | largest paint | blocked |\n|---|${"---:|".repeat(6)}`);
  for (const page of ["wallet", "verifier"]) {
    const { port, stop } = await chromium(folder(t));
    const { lhr } = await lighthouse(`${origin}/${page}/`, { port, logLevel: "error", output: "json", onlyCategories: Object.keys(LEAST) });
    await stop();
    if (lhr.runtimeError) throw new Error(`${lhr.runtimeError.code}: ${lhr.runtimeError.message}`);
    const scores = Object.keys(LEAST).map((name) => Math.round(lhr.categories[name].score * 100));
    const times = ["first-contentful-paint", "largest-contentful-paint", "total-blocking-time"].map((id) => `${Math.round(lhr.audits[id].numericValue)} ms`);
    console.log(`| ${[page, ...scores, ...times].join(" | ")} |`);
    for (const [at, [name, least]] of Object.entries(LEAST).entries()) {
      if (scores[at] >= least) continue;
      failed = true;
      for (const { id, weight } of lhr.categories[name].auditRefs) {
        const { score, title, displayValue = "", details } = lhr.audits[id];
        if (weight === 0 || score === null || score >= 0.9) continue;
        console.error(`${page}, ${name}: ${id} ${score}: ${title} ${displayValue}`);
        for (const { node } of details?.items ?? []) if (node) console.error(`    ${node.snippet}`);
      }
    }
  }
} finally {
  for (const end of ends.reverse()) await end();
}
if (failed) process.exitCode = 1;

/** A browser of its own, with a port for Lighthouse. */
async function chromium(profile) {
  const words = ["--headless=new", "--no-sandbox", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--remote-debugging-port=0", `--user-data-dir=${profile}`];
  const child = spawn(process.env.CHROME ?? "chromium", [...words, "about:blank"], { stdio: "ignore" });
  const ended = new Promise((resolve) => child.on("exit", resolve));
  const stop = () => {
    child.kill();
    return ended;
  };
  afterwards(t, stop);
  for (let tries = 0; tries < 300; tries += 1) {
    try {
      return { port: Number(readFileSync(join(profile, "DevToolsActivePort"), "utf8").split("\n")[0]), stop };
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
  throw new Error("no browser");
}
