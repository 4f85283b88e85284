import { SIGN_NAMES } from "../../shared/looks";
import { regionName } from "../../shared/regions";
import type { PassView, PeopleEvent, PeopleView, Relation, Sign, WalletEvent } from "../../shared/types";
import type { Words } from "../../shared/words";
import { type Act, type Block, type Button, type Option, button, notice, text } from "../blocks";
import { type Beside, room } from "./rooms";

type WalletBlock = Block<WalletEvent>;

/** As the guardian says it: what I am to the person. */
const RELATIONS: Relation[] = ["parent", "child", "spouse", "relative", "carer", "other"];

const acts = (event: PeopleEvent): Act<WalletEvent> => room({ people: event });

/** What a pass is called where nobody sees its sign. */
const called = ({ name, whom }: PassView, words: Words): string => name || words.text(whom.relation ? `whom-${whom.relation}` : "whom-self");

/** All passes of this phone: one tap shows the code. */
export function people(view: PeopleView, words: Words, { adding, now }: Beside): (WalletBlock | null)[] {
  const several = view.passes.length > 1;
  const removing = view.passes.find(({ number }) => number === view.removing);
  const front = view.passes[0];
  const cards = view.passes.map((pass, at) => card(pass, at, view.passes.length, words, now));
  return [
    { kind: "title", text: words.text("room-people") },
    text(words.text(several ? "people-what" : "people-alone")),
    removing ? notice({ what: words.text("people-remove-sure", { name: called(removing, words) }), remedy: "" }, { buttons: [
      { text: words.text("people-remove-yes"), act: acts("removal-confirmed"), look: "danger" },
      { text: words.text("people-remove-no"), act: acts("removal-declined"), look: "quiet" },
    ] }) : null,
    ...([] as (WalletBlock | null)[]).concat(...cards),
    several && front ? signs(words.text("people-sign-of", { name: called(front, words) }), front.whom.sign, words, (sign) => acts({ "sign-chosen": { number: front.number, sign } })) : null,
    ...(view.regions.length > 0 ? [
      { kind: "head" as const, text: words.text("people-region") },
      text<WalletEvent>(words.text("people-region-what")),
      ...view.regions.map((region) => button(words.text("people-region-add", { region: regionName(region, words.language) }), acts({ "region-added": { region } }))),
    ] : []),
    { kind: "head", text: words.text("people-add") },
    ...(!view.room ? [text<WalletEvent>(words.text("people-full", { most: view.most }))] : adding ? form(adding, words) : [
      text<WalletEvent>(words.text("people-add-what", { most: view.most })),
      button<WalletEvent>(words.text("people-add-begin"), { local: "adding", value: "begin" }),
    ]),
  ];
}

function card(pass: PassView, at: number, all: number, words: Words, now: number): (WalletBlock | null)[] {
  const { number, whom, colour, region, expiresAt, applying, errands, front, reached } = pass;
  const name = called(pass, words);
  const over = expiresAt !== null && expiresAt <= now;
  const state = applying ? "people-applying" : over ? "people-over" : colour ? "" : "people-begun";
  const move = (id: string, event: PeopleEvent): Button<WalletEvent> => ({ text: words.text(id), spoken: `${words.text(id)} ${name}`, act: acts(event), look: "quiet" });
  const buttons = all < 2 ? [] : [
    ...(front || at < 2 ? [] : [move("people-up", { moved: { number, up: true } })]),
    ...(front || at === all - 1 ? [] : [move("people-down", { moved: { number, up: false } })]),
    move("people-remove", { "removal-asked": { number } }),
  ];
  return [
    {
      id: `pass-${number}`,
      kind: "card",
      tone: colour ?? "",
      sign: whom.sign,
      title: `${name} ${words.text(whom.relation ? `whom-${whom.relation}` : "whom-self")}`,
      lines: [
        colour ? `${words.text(`code-colour-${colour}`)} · ${regionName(region, words.language)}` : "",
        state ? words.text(state) : expiresAt ? words.text("people-until", { day: words.day(expiresAt) }) : "",
      ].filter(Boolean),
      now: front ? words.text("people-front") : "",
      act: acts({ brought: { number } }),
    },
    errands && !front ? { kind: "small", text: words.text("people-errands") } : null,
    reached ? { kind: "small", text: words.text(`people-reached-${reached}`, { name }) } : null,
    buttons.length > 0 ? { kind: "buttons", buttons } : null,
  ];
}

function signs(label: string, chosen: string, words: Words, act: (sign: Sign) => Act<WalletEvent>): WalletBlock {
  const options = SIGN_NAMES.map((sign): Option<WalletEvent> => ({ text: words.text(`sign-${sign}`), sign, on: sign === chosen, act: act(sign) }));
  return { kind: "options", role: "radio", label, options, problem: null };
}

/** Somebody without a phone: what I am to the person, and the sign. The form follows. */
function form({ relation, sign }: { relation: string; sign: string }, words: Words): (WalletBlock | null)[] {
  return [
    { kind: "options", role: "radio", label: words.text("people-i-am"), problem: null, options: RELATIONS.map((each) => ({ text: words.text(`relation-${each}`), on: each === relation, act: { local: "adding", value: `relation ${each}` } })) },
    signs(words.text("people-sign"), sign, words, (each) => ({ local: "adding", value: `sign ${each}` })),
    { kind: "small", text: words.text("people-duty") },
    button(words.text("people-go-on"), acts({ added: { relation: relation as Relation, sign: sign as Sign } })),
    button(words.text("people-drop"), { local: "adding", value: "drop" }, "quiet"),
  ];
}
