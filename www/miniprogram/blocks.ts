// What a screen of a mini-program is made of: blocks, which WXML draws as they come. Whatever is decided, the core has decided.
import type { Colour, FieldView, Outcome, Reason, Sign } from "../shared/types";
import type { Words } from "../shared/words";

/** What a touch does: an event for the machine, or something of the page itself. */
export type Act<Event> = { send: Event } | { local: string; value?: string };

export interface Button<Event> {
  text: string;
  act: Act<Event>;
  look: "main" | "quiet" | "danger";
  /** Where the words alone don't say what it is about. */
  spoken?: string;
}

/** What is wrong with an answer, or worth knowing: what happened, and what to do. */
export interface Told {
  what: string;
  remedy: string;
}

/** One of several answers; `on` says that it is given. */
export interface Option<Event> {
  text: string;
  on: boolean;
  act: Act<Event>;
  sign?: Sign;
  hint?: string;
}

export type Block<Event> = { id?: string } & (
  | { kind: "title" | "head" | "text" | "small" | "strong" | "status"; text: string }
  | { kind: "notice"; title: string; told: Told; alert: boolean; buttons: Button<Event>[] }
  | ({ kind: "button" } & Button<Event>)
  | { kind: "buttons"; buttons: Button<Event>[] }
  | { kind: "input"; field: string; label: string; hint: string; value: string; type: string; most: number; problem: Told | null }
  | { kind: "options"; label: string; role: "checkbox" | "radio"; options: Option<Event>[]; problem: Told | null }
  | { kind: "picker"; label: string; field: string; range: string[]; at: number }
  | { kind: "facts"; rows: [string, string][] }
  | { kind: "days"; label: string; days: { state: string; mark: string; date: number; words: string }[] }
  | { kind: "card"; tone: Colour | ""; sign: Sign | ""; title: string; lines: string[]; now: string; act: Act<Event> }
  | { kind: "tone"; tone: Colour | Outcome; text: string }
  | { kind: "whom"; sign: Sign; text: string }
  | { kind: "list"; items: { title: string; text: string; side: string }[] }
  | { kind: "lights"; lights: { state: string; mark: string; text: string }[] }
);

/** Blocks with a name each, so that what stays on the screen is not drawn anew. */
export function named<Event>(blocks: (Block<Event> | null)[]): Block<Event>[] {
  return blocks.filter((block): block is Block<Event> => block !== null).map((block, at) => ({ ...block, id: block.id ?? `${block.kind}-${at}` }));
}

/** A reason in words. */
export function tell(reason: Reason, words: Words): Told {
  const { code, ...facts } = reason;
  const { reason: what, remedy } = words.reason(code, facts);
  return { what, remedy };
}

export const problemOf = ({ problem }: FieldView, words: Words): Told | null => problem && tell(problem, words);

export function notice<Event>(told: Told, { title = "", alert = true, buttons = [] as Button<Event>[] } = {}): Block<Event> {
  return { kind: "notice", title, told, alert, buttons };
}

export const button = <Event>(text: string, act: Act<Event>, look: Button<Event>["look"] = "main"): Block<Event> => ({ kind: "button", text, act, look });

export const text = <Event>(words: string): Block<Event> => ({ kind: "text", text: words });

/** The first notice that waits, with its button. */
export function firstNotice<Event>(notices: Reason[], words: Words, close: Event): Block<Event> | null {
  const first = notices[0];
  return first ? notice(tell(first, words), { alert: false, buttons: [{ text: words.text("notice-close"), act: { send: close }, look: "quiet" }] }) : null;
}
