// Groups before a gate's camera, from its start to the answer for all: each member's code for a third of a second, over and over, as a video file.
import { holder } from "../www/e2e/faulty.mjs";
import { hold, next, opened } from "../www/e2e/gates.mjs";
import { FRAMES, folder, serve } from "../www/e2e/support.mjs";
import { quantile } from "./measure.mjs";

const ROUNDS = Number(process.env.ROUNDS ?? 3);
/** A camera's frames a second. */
const RATE = 30;

const ends = [];
const t = { after: (end) => ends.push(end) };
try {
  const data = folder(t);
  const server = await serve(t, data);
  const people = Array.from({ length: 30 }, () => holder(t, data));
  const gate = await opened(t, server.origin, "zh-CN");
  console.log("| members | one turn of their codes, s | median to the answer, s | slowest, s |\n|---:|---:|---:|---:|");
  for (const size of [4, 12, 30]) {
    const times = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      const id = Buffer.from(crypto.getRandomValues(new Uint8Array(8))).toString("hex");
      await hold(gate, ...people.slice(0, size).map((person, index) => person.present("--group", `${id}/${index + 1}/${size}/乙${index + 2}*`)));
      const began = performance.now();
      const verdict = gate.page.locator("main.verdict.pass");
      await verdict.waitFor({ timeout: 120_000 });
      times.push((performance.now() - began) / 1000);
      if ((await verdict.locator(".members li.pass").count()) !== size) throw new Error("somebody is missing");
      await hold(gate);
      await next(gate);
    }
    console.log(`| ${size} | ${((size * FRAMES) / RATE).toFixed(1)} | ${quantile(times, 0.5).toFixed(1)} | ${Math.max(...times).toFixed(1)} |`);
  }
} finally {
  for (const end of ends.reverse()) await end();
}
