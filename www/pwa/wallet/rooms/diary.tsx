import type { Texts } from "../../../shared/l10n";
import { ReasonText } from "../../../shared/parts";
import type { DayView, DiaryField, DiaryView, FieldView } from "../../../shared/types";
import type { RoomProps } from "../everyday";
import { Choice, Symptoms, Text } from "../questions";
import { Room } from "./parts";

/** Daily check-ins of 14 days, and what was declared. */
export function Diary({ view, texts, send }: RoomProps<DiaryView>) {
  const today = view.days[view.days.length - 1];
  const question = (field: DiaryField, state: FieldView) => ({
    name: field,
    state,
    texts,
    onChange: (value: string) => send({ diary: { changed: { field, value } } }),
    onLeave: () => {},
  });
  const submit = (event: Event) => {
    event.preventDefault();
    send({ diary: "sent" });
    setTimeout(() => document.querySelector<HTMLElement>(".room [aria-invalid=true]")?.focus());
  };
  const answers = [["no", "answer-no"], ["yes", "answer-yes"], ["unsure", "answer-unsure"]] as const;
  const asked = view.changing || today?.sent === null;
  return (
    <Room title={texts.text("room-diary")} texts={texts} send={send}>
      <ol class="days" aria-label={texts.text("diary-days")}>{view.days.map((day) => <Day key={day.beginsAt} day={day} texts={texts} />)}</ol>
      {view.daysNormal !== null && view.daysLeft ? <p><b>{texts.text("diary-counted", { n: view.daysNormal, of: view.daysNormal + view.daysLeft })}</b></p> : null}
      {view.waitingFor ? <div class="notice" role="alert"><div><b>{texts.text("diary-waits")}</b><ReasonText reason={view.waitingFor} texts={texts} /></div></div> : null}
      {view.refused ? <div class="notice" role="alert"><ReasonText reason={view.refused} texts={texts} /></div> : null}
      {view.stopped ? (
        <div class="notice" role="alert">
          <p>{texts.text("diary-stopped")}</p>
          <button type="button" onClick={() => send({ diary: "sent-again" })}>{texts.text("diary-again")}</button>
        </div>
      ) : null}
      <h2>{texts.text(view.changing ? "diary-change" : "diary-today")}</h2>
      {asked ? (
        <form onSubmit={submit} noValidate key={String(view.changing)}>
          {view.changing ? (
            <>
              <p>{texts.text("diary-change-what")}</p>
              <Choice {...question("been", view.been)} label={texts.text("apply-been")} choices={answers.slice(0, 2)} />
              <Choice {...question("contact", view.contact)} label={texts.text("apply-contact")} choices={answers} />
            </>
          ) : null}
          <Symptoms {...question("symptoms", view.symptoms)} />
          <Text {...question("temperature", view.temperature)} label={texts.text("health-temperature")} optional={view.changing} more={{ autocomplete: "off", inputmode: "decimal" }} />
          <button type="submit" class="wide">{texts.text(view.changing ? "diary-change-send" : "diary-send")}</button>
          {view.changing ? <button type="button" class="wide quiet" onClick={() => send({ diary: "change-dropped" })}>{texts.text("diary-change-drop")}</button> : null}
        </form>
      ) : <p role="status">{texts.text(`diary-sent-${today?.sent ?? "waiting"}`)}</p>}
      {view.changing ? null : view.changeAgainAt ? <p class="small">{texts.text("diary-change-again", { day: texts.moment(view.changeAgainAt) })}</p> : (
        <p><button type="button" class="wide quiet" onClick={() => send({ diary: "change-asked" })}>{texts.text("diary-change")}</button></p>
      )}
      <p class="small">{texts.text("diary-kept")}</p>
    </Room>
  );
}

/** A day of the strip: its state as a sign and in words. */
function Day({ day: { beginsAt, sent, temperature, normal }, texts }: { day: DayView; texts: Texts }) {
  const state = sent === null ? "none" : sent === "waiting" || sent === "stopped" ? "waiting" : normal ? "normal" : "unwell";
  const date = new Date((beginsAt + 8 * 3600) * 1000).getUTCDate();
  const degrees = temperature === null ? "" : ` ${(temperature / 10).toFixed(1)} °C`;
  return (
    <li class={`day ${state}`} title={texts.text(`diary-day-${state}`) + degrees}>
      <b>{date}</b>
      <span aria-hidden="true">{{ none: "–", waiting: "…", normal: "✓", unwell: "!" }[state]}</span>
      <span class="hidden">{texts.text(`diary-day-${state}`)}{degrees}</span>
    </li>
  );
}
