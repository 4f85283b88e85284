import type { Texts } from "../../../shared/l10n";
import type { RoomName } from "../../../shared/types";
import type { SendRoom } from "../everyday";
import { Room } from "./parts";
import { Steps } from "./steps";

/** What it does in three pictures, and what to do when something does not go as it should. */
export function Help({ texts, send }: { texts: Texts; send: SendRoom }) {
  const questions: [string, string, RoomName?][] = [
    [texts.text("help-valid"), texts.text("help-valid-answer")],
    [texts.text("help-offline"), texts.text("help-offline-answer")],
    [texts.text("help-colour"), texts.text("help-colour-answer"), "colour"],
    [texts.text("help-days"), texts.text("help-days-answer"), "diary"],
    [texts.text("help-gate"), texts.text("help-gate-answer")],
    [texts.text("help-lost"), texts.text("help-lost-answer")],
  ];
  return (
    <Room title={texts.text("room-help")} texts={texts} send={send}>
      <Steps words={[texts.text("help-apply"), texts.text("help-show"), texts.text("help-keep")]} />
      <div class="questions">
        {questions.map(([question, answer, room]) => (
          <details key={question}>
            <summary>{question}</summary>
            <p>{answer}</p>
            {room ? <p><button type="button" class="quiet" onClick={() => send({ entered: { room } })}>{texts.text(`room-${room}`)}</button></p> : null}
          </details>
        ))}
      </div>
      <h2>{texts.text("help-call")}</h2>
      <p>{texts.text("help-call-what")}</p>
      <p><a class="button" href="tel:12345">{texts.text("help-call-12345")}</a></p>
    </Room>
  );
}
