import type { ExchangeView } from "../../../shared/types";
import type { RoomProps } from "../everyday";
import { Consent, Offer, Problem, Read, type Tell } from "./exchange";
import { Room } from "./parts";

/** From the former phone to a new one: this is either of the two. */
export function Moving({ view, texts, send }: RoomProps<ExchangeView>) {
  const tell: Tell = (event) => send({ exchange: event });
  const wipe = () => {
    send({ entered: { room: "data" } });
    send({ data: "wipe-asked" });
  };
  const { asked, grant, request } = view;
  return (
    <Room title={texts.text("room-moving")} texts={texts} send={send}>
      <Problem reason={view.problem} texts={texts} />
      {!view.code ? (
        <>
          <p>{texts.text("moving-new")}</p>
          {view.untrusting ? <p class="notice" role="alert">{texts.text("exchange-no-trust")}</p> : null}
          {request ? (
            <>
              <h2>{texts.text("moving-first")}</h2>
              <p>{texts.text("moving-first-what")}</p>
              <Offer offer={request} label={texts.text("moving-request-label")} texts={texts} />
              {request.qr ? <p class="small">{texts.text("exchange-request-until", { time: texts.moment(request.qr.expiresAt) })}</p> : null}
              <h2>{texts.text("moving-then")}</h2>
              <p>{texts.text("moving-then-what")}</p>
              <Read label={texts.text("moving-scan-old")} texts={texts} tell={tell} />
              <p class="small">{texts.text("moving-takes")}</p>
            </>
          ) : view.busy ? <p role="status">{texts.text("exchange-busy")}</p> : (
            <button type="button" class="wide" onClick={() => tell({ asked: { name: texts.text("moving-name"), guardian: null, scope: [], days: 180 } })}>{texts.text("moving-ask")}</button>
          )}
        </>
      ) : grant ? (
        <>
          <p>{texts.text("moving-granted")}</p>
          <Offer offer={grant} label={texts.text("moving-grant-label")} texts={texts} />
          <h2>{texts.text("moving-after")}</h2>
          <p>{texts.text("moving-both")}</p>
          <p><button type="button" class="wide danger" onClick={wipe}>{texts.text("moving-wipe")}</button></p>
          <p><button type="button" class="wide quiet" onClick={() => tell("closed")}>{texts.text("moving-keep")}</button></p>
        </>
      ) : asked ? <Consent key={asked.name} asked={asked} texts={texts} tell={tell} /> : view.moved ? <p class="notice" role="status">{texts.text("exchange-moved")}</p> : (
        <>
          <p>{texts.text("moving-old")}</p>
          {view.busy ? <p role="status">{texts.text("exchange-busy")}</p> : <Read label={texts.text("moving-scan-new")} texts={texts} tell={tell} />}
          <p class="small">{texts.text("moving-what")}</p>
        </>
      )}
    </Room>
  );
}
