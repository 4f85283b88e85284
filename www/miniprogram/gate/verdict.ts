// An answer on the whole screen.
import { regionName } from "../../shared/regions";
import { leftWords, told } from "../../shared/told";
import type { Colour, DataView, GroupVerdict, Outcome, Verdict, VerifierEvent, VerifierView } from "../../shared/types";
import type { Words } from "../../shared/words";
import { type Block, named, text } from "../blocks";

type GateBlock = Block<VerifierEvent>;

/** The answer, which is seen from afar, and what it rests on. */
export interface Answer {
  outcome: Outcome;
  title: string;
  what: string;
  remedy: string;
  next: string;
  blocks: GateBlock[];
}

/** Whom it concerns comes first. */
const CLAIMS = ["name", "birth-date", "document", "test", "vaccination", "kind", "date", "result", "country", "serial"];
const WORDS = ["kind-vaccination", "kind-test", "kind-recovery", "kind-pass", "result-detected", "result-not-detected"];

function answer(given: { outcome: Outcome; reason: string | null; facts: Verdict["facts"]; colour: Colour | null }, words: Words, blocks: (GateBlock | null)[]): Answer {
  const { reason, remedy } = told(given, words);
  const all = [...blocks, given.outcome === "pass" ? { kind: "small" as const, text: words.text("verdict-pass-return") } : null];
  return { outcome: given.outcome, title: words.text(`verdict-${given.outcome}`), what: reason, remedy, next: words.text("verdict-next"), blocks: named(all) };
}

/** The answer for one person; without what is said of the person once that has faded. */
export function verdict(view: VerifierView, given: Verdict, words: Words, faded: boolean, now: number): Answer {
  const { rule, seenAt } = given;
  return answer(given, words, [
    seenAt ? { kind: "status", text: words.text("verdict-seen", { time: words.moment(seenAt) }) } : null,
    rule ? text(`${rule.description[words.language] ?? ""} ${rule.identifier}`.trim()) : null,
    ...claims(given, words, faded),
    lights(view, words, now),
  ]);
}

function claims(given: Verdict, words: Words, faded: boolean): (GateBlock | null)[] {
  const { colour, monitoring, guardian, disclosed, format, region, issuer, issuerNames, presentedAt, expiresAt } = given;
  if (!colour && Object.keys(disclosed).length === 0) return [];
  const names = Object.keys(issuerNames);
  const issuedBy = issuerNames[words.language] ?? issuerNames[names[0] ?? ""] ?? issuer;
  const where = region ? regionName(region, words.language) : null;
  const kind = disclosed["document-kind"];
  const rows: [string, string][] = [];
  if (!faded) {
    for (const name of CLAIMS) {
      const value = disclosed[name];
      if (value === undefined) continue;
      const word = `${name}-${value}`;
      const label = words.text(kind && name === "document" ? `document-${kind}` : `verdict-${name}`);
      rows.push([label, WORDS.indexOf(word) >= 0 ? words.text(word) : value]);
    }
  }
  if (where && !(issuedBy && issuedBy.startsWith(where))) rows.push([words.text("verdict-region"), where]);
  if (issuedBy) rows.push([words.text("verdict-issuer"), issuedBy]);
  const times = presentedAt && expiresAt ? `${words.text("verdict-made", { time: words.moment(presentedAt) })} · ${words.text("verdict-until", { time: words.moment(expiresAt) })}` : "";
  return [
    colour ? { kind: "tone", tone: colour, text: words.text(`code-colour-${colour}`) + (monitoring ? ` · ${words.text("verdict-monitoring")}` : "") } : null,
    guardian ? { kind: "strong", text: words.text("verdict-guardian", { relation: words.text(`relation-${guardian}`) }) } : null,
    format === "tongma" ? null : { kind: "small", text: words.text(`verdict-format-${format}`) },
    faded ? { kind: "button", text: words.text("verdict-show-again"), act: { local: "hold" }, look: "quiet" } : null,
    rows.length > 0 ? { kind: "facts", rows } : null,
    times ? { kind: "small", text: times } : null,
    format === "paper" && expiresAt ? { kind: "small", text: words.text("verdict-until", { time: words.chineseDate(expiresAt - 1) }) } : null,
  ];
}

/** What a member of a group is called. */
const member = ({ members }: GroupVerdict, index: number, words: Words): string => members[index]?.name ?? words.text("group-member", { position: index + 1 });

/** The answer for a group, and for each of them. */
export function group(view: VerifierView, given: GroupVerdict, words: Words, faded: boolean, now: number): Answer {
  const items = given.members.map(({ verdict }, index) => ({
    title: faded ? words.text("group-member", { position: index + 1 }) : member(given, index, words),
    text: [verdict?.colour ? words.text(`code-colour-${verdict.colour}`) : "", verdict?.reason ? told(verdict, words).reason : ""].filter(Boolean).join(" · "),
    side: verdict ? words.text(`verdict-${verdict.outcome}`) : words.text("group-not-read"),
  }));
  return answer(given, words, [
    { kind: "strong", text: words.text("group-have", { have: given.have, of: given.of }) },
    faded ? { kind: "button", text: words.text("verdict-show-again"), act: { local: "hold" }, look: "quiet" } : null,
    { kind: "list", items },
    lights(view, words, now),
  ]);
}

/** How many of a group were read, and who is missing, while the gate goes on reading. */
export function gathering(given: GroupVerdict, words: Words): (GateBlock | null)[] {
  const missing = ([] as string[]).concat(...given.members.map(({ verdict }, index) => (verdict ? [] : [member(given, index, words)])));
  const NAMED = 4;
  return [
    { kind: "status", text: `${words.text("group-have", { have: given.have, of: given.of })} ${words.text("group-missing", { names: missing.slice(0, NAMED).join(words.language === "en" ? ", " : "、"), more: Math.max(0, missing.length - NAMED) })}` },
    { kind: "buttons", buttons: [
      { text: words.text("group-close"), act: { send: "group-closed" }, look: "main" },
      { text: words.text("group-drop"), act: { send: "group-dropped" }, look: "quiet" },
    ] },
  ];
}

const LIGHTS: Record<DataView["state"], string> = { fresh: "●", ageing: "▲", stale: "■", missing: "□" };

/** How old the trust list and the status lists are, and until when they are good. */
export function lights({ bundle, status }: VerifierView, words: Words, now: number): GateBlock {
  const line = (kind: "bundle" | "status", data: DataView) => {
    const age = data.issuedAt === null ? "" : words.age(now - data.issuedAt);
    const until = data.usableUntil === null ? "" : words.moment(data.usableUntil);
    const left = data.usableUntil === null ? "" : leftWords(data.usableUntil - now, words);
    let state = words.text(`data-${data.state}`, { age, until, left });
    if (data.missing > 0 && data.issuedAt !== null) state = words.text("data-lists-missing", { state, n: data.missing });
    return { state: data.state, mark: LIGHTS[data.state], text: words.text(`data-${kind}`, { state }) };
  };
  return { id: "lights", kind: "lights", lights: [line("bundle", bundle), line("status", status)] };
}
