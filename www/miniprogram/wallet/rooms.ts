// The rooms beside the code, as blocks.
import { testWords } from "../../shared/claims";
import { regionName } from "../../shared/regions";
import type { ClaimName, ColourView, DetailsView, DisplaySettings, MenuView, RenewalView, RoomEvent, RoomName, RoomView, StorageView, VisitsView, WalletEvent } from "../../shared/types";
import { kindWord, toldOfPlace } from "../../shared/visits";
import type { Words } from "../../shared/words";
import { type Act, type Block, button, named, notice, tell, text } from "../blocks";
import { diary } from "./diary";
import { people } from "./people";

type WalletBlock = Block<WalletEvent>;

/** What the page itself knows: what is opened, what is about to be entered. */
export interface Beside {
  adding: { relation: string; sign: string } | null;
  /** Which question of the help is open. */
  question: number;
  /** Whether codes can be scanned at all. */
  now: number;
}

/** The rooms that this shell has, in the order of the menu. */
const ROOMS: RoomName[] = ["people", "visits", "diary", "colour", "details", "renewal", "display", "data", "help"];

export const room = (event: RoomEvent): Act<WalletEvent> => ({ send: { room: event } });
const enter = (name: RoomName): Act<WalletEvent> => room({ entered: { room: name } });

/** The name of the room that is open. */
export const roomName = (view: RoomView): string => (typeof view === "string" ? view : Object.keys(view)[0] ?? "");

export function rooms(view: RoomView, words: Words, beside: Beside): WalletBlock[] {
  const back: WalletBlock = button(words.text("rooms-back"), room("left"), "quiet");
  return named([back, ...blocks(view, words, beside)]);
}

function blocks(view: RoomView, words: Words, beside: Beside): (WalletBlock | null)[] {
  if (view === "opening") return [title(words.text("loading"))];
  if (view === "help") return help(words, beside);
  if ("menu" in view) return menu(view.menu, words);
  if ("people" in view) return people(view.people, words, beside);
  if ("visits" in view) return visits(view.visits, words, beside);
  if ("diary" in view) return diary(view.diary, words);
  if ("colour" in view) return colour(view.colour, words);
  if ("details" in view) return details(view.details, words);
  if ("renewal" in view) return renewal(view.renewal, words);
  if ("display" in view) return display(view.display, words);
  if ("data" in view) return data(view.data, words);
  return [title(words.text("mini-room-absent")), text(words.text("mini-room-absent-what"))];
}

const title = (words: string): WalletBlock => ({ kind: "title", text: words });
const head = (words: string): WalletBlock => ({ kind: "head", text: words });

function menu(view: MenuView, words: Words): (WalletBlock | null)[] {
  return [
    title(words.text("rooms-title")),
    view.scanner ? button(words.text("gate-scan"), { local: "scan-gate" }) : null,
    ...ROOMS.map((name) => button(words.text(`room-${name}`), enter(name), "quiet")),
    button(words.text("mini-gate-open"), { local: "gate" }, "quiet"),
  ];
}

function visits(view: VisitsView, words: Words, { now }: Beside): (WalletBlock | null)[] {
  const { decided, trustMadeAt, trouble } = view;
  const told = decided && toldOfPlace(decided.verdict, words);
  const place = decided && decided.place;
  const rule = decided && decided.verdict.rule;
  return [
    title(words.text("room-visits")),
    ...(decided && told ? [
      { kind: "tone" as const, tone: decided.verdict.outcome, text: words.text(`visits-${decided.verdict.outcome}`) },
      place ? { kind: "strong" as const, text: [place.name, kindWord(place.kind, words), regionName(place.region, words.language)].filter(Boolean).join(" · ") } : null,
      text<WalletEvent>([told.reason, told.remedy].filter(Boolean).join(" ")),
      rule ? text<WalletEvent>(`${rule.description[words.language] ?? ""} ${rule.identifier}`.trim()) : null,
      place ? { kind: "small" as const, text: words.text("visits-no-promise") } : null,
      view.fitting !== null && place ? button(words.text("visits-fitting", { region: regionName(place.region, words.language) }), room({ people: { brought: { number: view.fitting } } })) : null,
      decided.live && place ? text<WalletEvent>(words.text("visits-live")) : null,
      decided.live && place ? button(words.text("visits-answer"), room({ visits: "answered" })) : null,
      button(words.text("visits-close"), room({ visits: "closed" }), "quiet"),
    ] : view.reading ? [{ kind: "status" as const, text: words.text("visits-reading") }] : view.code ? [
      text<WalletEvent>(words.text("visits-what")),
      button<WalletEvent>(words.text("visits-scan"), { local: "scan-venue" }),
    ] : [text<WalletEvent>(words.text("visits-no-code"))]),
    { kind: "small", text: trustMadeAt === null ? words.text("visits-trust-none") : words.text("visits-trust", { age: words.age(now - trustMadeAt) }) },
    trouble ? notice(tell(trouble, words), { title: words.text("visits-trouble"), alert: false }) : null,
    head(words.text("visits-log")),
    view.visits.length === 0 ? text(words.text("visits-none")) : {
      kind: "list",
      items: view.visits.map(({ at, name, kind, evidence }) => ({ title: name, text: kindWord(kind, words), side: `${words.moment(at)} ${words.text(`visits-by-${evidence}`)}` })),
    },
    { kind: "small", text: words.text("visits-log-what") },
  ];
}

