// Brings a TypeScript module of the mini-program into Node.
import { build } from "esbuild";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const shell = join(dirname(fileURLToPath(import.meta.url)), "..");

export async function load(path) {
  const { outputFiles } = await build({ entryPoints: [join(shell, path)], bundle: true, write: false, format: "esm", target: "es2018", logLevel: "error" });
  return import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].text).toString("base64")}`);
}
