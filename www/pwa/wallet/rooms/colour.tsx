import { regionName } from "../../../shared/regions";
import { ColourShape } from "../../../shared/shapes";
import type { ColourView } from "../../../shared/types";
import type { RoomProps } from "../everyday";
import { Room } from "./parts";

/** Why the colour is what it is, and what leads back to green. */
export function Colour({ view, texts, send }: RoomProps<ColourView>) {
  const { standing, toldAt } = view;
  const known = `colour-because-${view.reason}`;
  const because = texts.text(known) === known ? (view.reason ?? texts.text("colour-because-unsaid")) : texts.text(known);
  const green = view.colour === "green";
  return (
    <Room title={texts.text("room-colour")} texts={texts} send={send}>
      <p class={`tone ${view.colour}`}><ColourShape colour={view.colour} /> <b>{texts.text(`code-colour-${view.colour}`)}</b></p>
      <dl class="facts">
        {green && !view.reason ? null : <><dt>{texts.text("colour-reason")}</dt><dd>{because}</dd></>}
        {view.rule ? <><dt>{texts.text("colour-rule")}</dt><dd>{view.rule}</dd></> : null}
        {view.since ? <><dt>{texts.text("colour-since")}</dt><dd>{texts.chineseDate(view.since)}</dd></> : null}
        <dt>{texts.text("colour-issuer")}</dt><dd>{regionName(view.region, texts.language)} ({view.issuer})</dd>
      </dl>
      <h2>{texts.text("colour-allowed")}</h2>
      <p>{texts.text(`colour-allowed-${view.colour}`)}</p>
      {green ? null : (
        <>
          <h2>{texts.text("colour-helps")}</h2>
          <p>{texts.text("colour-helps-what")}</p>
          {standing?.daysToGreen ? <p><b>{texts.text("diary-counted", { n: standing.normalDays, of: standing.normalDays + standing.daysToGreen })}</b></p> : null}
          {standing && toldAt && standing.colour !== view.colour ? (
            <p class="notice" role="status">{texts.text("colour-changed", { colour: texts.text(`code-colour-${standing.colour}`), time: texts.moment(toldAt) })}</p>
          ) : null}
          <button type="button" class="wide" onClick={() => send({ entered: { room: "diary" } })}>{texts.text("room-diary")}</button>
          <h2>{texts.text("colour-wrong")}</h2>
          <p>{texts.text("colour-wrong-what")}</p>
          <button type="button" class="wide" onClick={() => send({ entered: { room: "appeals" } })}>{texts.text("room-appeals")}</button>
          <p><a class="button" href="tel:12345">{texts.text("colour-call")}</a></p>
        </>
      )}
    </Room>
  );
}
