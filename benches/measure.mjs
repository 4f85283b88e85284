// Measuring: all candidates in turn within every round, so that a slow minute of the machine hits all of them alike.

/** Median and 95th percentile of each candidate's time in microseconds. */
export async function time(candidates, { rounds, each }) {
  const samples = Object.fromEntries(Object.keys(candidates).map((name) => [name, []]));
  for (const run of Object.values(candidates)) for (let warm = 0; warm < each / 4; warm += 1) await run();
  for (let round = 0; round < rounds; round += 1) {
    for (const [name, run] of Object.entries(candidates)) {
      const started = process.hrtime.bigint();
      for (let turn = 0; turn < each; turn += 1) await run();
      samples[name].push(Number(process.hrtime.bigint() - started) / 1000 / each);
    }
  }
  return Object.entries(samples).map(([name, all]) => ({ name, median: quantile(all, 0.5), p95: quantile(all, 0.95) }));
}

/** A quantile by the nearest rank. */
export function quantile(values, part) {
  const sorted = [...values].sort((one, two) => one - two);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))];
}

/** Prints a Markdown table with each row's ratio to the named one. */
export function table(rows, beside, unit) {
  const base = rows.find(({ name }) => name === beside).median;
  console.log(`| | median ${unit} | p95 ${unit} | ratio |\n|---|---:|---:|---:|`);
  for (const { name, median, p95 } of rows) console.log(`| ${name} | ${median.toFixed(1)} | ${p95.toFixed(1)} | ${(median / base).toFixed(2)} |`);
}
