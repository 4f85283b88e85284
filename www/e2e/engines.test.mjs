// The main journeys in every browser that is here.
import assert from "node:assert/strict";
import { engines } from "./drivers.mjs";
import { journeys, phone } from "./engines/journeys.mjs";
import { test } from "./fixtures.mjs";
import { authority } from "./support.mjs";

for (const engine of engines) {
  const { name, missing, cannot } = engine;
  test.describe(name, () => {
    test.describe.configure({ mode: "serial", timeout: 60_000 });
    // Where everything is meant to be there, what is missing is a fault.
    test.skip(missing.length > 0 && process.env.CI !== "true", `not here: ${missing.join(", ")}`);

    const endings = [];
    const all = { after: (work) => endings.push(work) };
    let held;
    test.beforeAll(async () => {
      assert.deepEqual(missing, []);
      held = await phone(all, engine, authority(all));
    });
    test.afterEach(async ({}, info) => {
      if (info.status !== info.expectedStatus) await held?.page.screenshot({ path: info.outputPath("screen.png") });
    });
    test.afterAll(async () => {
      for (const work of endings.reverse()) await work();
    });

    for (const [title, journey] of Object.entries(journeys)) {
      test(title, async () => {
        await journey(held);
        assert.deepEqual(held.faults, []);
      });
    }
    for (const [what, why] of Object.entries(cannot)) test.skip(`passed over: ${what} (${why})`, () => undefined);
  });
}
