import type { Texts } from "../../../shared/l10n";
import { ReasonText } from "../../../shared/parts";
import { Qr } from "../../../shared/qr";
import type { AppealEvent, AppealField, AppealFileView, AppealsView, AppealView, FieldView } from "../../../shared/types";
import type { RoomProps } from "../everyday";
import { Area, Choice } from "../questions";
import { download, Room } from "./parts";

/** The most characters of an appeal. */
const MOST = 1000;
const WISHES = [["colour", "appeal-wish-colour"], ["data", "appeal-wish-data"], ["other", "appeal-wish-other"]] as const;

/** Appeals and corrections: one to write, those that there are, and the way by telephone. */
export function Appeals({ view, texts, send }: RoomProps<AppealsView>) {
  const tell = (event: AppealEvent) => send({ appeals: event });
  const question = (field: AppealField, state: FieldView) => ({
    name: `appeal-${field}`,
    state,
    texts,
    onChange: (value: string) => tell({ changed: { field, value } }),
    onLeave: () => tell("field-left"),
  });
  const submit = (event: Event) => {
    event.preventDefault();
    tell("sent");
    setTimeout(() => document.querySelector<HTMLElement>(".room [aria-invalid=true]")?.focus());
  };
  const left = MOST - [...view.wrong.value, ...view.wanted.value].length;
  return (
    <Room title={texts.text("room-appeals")} texts={texts} send={send}>
      {view.waitingFor ? <div class="notice" role="alert"><div><b>{texts.text("appeal-waits")}</b><ReasonText reason={view.waitingFor} texts={texts} /></div></div> : null}
      {view.appeals.length ? <ul class="appeals">{view.appeals.map((appeal) => <One key={appeal.id} appeal={appeal} texts={texts} tell={tell} />)}</ul> : null}
      {view.file ? <Along view={view.file} texts={texts} tell={tell} /> : null}
      <h2>{texts.text("appeal-new")}</h2>
      <p>{texts.text("appeal-what")}</p>
      <form onSubmit={submit} noValidate>
        <Choice {...question("wish", view.wish)} label={texts.text("appeal-wish")} choices={WISHES} />
        <Area {...question("wrong", view.wrong)} label={texts.text("appeal-wrong")} hint={texts.text(`appeal-wrong-${view.wish.value || "other"}`)} />
        <Area {...question("wanted", view.wanted)} label={texts.text("appeal-wanted")} hint={texts.text("appeal-left", { n: left })} optional />
        <button type="submit" class="wide">{texts.text("appeal-send")}</button>
      </form>
      <p class="small">{texts.text("appeal-kept")}</p>
      <h2>{texts.text("appeal-by-phone")}</h2>
      <p>{texts.text("appeal-by-phone-what")}</p>
      <p><a class="button" href="tel:12345">{texts.text("colour-call")}</a></p>
    </Room>
  );
}

/** An appeal and what became of it. What was written, by either side, is text. */
function One({ appeal, texts, tell }: { appeal: AppealView; texts: Texts; tell: (event: AppealEvent) => void }) {
  const { id, wish, text, writtenAt, sent, refused, answer } = appeal;
  return (
    <li class={`appeal ${answer?.state ?? sent}`}>
      <p class="state" role="status"><b>{texts.text(answer ? `appeal-state-${answer.state}` : `appeal-sent-${sent}`)}</b> {texts.moment(answer?.decidedAt ?? answer?.receivedAt ?? writtenAt)}</p>
      {answer?.why ? <p class="said">{texts.text("appeal-why")} {answer.why}</p> : null}
      {refused && sent !== "taken" ? <ReasonText reason={refused} texts={texts} /> : null}
      <details>
        <summary>{texts.text(`appeal-wish-${wish}`)}{answer ? ` · ${texts.text("appeal-number", { n: String(answer.number) })}` : ""}</summary>
        <p class="said">{text}</p>
      </details>
      <div class="ways">
        {sent === "refused" || sent === "stopped" ? <button type="button" onClick={() => tell({ "sent-again": { id } })}>{texts.text("appeal-again")}</button> : null}
        {answer?.decidedAt ? null : <button type="button" class="quiet" onClick={() => tell({ "file-asked": { id } })}>{texts.text("appeal-along")}</button>}
        {sent === "taken" ? null : <button type="button" class="quiet" onClick={() => tell({ dropped: { id } })}>{texts.text("appeal-drop")}</button>}
      </div>
    </li>
  );
}

/** A signed appeal as a file and as a code. */
function Along({ view: { file, qr }, texts, tell }: { view: AppealFileView; texts: Texts; tell: (event: AppealEvent) => void }) {
  return (
    <section class="along" aria-labelledby="appeal-along">
      <h2 id="appeal-along">{texts.text("appeal-along")}</h2>
      <p>{texts.text("appeal-along-what")}</p>
      {qr ? <Qr qr={qr} label={texts.text("appeal-qr-label")} /> : <p class="notice" role="status">{texts.text("appeal-qr-long")}</p>}
      <p><a class="button" {...download(file)}>{texts.text("appeal-save")}</a></p>
      <button type="button" class="wide quiet" onClick={() => tell("file-taken")}>{texts.text("appeal-along-close")}</button>
    </section>
  );
}
