// Once before all tests: two authorities, to be copied by each test that begins with a fresh one.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { tongma } from "./support.mjs";

export default function prepare() {
  const place = mkdtempSync(join(tmpdir(), "tongma-authorities-"));
  for (const name of ["own", "other"]) tongma("authority", "init", join(place, name));
  process.env.AUTHORITIES = place;
  return () => rmSync(place, { recursive: true, force: true });
}
