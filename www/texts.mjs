// What a build takes of the Fluent files: the texts that its scripts name.
import { FluentResource } from "@fluent/bundle";
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

/** A Fluent pattern as shared/texts.ts reads it. Nothing else of Fluent is used here, and nothing else gets in. */
function pattern(value) {
  if (typeof value === "string") return value;
  const parts = value.map((part) => {
    if (typeof part === "string") return part;
    if (part.type === "str") return part.value;
    if (part.type === "var") return { v: part.name };
    if (part.type !== "select" || part.selector.type !== "var") throw new Error(`a Fluent expression that shared/texts.ts doesn't know: ${part.type}`);
    const choices = part.variants.map(({ key, value }) => [String(key.value ?? key), pattern(value)]);
    return { v: part.selector.name, c: Object.fromEntries(choices.filter((_, at) => at !== part.star)), d: choices[part.star][1] };
  });
  return parts.every((part) => typeof part === "string") ? parts.join("") : parts;
}

/** The messages of a Fluent file as a table for shared/texts.ts: what runs parses nothing. */
export const table = (text) => Object.fromEntries(new FluentResource(text).body.map(({ id, value }) => [id, pattern(value)]));