/** The reason of a colour, in words where they are known. */
function because(reason: string | null, words: Words): string | null {
  const known = `colour-because-${reason}`;
  return words.text(known) === known ? reason : words.text(known);
}

function colour(view: ColourView, words: Words): (WalletBlock | null)[] {
  const { standing, toldAt } = view;
  const green = view.colour === "green";
  const rows: [string, string][] = [];
  if (!green || view.reason) rows.push([words.text("colour-reason"), because(view.reason, words) ?? words.text("colour-because-unsaid")]);
  if (view.rule) rows.push([words.text("colour-rule"), view.rule]);
  if (view.since) rows.push([words.text("colour-since"), words.chineseDate(view.since)]);
  rows.push([words.text("colour-issuer"), `${regionName(view.region, words.language)} (${view.issuer})`]);
  return [
    title(words.text("room-colour")),
    { kind: "tone", tone: view.colour, text: words.text(`code-colour-${view.colour}`) },
    { kind: "facts", rows },
    head(words.text("colour-allowed")),
    text(words.text(`colour-allowed-${view.colour}`)),
    ...(green ? [] : [
      head(words.text("colour-helps")),
      text<WalletEvent>(words.text("colour-helps-what")),
      standing?.daysToGreen ? { kind: "strong" as const, text: words.text("diary-counted", { n: standing.normalDays, of: standing.normalDays + standing.daysToGreen }) } : null,
      standing && toldAt && standing.colour !== view.colour ? { kind: "status" as const, text: words.text("colour-changed", { colour: words.text(`code-colour-${standing.colour}`), time: words.moment(toldAt) }) } : null,
      button(words.text("room-diary"), enter("diary")),
      head(words.text("colour-wrong")),
      text<WalletEvent>(words.text("colour-wrong-what")),
      button<WalletEvent>(words.text("colour-call"), { local: "call", value: "12345" }),
    ]),
  ];
}

function details(view: DetailsView, words: Words): (WalletBlock | null)[] {
  const choices = view.claims.filter(({ chosen }) => chosen !== null);
  const value = (name: ClaimName, said: string) => (name === "test" ? testWords(said, words) : said);
  const chosen = (name: ClaimName) => choices.filter((claim) => (claim.name === name) !== claim.chosen).map((claim) => claim.name);
  const why = because(view.reason, words);
  const rows: [string, string][] = [[words.text("details-colour"), words.text(`code-colour-${view.colour}`)]];
  for (const claim of view.claims) if (claim.chosen === null) rows.push([words.text(`details-${claim.name}`), value(claim.name, claim.value)]);
  if (why) rows.push([words.text("colour-reason"), why]);
  if (view.rule) rows.push([words.text("colour-rule"), view.rule]);
  if (view.since) rows.push([words.text("colour-since"), words.chineseDate(view.since)]);
  rows.push([words.text("colour-issuer"), `${regionName(view.region, words.language)} (${view.issuer})`]);
  rows.push([words.text("details-issued"), words.moment(view.issuedAt)], [words.text("details-ends"), words.moment(view.expiresAt)]);
  if (view.codeUntil) rows.push([words.text("details-code-until"), words.moment(view.codeUntil)]);
  if (view.status) rows.push([words.text("details-status"), view.status]);
  rows.push([words.text("details-key"), view.key]);
  return [
    title(words.text("room-details")),
    head(words.text("details-choose")),
    choices.length === 0 ? text(words.text("details-no-choice")) : {
      kind: "options",
      role: "checkbox",
      label: words.text("details-choose-what"),
      options: choices.map(({ name, value: said, chosen: on }) => ({ text: `${words.text(`details-${name}`)}: ${value(name, said)}`, on: on === true, act: room({ details: { chosen: { claims: chosen(name) } } }) })),
      problem: null,
    },
    head(words.text("details-always")),
    { kind: "facts", rows },
    { kind: "small", text: words.text("details-linked") },
    { kind: "small", text: words.text("mini-capture") },
  ];
}

