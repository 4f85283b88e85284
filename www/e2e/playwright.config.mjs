// The browser tests: two workers, each with a browser of its own. What fails leaves a trace and pictures in test-results/.
import { defineConfig } from "@playwright/test";
import { join } from "node:path";
import { root } from "./support.mjs";

const results = join(root, "test-results");

export default defineConfig({
  testDir: ".",
  outputDir: join(results, "e2e"),
  globalSetup: "./prepare.mjs",
  workers: 2,
  fullyParallel: true,
  retries: 0,
  forbidOnly: Boolean(process.env.CI),
  reporter: [["list"], ["json", { outputFile: join(results, "e2e.json") }]],
  use: { trace: { mode: "retain-on-failure", screenshots: false, sources: false }, screenshot: "only-on-failure" },
});
