import { ReasonText } from "../../../shared/parts";
import type { RenewalView } from "../../../shared/types";
import type { RoomProps } from "../everyday";
import { Room } from "./parts";

/** How old the code's credential is, and its renewal. */
export function Renewal({ view, texts, send }: RoomProps<RenewalView>) {
  const { moved, issuedAt, expiresAt, renewedFrom, codes, underWay, waitingFor, refused } = view;
  return (
    <Room title={texts.text("room-renewal")} texts={texts} send={send}>
      <p>{texts.text(moved ? "renewal-moved" : "renewal-what")}</p>
      <dl class="facts">
        <dt>{texts.text("renewal-issued")}</dt><dd>{texts.moment(issuedAt)}</dd>
        <dt>{texts.text("renewal-ends")}</dt><dd>{texts.moment(expiresAt)}</dd>
        <dt>{texts.text("renewal-from")}</dt><dd>{texts.moment(renewedFrom)}</dd>
        <dt>{texts.text("renewal-codes")}</dt><dd>{texts.text("renewal-codes-n", { n: codes })}</dd>
      </dl>
      <p class="small">{texts.text(codes > 1 ? "renewal-codes-many" : "renewal-codes-one")}</p>
      {refused ? <div class="notice" role="alert"><div><b>{texts.text("renewal-refused")}</b><ReasonText reason={refused} texts={texts} /></div></div> : null}
      {waitingFor ? <div class="notice" role="alert"><div><b>{texts.text("renewal-waits")}</b><ReasonText reason={waitingFor} texts={texts} /></div></div> : null}
      {underWay ? <p role="status">{texts.text("renewal-under-way")}</p> : <button type="button" class="wide" onClick={() => send("renewal-asked")}>{texts.text("renewal-now")}</button>}
    </Room>
  );
}
