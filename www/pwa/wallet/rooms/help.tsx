import type { Texts } from "../../../shared/l10n";
import type { SendRoom } from "../everyday";
import { Room } from "./parts";

/** What it does in three pictures, and what to do when something does not go as it should. */
export function Help({ texts, send }: { texts: Texts; send: SendRoom }) {
  const steps = [
    [Applied, texts.text("help-apply")],
    [Shown, texts.text("help-show")],
    [Kept, texts.text("help-keep")],
  ] as const;
  const questions = [
    [texts.text("help-valid"), texts.text("help-valid-answer")],
    [texts.text("help-offline"), texts.text("help-offline-answer")],
    [texts.text("help-colour"), texts.text("help-colour-answer")],
    [texts.text("help-gate"), texts.text("help-gate-answer")],
    [texts.text("help-lost"), texts.text("help-lost-answer")],
  ] as const;
  return (
    <Room title={texts.text("room-help")} texts={texts} send={send}>
      <ol class="steps">
        {steps.map(([Picture, words]) => <li key={words}><Picture /><span>{words}</span></li>)}
      </ol>
      <div class="questions">
        {questions.map(([question, answer]) => (
          <details key={question}>
            <summary>{question}</summary>
            <p>{answer}</p>
          </details>
        ))}
      </div>
      <h2>{texts.text("help-call")}</h2>
      <p>{texts.text("help-call-what")}</p>
      <p><a class="button" href="tel:12345">{texts.text("help-call-12345")}</a></p>
    </Room>
  );
}

/** A form with a pen. */
function Applied() {
  return (
    <svg viewBox="0 0 64 64" aria-hidden="true">
      <path d="M14 6h30v52H14z" />
      <path d="M21 18h16M21 28h16M21 38h8" />
      <path d="M56 26 38 48l-6 3 1-7 18-22z" class="filled" />
    </svg>
  );
}

/** A phone with its code before a reader. */
function Shown() {
  return (
    <svg viewBox="0 0 64 64" aria-hidden="true">
      <path d="M6 6h30v52H6z" />
      <path d="M13 16h6v6h-6zM24 16h6v6h-6zM13 27h6v6h-6zM24 28h5v5h-5z" class="filled" />
      <path d="M17 48h8M44 24l12-6M44 32h14M44 40l12 6" />
    </svg>
  );
}

/** A phone with a lock. */
function Kept() {
  return (
    <svg viewBox="0 0 64 64" aria-hidden="true">
      <path d="M16 4h32v56H16z" />
      <path d="M24 30h16v14H24z" class="filled" />
      <path d="M27 30v-5a5 5 0 0 1 10 0v5M28 54h8" />
    </svg>
  );
}
