// Sizes of a whole cold download, brotli, from the build's own files: what the service worker keeps, and itself.
import { existsSync, readFileSync, readdirSync, statSync } from "node:fs";
import { join, relative } from "node:path";

const budgets = { wallet: 150, verifier: 420 };
// Single modules, in thousands of bytes.
const modules = { "verifier/core.wasm": 260, "wallet/everyday.wasm": 260 };
let over = false;
for (const [page, kilobytes] of Object.entries(budgets)) {
  const root = `dist/www/${page}`;
  const { files, later = [] } = JSON.parse(readFileSync(`${root}/files.json`, "utf8"));
  const size = (file) => statSync(`${root}/${file}.br`, { throwIfNoEntry: false })?.size ?? statSync(`${root}/${file}`).size;
  // One language is loaded; the other is small and fetched after the page is shown.
  const rows = [...files.map((file) => (file === "./" ? "index.html" : file)), "sw.js"].map((file) => [file, size(file)]);
  const total = rows.reduce((sum, [, bytes]) => sum + bytes, 0);
  console.log(`${page}: ${(total / 1024).toFixed(1)} KB brotli of ${kilobytes} KB`);
  for (const [file, bytes] of rows.sort((one, two) => two[1] - one[1])) console.log(`  ${String(bytes).padStart(7)}  ${file}`);
  over ||= total > kilobytes * 1024;
  // What comes in the background, when the page is there.
  for (const file of later) console.log(`  ${String(size(file)).padStart(7)}  ${file}, later`);
}
for (const [file, thousands] of Object.entries(modules)) {
  const bytes = statSync(`dist/www/${file}.br`).size;
  console.log(`${file}: ${bytes} bytes of ${thousands} 000`);
  over ||= bytes > thousands * 1000;
}
// The mini-program's packages, as they are uploaded: what is not in a sub-package is in the main one. In KB; the platform takes 2 MB of each.
const [goal, most] = [400, 2048];
const mini = "dist/miniprogram";
if (existsSync(join(mini, "app.json"))) {
  const app = JSON.parse(readFileSync(join(mini, "app.json"), "utf8"));
  const roots = (app.subPackages ?? app.subpackages ?? []).map(({ root }) => root.replace(/^\/|\/$/g, ""));
  const sums = Object.fromEntries(["", ...roots].map((root) => [root, 0]));
  for (const entry of readdirSync(mini, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())) {
    const path = relative(mini, join(entry.parentPath, entry.name));
    sums[roots.find((root) => path.startsWith(`${root}/`)) ?? ""] += statSync(join(mini, path)).size;
  }
  for (const [root, bytes] of Object.entries(sums)) {
    const kilobytes = bytes / 1024;
    console.log(`mini-program, ${root ? `sub-package ${root}` : "main package"}: ${kilobytes.toFixed(1)} KB of ${most}${root || kilobytes <= goal ? "" : `, more than the ${goal} wanted`}`);
    over ||= kilobytes > most;
  }
}
if (over) {
  console.error("over budget");
  process.exit(1);
}
