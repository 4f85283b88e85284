// The ten slowest tests of the last run, from what its runners left: `slowest.mjs FOLDER`. Plain `cargo test` tells no times.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

const MOST = 10;
const read = (name) => {
  const path = join(process.argv[2], name);
  return existsSync(path) ? readFileSync(path, "utf8") : "";
};

/** Seconds and name of each test that nextest ran. */
const native = [...read("native.log").matchAll(/^\s+(?:PASS|FAIL) \[\s*([\d.]+)s\] \(.*?\) (.+)$/gm)].map(([, seconds, name]) => [Number(seconds), name]);

/** Those of Playwright, whose suites lie within one another. */
const browser = [];
const visit = ({ title = "", specs = [], suites = [] }, above = []) => {
  const names = [...above, title].filter(Boolean);
  for (const spec of specs) {
    const milliseconds = spec.tests.flatMap(({ results }) => results).reduce((sum, { duration }) => sum + duration, 0);
    browser.push([milliseconds / 1000, [...names, spec.title].join(" › ")]);
  }
  for (const suite of suites) visit(suite, names);
};
visit(JSON.parse(read("e2e.json") || "{}"));

const slowest = [...native, ...browser].sort(([one], [other]) => other - one).slice(0, MOST);
console.log(`    the ${slowest.length} slowest of ${native.length + browser.length} tests:`);
for (const [seconds, name] of slowest) console.log(`    ${seconds.toFixed(1).padStart(6)} s  ${name}`);
