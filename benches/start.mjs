// From opening the wallet to the code on the screen: no network, a processor a quarter as fast, each time a new page of the same browser.
import { apply, browser, folder, kept, serve } from "../www/e2e/support.mjs";
import { quantile } from "./measure.mjs";

const OPENINGS = Number(process.env.OPENINGS ?? 25);
const SLOWER = 4;

const ends = [];
const t = { after: (end) => ends.push(end) };
try {
  const { origin, stop } = await serve(t, folder(t));
  const { context, page } = await browser(t);
  await page.goto(`${origin}/wallet/`);
  await apply(page);
  await page.locator("svg.qr").waitFor();
  await kept(page);
  await stop();
  const times = { "first paint": [], "code on the screen": [] };
  for (let opening = 0; opening < OPENINGS; opening += 1) {
    const next = await context.newPage();
    await (await context.newCDPSession(next)).send("Emulation.setCPUThrottlingRate", { rate: SLOWER });
    await next.addInitScript(() => {
      const look = () => {
        if (!document.querySelector("svg.qr")) return requestAnimationFrame(look);
        // The frame after the one in which it is there: then it has been painted.
        requestAnimationFrame(() => { globalThis.shownAt = performance.now(); });
      };
      requestAnimationFrame(look);
    });
    await next.goto(`${origin}/wallet/`);
    await next.waitForFunction(() => globalThis.shownAt);
    const [shown, paint] = await next.evaluate(() => [globalThis.shownAt, performance.getEntriesByName("first-contentful-paint")[0]?.startTime]);
    times["code on the screen"].push(shown);
    if (paint) times["first paint"].push(paint);
    await next.close();
  }
  console.log(`${OPENINGS} openings, no network, processor slowed down ${SLOWER} times\n\n| | median ms | p95 ms |\n|---|---:|---:|`);
  for (const [name, all] of Object.entries(times)) console.log(`| ${name} | ${quantile(all, 0.5).toFixed(0)} | ${quantile(all, 0.95).toFixed(0)} |`);
} finally {
  for (const end of ends.reverse()) await end();
}
