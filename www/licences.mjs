// Names, versions and licences of the software within the wallet's modules and scripts, as the two lock files name it.
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";

const FEATURES = "everyday,scan,web";

/** The crates within modules of these features; what only builds them is not in them. */
function crates(root, features) {
  const words = [
    "tree", "--locked", "--offline", "--prefix", "none", "--no-dedupe", "--format", "{p}|{l}", "--edges", "no-proc-macro,normal",
    "--no-default-features", "--features", features, "--target", "wasm32-unknown-unknown",
  ];
  const { status, stdout, stderr } = spawnSync("cargo", words, { cwd: root, encoding: "utf8" });
  if (status !== 0) throw new Error(`cargo tree: ${stderr}`);
  return stdout.split("\n").filter(Boolean).map((line) => {
    const [, name, version, licence] = /^(\S+) v(\S+)[^|]*\|(.*)$/.exec(line) ?? [];
    return { name, version, licence };
  });
}

/** The packages within the scripts. */
function packages(root) {
  const { packages } = JSON.parse(readFileSync(join(root, "www/package-lock.json"), "utf8"));
  return Object.entries(packages)
    .filter(([path, { dev, optional }]) => path && !dev && !optional)
    .map(([path, { version, license }]) => ({ name: path.replace(/^.*node_modules\//, ""), version, licence: license }));
}

/** What is within the wallet's page. */
export function licences(root) {
  return sorted([...crates(root, FEATURES), ...packages(root)]);
}

/** What is within modules of these features. */
export function licencesOf(root, features) {
  return sorted(crates(root, features));
}

/** All of them in the order of their names, each once; fails where one has no licence. */
function sorted(all) {
  const seen = new Map(all.map((found) => [`${found.name} ${found.version}`, found]));
  for (const [id, { licence }] of seen) if (!licence) throw new Error(`${id} states no licence`);
  return [...seen.values()].sort((one, two) => (one.name < two.name ? -1 : one.name > two.name ? 1 : 0));
}