function renewal(view: RenewalView, words: Words): (WalletBlock | null)[] {
  return [
    title(words.text("room-renewal")),
    text(words.text(view.moved ? "renewal-moved" : "renewal-what")),
    { kind: "facts", rows: [
      [words.text("renewal-issued"), words.moment(view.issuedAt)],
      [words.text("renewal-ends"), words.moment(view.expiresAt)],
      [words.text("renewal-from"), words.moment(view.renewedFrom)],
      [words.text("renewal-codes"), words.text("renewal-codes-n", { n: view.codes })],
    ] },
    { kind: "small", text: words.text(view.codes > 1 ? "renewal-codes-many" : "renewal-codes-one") },
    view.refused ? notice(tell(view.refused, words), { title: words.text("renewal-refused") }) : null,
    view.waitingFor ? notice(tell(view.waitingFor, words), { title: words.text("renewal-waits") }) : null,
    view.underWay ? { kind: "status", text: words.text("renewal-under-way") } : button(words.text("renewal-now"), room("renewal-asked")),
  ];
}

function display(view: DisplaySettings, words: Words): (WalletBlock | null)[] {
  const looks = [["elder", "display-elder"], ["large", "display-large"], ["contrast", "display-contrast"]] as const;
  const hints = { elder: words.text("mini-elder-what"), large: words.text("display-large-what"), contrast: words.text("display-contrast-what") };
  return [
    title(words.text("room-display")),
    { kind: "options", role: "checkbox", label: "", problem: null, options: looks.map(([name, id]) => ({ text: words.text(id), hint: hints[name], on: view[name], act: room({ display: { ...view, [name]: !view[name] } }) })) },
    { kind: "small", text: words.text("mini-font") },
  ];
}

function data(view: StorageView, words: Words): (WalletBlock | null)[] {
  const size = (bytes: number) => (bytes < 1024 ? words.text("mine-bytes", { n: bytes }) : words.text("mine-kilobytes", { n: (bytes / 1024).toFixed(1) }));
  return [
    title(words.text("room-data")),
    text(words.text("mine-where")),
    { kind: "list", items: view.stored.map(({ record, bytes }) => ({ title: words.text(`stored-${record ?? "state"}`), text: "", side: size(bytes) })) },
    head(words.text("mine-file")),
    text(words.text("mine-file-what")),
    view.file ? button(words.text("mine-file-save"), { local: "save" }) : button(words.text("mine-file-make"), room({ data: "file-asked" })),
    head(words.text("mine-wipe")),
    text(words.text("mine-wipe-what")),
    view.wiping ? notice({ what: words.text("mine-wipe-sure"), remedy: "" }, { buttons: [
      { text: words.text("mine-wipe-yes"), act: room({ data: "wipe-confirmed" }), look: "danger" },
      { text: words.text("mine-wipe-no"), act: room({ data: "wipe-declined" }), look: "quiet" },
    ] }) : button(words.text("mine-wipe"), room({ data: "wipe-asked" }), "danger"),
    { kind: "small", text: words.text("mine-version", { version: view.version }) },
  ];
}

function help(words: Words, { question }: Beside): (WalletBlock | null)[] {
  const questions: [string, string, RoomName?][] = [
    [words.text("help-valid"), words.text("help-valid-answer")],
    [words.text("help-offline"), words.text("help-offline-answer")],
    [words.text("help-colour"), words.text("help-colour-answer"), "colour"],
    [words.text("help-days"), words.text("help-days-answer"), "diary"],
    [words.text("help-gate"), words.text("help-gate-answer")],
    [words.text("help-lost"), words.text("help-lost-answer")],
  ];
  const answers = questions.map(([asked, answer, to], at): (WalletBlock | null)[] => [
    button(asked, { local: "question", value: String(at === question ? -1 : at) }, "quiet"),
    at === question ? text(answer) : null,
    at === question && to ? button(words.text(`room-${to}`), enter(to)) : null,
  ]);
  return [
    title(words.text("room-help")),
    text(words.text("help-apply")),
    text(words.text("help-show")),
    text(words.text("help-keep")),
    ...([] as (WalletBlock | null)[]).concat(...answers),
    head(words.text("help-call")),
    text(words.text("help-call-what")),
    button(words.text("help-call-12345"), { local: "call", value: "12345" }),
  ];
}
