import { provinces } from "../../shared/regions";
import type { GateSettings, Place, PlaceKind, PosterView, VerifierEvent, VerifierView } from "../../shared/types";
import type { Words } from "../../shared/words";
import { type Block, type Option, button, firstNotice, named, notice, tell, text } from "../blocks";
import { lights } from "./verdict";

type GateBlock = Block<VerifierEvent>;
type Switch = "strict" | "challenge" | "temperature" | "fade";

/** Of the settings that the pages have, those that this platform can do: it has no voice of its own, and it vibrates in place of tones. */
const SWITCHES: Switch[] = ["strict", "challenge", "temperature", "fade"];
const TESTS_H = [null, 24, 48, 168];
const NEW_PLACE: Place = { kind: "other", region: 360000, name: null, lowRisk: false, testWithinH: null, temperature: null };

const changed = (gate: GateSettings): VerifierEvent => ({ "gate-changed": { gate } });

/** The kinds of place as they are listed: none, then each. */
const kindsListed = (kinds: PlaceKind[]): (PlaceKind | null)[] => [null, ...kinds];

/** Set up once: the place and its rules, what is asked for beside the code, how answers are told; and the gate's log. */
export function settings(view: VerifierView, kinds: PlaceKind[], words: Words, now: number, random: boolean): GateBlock[] {
  const { gate, log, poster } = view;
  const { place } = gate;
  const listed = kindsListed(kinds);
  const regions = provinces(words.language);
  const counts = (["pass", "restricted", "stop", "invalid", "cannotTell"] as const).map((name): [string, string] => [words.text(`verdict-${name === "cannotTell" ? "cannot-tell" : name}`), String(log.today[name])]);
  const switches = SWITCHES.filter((name) => random || (name !== "strict" && name !== "challenge")).map((name): Option<VerifierEvent> => {
    const forced = name === "challenge" && gate.strict;
    const hint = name === "strict" || name === "challenge" ? words.text(`settings-${name}-hint`) : "";
    return { text: words.text(`settings-${name}`), hint, on: gate[name] || forced, act: forced ? { local: "nothing" } : { send: changed({ ...gate, [name]: !gate[name] }) } };
  });
  return named<VerifierEvent>([
    { kind: "title", text: words.text("settings-title") },
    firstNotice<VerifierEvent>(view.notices, words, "notice-dismissed"),
    { kind: "head", text: words.text("settings-place") },
    { kind: "picker", field: "kind", label: words.text("settings-kind"), range: listed.map((kind) => words.text(kind ? `place-${kind}` : "settings-kind-none")), at: Math.max(0, listed.indexOf(place ? place.kind : null)) },
    ...(place ? [
      { kind: "picker" as const, field: "region", label: words.text("settings-region"), range: regions.map(([, name]) => name), at: Math.max(0, regions.findIndex(([code]) => code === Math.floor(place.region / 10_000) * 10_000)) },
      { id: "field-city", kind: "input" as const, field: "city", label: words.text("settings-city"), hint: "", value: String(place.region), type: "number", most: 6, problem: null },
      { id: "field-name", kind: "input" as const, field: "name", label: words.text("settings-name"), hint: "", value: place.name ?? "", type: "text", most: 60, problem: null },
      { kind: "picker" as const, field: "test", label: words.text("settings-test"), range: TESTS_H.map((hours) => (hours ? words.text("settings-test-within", { hours }) : words.text("settings-test-none"))), at: Math.max(0, TESTS_H.indexOf(place.testWithinH)) },
      { kind: "options" as const, role: "checkbox" as const, label: "", problem: null, options: [{ text: words.text("settings-low-risk"), on: place.lowRisk, act: { send: changed({ ...gate, place: { ...place, lowRisk: !place.lowRisk } }) } }] },
    ] : [text<VerifierEvent>(words.text("settings-no-place"))]),
    { kind: "head", text: words.text("settings-telling") },
    { kind: "options", role: "checkbox", label: "", problem: null, options: switches },
    ...(gate.challenge || gate.strict ? posterUsed(poster, words) : []),
    { kind: "head", text: words.text("settings-log") },
    text(words.text("settings-log-hint", { n: log.entries })),
    { kind: "facts", rows: counts },
    { kind: "buttons", buttons: [
      { text: words.text("settings-log-csv"), act: { send: { "log-export-asked": { format: "csv" } } }, look: "quiet" },
      { text: words.text("settings-log-json"), act: { send: { "log-export-asked": { format: "json" } } }, look: "quiet" },
    ] },
    { kind: "head", text: words.text("settings-data") },
    lights(view, words, now),
    button(words.text("data-refresh"), { send: "refresh-asked" }, "quiet"),
    { id: "done", ...button<VerifierEvent>(words.text("settings-done"), { send: "dismissed" }) },
  ]);
}

/** The settings after something was chosen from a list or entered in a line; none where it can't be taken. */
export function chosen(gate: GateSettings, kinds: PlaceKind[], field: string, value: string): VerifierEvent | null {
  const place = gate.place ?? NEW_PLACE;
  const change = (part: Partial<Place>) => changed({ ...gate, place: { ...place, ...part } });
  switch (field) {
    case "kind": {
      const kind = kindsListed(kinds)[Number(value)];
      return kind ? change({ kind }) : changed({ ...gate, place: null });
    }
    case "region": {
      const region = provinces("en")[Number(value)];
      return region ? change({ region: region[0] }) : null;
    }
    case "city":
      return /^[1-9]\d{5}$/.test(value) ? change({ region: Number(value) }) : null;
    case "name":
      return change({ name: value || null });
    case "test":
      return change({ testWithinH: TESTS_H[Number(value)] ?? null });
    default:
      return null;
  }
}

/** The sentences of these tell what helps here as well; those of others speak to somebody before a stranger's code. */
const FITTING = ["bundle-missing", "bundle-expired", "bundle-too-old", "prefix-version", "poster-elsewhere", "scanner-layout"];

export function posterProblem(poster: Pick<PosterView, "problem">, words: Words): GateBlock | null {
  const { problem } = poster;
  if (!problem) return null;
  const { what, remedy } = tell(problem, words);
  return notice({ what, remedy: FITTING.indexOf(problem.code) >= 0 ? remedy : words.text("poster-remedy") });
}

function posterUsed(poster: PosterView | null, words: Words): (GateBlock | null)[] {
  return [
    { kind: "head", text: words.text("poster-title") },
    text(words.text("poster-hint")),
    poster?.name && poster.expiresAt !== null ? text(words.text("poster-used", { name: poster.name, day: words.day(poster.expiresAt) })) : null,
    poster && posterProblem(poster, words),
    button(words.text(poster ? "poster-other" : "poster-add"), { send: "poster-wanted" }),
    poster ? button(words.text("poster-remove"), { send: "poster-removed" }, "quiet") : null,
  ];
}
