import type { DayView, DiaryField, DiaryView, WalletEvent } from "../../shared/types";
import type { Words } from "../../shared/words";
import { type Block, button, notice, tell, text } from "../blocks";
import { choice, line, symptoms } from "./questions";
import { room } from "./rooms";

type WalletBlock = Block<WalletEvent>;

const made = (field: DiaryField) => (value: string): WalletEvent => ({ room: { diary: { changed: { field, value } } } });

/** What was entered in a line of the diary. */
export const noted = (field: string, value: string): WalletEvent => made(field as DiaryField)(value);

/** Daily check-ins of 14 days, and what was declared. */
export function diary(view: DiaryView, words: Words): (WalletBlock | null)[] {
  const today = view.days[view.days.length - 1];
  const asked = view.changing || today?.sent === null;
  return [
    { kind: "title", text: words.text("room-diary") },
    { kind: "days", label: words.text("diary-days"), days: view.days.map((day) => strip(day, words)) },
    view.daysNormal !== null && view.daysLeft ? { kind: "strong", text: words.text("diary-counted", { n: view.daysNormal, of: view.daysNormal + view.daysLeft }) } : null,
    view.waitingFor ? notice(tell(view.waitingFor, words), { title: words.text("diary-waits") }) : null,
    view.refused ? notice(tell(view.refused, words)) : null,
    view.stopped ? notice({ what: words.text("diary-stopped"), remedy: "" }, { buttons: [{ text: words.text("diary-again"), act: room({ diary: "sent-again" }), look: "main" }] }) : null,
    { kind: "head", text: words.text(view.changing ? "diary-change" : "diary-today") },
    ...(asked ? form(view, words) : [{ kind: "status" as const, text: words.text(`diary-sent-${today?.sent ?? "waiting"}`) }]),
    view.changing ? null : view.changeAgainAt
      ? { kind: "small", text: words.text("diary-change-again", { day: words.moment(view.changeAgainAt) }) }
      : button(words.text("diary-change"), room({ diary: "change-asked" }), "quiet"),
    { kind: "small", text: words.text("diary-kept") },
  ];
}

function form(view: DiaryView, words: Words): (WalletBlock | null)[] {
  return [
    ...(view.changing ? [
      text<WalletEvent>(words.text("diary-change-what")),
      choice(words.text("apply-been"), view.been, made("been"), words, false),
      choice(words.text("apply-contact"), view.contact, made("contact"), words, true),
    ] : []),
    symptoms(view.symptoms, made("symptoms"), words),
    line("diary-temperature", words.text("health-temperature"), view.temperature, words, { type: "digit", most: 5 }),
    button(words.text(view.changing ? "diary-change-send" : "diary-send"), room({ diary: "sent" })),
    view.changing ? button(words.text("diary-change-drop"), room({ diary: "change-dropped" }), "quiet") : null,
  ];
}

const MARKS = { none: "–", waiting: "…", normal: "✓", unwell: "!" };

/** A day of the strip: its state as a sign and in words. */
function strip({ beginsAt, sent, temperature, normal }: DayView, words: Words): { state: string; mark: string; date: number; words: string } {
  const state = sent === null ? "none" : sent === "waiting" || sent === "stopped" ? "waiting" : normal ? "normal" : "unwell";
  const degrees = temperature === null ? "" : ` ${(temperature / 10).toFixed(1)} °C`;
  // The day there, eight hours ahead.
  return { state, mark: MARKS[state], date: new Date((beginsAt + 8 * 3600) * 1000).getUTCDate(), words: words.text(`diary-day-${state}`) + degrees };
}
