// Questions of forms: a line of text, a choice, several choices, a box to tick.
import type { ComponentChildren } from "preact";
import type { Texts } from "../../shared/l10n";
import { ReasonText } from "../../shared/parts";
import type { FieldView } from "../../shared/types";

interface Question {
  /** Its name; what belongs to it on the page is named after it. */
  name: string;
  state: FieldView;
  texts: Texts;
  onChange: (value: string) => void;
  onLeave: () => void;
}

/** What is wrong with an answer. */
function Problem({ name, state, texts }: Question) {
  return state.problem ? <ReasonText reason={state.problem} texts={texts} id={`field-${name}-problem`} /> : null;
}

/** What an answer is described by, and whether it is right. */
function described({ name, state }: Question, hint = false) {
  const by = [state.problem ? `field-${name}-problem` : "", hint ? `field-${name}-hint` : ""].filter(Boolean).join(" ");
  return { "aria-invalid": state.problem !== null, ...(by ? { "aria-describedby": by } : {}) };
}

interface TextQuestion extends Question {
  label: string;
  hint?: string;
  optional?: boolean;
  more: Record<string, string>;
}

/** A line of text. */
export function Text(question: TextQuestion) {
  const { name, label, hint, optional, more, state, onChange, onLeave } = question;
  const id = `field-${name}`;
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <input
        id={id}
        {...more}
        value={state.value}
        {...(optional ? {} : { "aria-required": true })}
        {...described(question, hint !== undefined)}
        onInput={(event) => onChange(event.currentTarget.value)}
        onBlur={onLeave}
      />
      <Problem {...question} />
      {hint ? <small id={`${id}-hint`}>{hint}</small> : null}
    </div>
  );
}

/** Text of several lines. */
export function Area(question: Question & { label: string; hint: string; optional?: boolean }) {
  const { name, label, hint, optional, state, onChange, onLeave } = question;
  const id = `field-${name}`;
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <textarea
        id={id}
        rows={4}
        value={state.value}
        {...(optional ? {} : { "aria-required": true })}
        {...described(question, true)}
        onInput={(event) => onChange(event.currentTarget.value)}
        onBlur={onLeave}
      />
      <Problem {...question} />
      <small id={`${id}-hint`}>{hint}</small>
    </div>
  );
}

/** One of some answers; each has a word and its text. */
export function Choice(question: Question & { label: string; choices: readonly (readonly [string, string])[] }) {
  const { name, label, choices, state, texts, onChange } = question;
  return (
    <fieldset class="field" role="radiogroup" aria-required="true" tabIndex={-1} {...described(question)}>
      <legend>{label}</legend>
      {choices.map(([word, text]) => (
        <label class="box" key={word}>
          <input type="radio" name={name} value={word} checked={state.value === word} onChange={() => onChange(word)} />
          {texts.text(text)}
        </label>
      ))}
      <Problem {...question} />
    </fieldset>
  );
}

/** A box to tick. */
export function Tick(question: Question & { label: string }) {
  const { name, label, state, onChange } = question;
  return (
    <div class="field">
      <Box name={name} on={state.value === "yes"} question={question} onSet={(on) => onChange(on ? "yes" : "")}>{label}</Box>
      <Problem {...question} />
    </div>
  );
}

const SYMPTOMS = ["cold-like", "shortness-of-breath", "digestive", "chest", "conjunctivitis", "other"];

/** None, or several of the symptoms: a bit each. */
export function Symptoms(question: Question) {
  const { state, texts, onChange } = question;
  const bits = Number(state.value);
  const set = (next: number) => onChange(next ? String(next) : "");
  return (
    <fieldset class="field">
      <legend>{texts.text("health-symptoms")}</legend>
      <Box name="symptoms" on={state.value === "0"} question={question} onSet={(on) => onChange(on ? "0" : "")}>{texts.text("symptom-none")}</Box>
      {SYMPTOMS.map((symptom, bit) => (
        <Box key={symptom} name={`symptoms-${symptom}`} on={(bits & (1 << bit)) !== 0} onSet={() => set(bits ^ (1 << bit))}>{texts.text(`symptom-${symptom}`)}</Box>
      ))}
      <Problem {...question} />
    </fieldset>
  );
}

function Box({ name, on, question, onSet, children }: { name: string; on: boolean; question?: Question; onSet: (on: boolean) => void; children: ComponentChildren }) {
  return (
    <label class="box">
      <input type="checkbox" id={`field-${name}`} checked={on} {...(question ? described(question) : {})} onChange={(event) => onSet(event.currentTarget.checked)} />
      <span>{children}</span>
    </label>
  );
}
