// What a build takes of the Fluent files: the texts that its scripts name.
import { readFileSync } from "node:fs";

/** The identifiers of a Fluent file. */
export const identifiers = (text) => new Set(text.match(/^[a-z][a-z0-9-]*(?= =)/gm));

/**
 * The messages of a Fluent file that scripts name: as a whole ("scan-title"), or by what a template begins with (`reason-${…}`); none
 * that are `out`, none that are `held` already.
 */
export function fluent(text, scripts, out, held = new Set()) {
  const beginnings = [...scripts.matchAll(/`([a-z]+-[a-z-]*)\$\{/g)].map(([, beginning]) => beginning);
  const named = (id) => !held.has(id) && !out?.test(id) && (scripts.includes(`"${id}"`) || beginnings.some((beginning) => id.startsWith(beginning)));
  let wanted = false;
  const lines = text.split("\n").filter((line) => {
    const id = /^([a-z][a-z0-9-]*) =/.exec(line)?.[1];
    if (id) wanted = named(id);
    return wanted && line.trim() !== "" && !line.startsWith("#");
  });
  return lines.join("\n") + "\n";
}

/** Fails where a source asks for a text that is not there with it: it would show the identifier instead. */
export function demandTexts(page, files, carried) {
  const ids = identifiers(carried);
  for (const file of files.filter((file) => /\.tsx?$/.test(file))) {
    for (const [, id] of readFileSync(file, "utf8").matchAll(/\.text\(\s*"([a-z0-9-]+)"/g)) {
      if (!ids.has(id)) throw new Error(`${page}: no text "${id}", asked for by ${file}`);
    }
  }
}
