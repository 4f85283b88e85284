// Questions of forms, as blocks.
import type { FieldView, WalletEvent } from "../../shared/types";
import type { Words } from "../../shared/words";
import { type Block, type Option, problemOf } from "../blocks";

type Made = (value: string) => WalletEvent;
type WalletBlock = Block<WalletEvent>;

const ANSWERS = [["no", "answer-no"], ["yes", "answer-yes"], ["unsure", "answer-unsure"]] as const;
const SYMPTOMS = ["cold-like", "shortness-of-breath", "digestive", "chest", "conjunctivitis", "other"];

interface Line {
  hint?: string;
  type?: "text" | "digit" | "number" | "idcard";
  most?: number;
}

/** A line of text; `field` says whose it is, for the page makes the event when something is entered. */
export function line(field: string, label: string, state: FieldView, words: Words, { hint = "", type = "text", most = 200 }: Line = {}): WalletBlock {
  return { id: `field-${field}`, kind: "input", field, label, hint, value: state.value, type, most, problem: problemOf(state, words) };
}

/** No, yes, and where somebody may not know: unsure. */
export function choice(label: string, state: FieldView, made: Made, words: Words, unsure: boolean): WalletBlock {
  const options = ANSWERS.slice(0, unsure ? 3 : 2).map(([word, id]): Option<WalletEvent> => ({ text: words.text(id), on: state.value === word, act: { send: made(word) } }));
  return { kind: "options", role: "radio", label, options, problem: problemOf(state, words) };
}

/** A box to tick. */
export function tick(label: string, state: FieldView, made: Made, words: Words): WalletBlock {
  const on = state.value === "yes";
  return { kind: "options", role: "checkbox", label: "", options: [{ text: label, on, act: { send: made(on ? "" : "yes") } }], problem: problemOf(state, words) };
}

/** None, or several of the symptoms: a bit each. */
export function symptoms(state: FieldView, made: Made, words: Words): WalletBlock {
  const bits = Number(state.value);
  const none: Option<WalletEvent> = { text: words.text("symptom-none"), on: state.value === "0", act: { send: made(state.value === "0" ? "" : "0") } };
  const each = SYMPTOMS.map((symptom, bit): Option<WalletEvent> => {
    const next = bits ^ (1 << bit);
    return { text: words.text(`symptom-${symptom}`), on: (bits & (1 << bit)) !== 0, act: { send: made(next ? String(next) : "") } };
  });
  return { kind: "options", role: "checkbox", label: words.text("health-symptoms"), options: [none, ...each], problem: problemOf(state, words) };
}
