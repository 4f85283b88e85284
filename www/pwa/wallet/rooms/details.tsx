import { testWords } from "../../../shared/claims";
import { regionName } from "../../../shared/regions";
import type { ClaimName, ClaimView, DetailsView } from "../../../shared/types";
import type { RoomProps } from "../everyday";
import { Room } from "./parts";

/** All that a gate reads from the code; what the person lets it show is chosen here, before it is shown. */
export function Details({ view, texts, send }: RoomProps<DetailsView>) {
  const choices = view.claims.filter(({ chosen }) => chosen !== null);
  const known = `colour-because-${view.reason}`;
  const because = texts.text(known) === known ? view.reason : texts.text(known);
  const choose = (name: ClaimName) => {
    const claims = choices.filter((claim) => (claim.name === name) !== claim.chosen).map((claim) => claim.name);
    send({ details: { chosen: { claims } } });
  };
  const value = ({ name, value }: ClaimView) => (name === "test" ? testWords(value, texts) : value);
  return (
    <Room title={texts.text("room-details")} texts={texts} send={send}>
      <h2>{texts.text("details-choose")}</h2>
      {choices.length === 0 ? <p>{texts.text("details-no-choice")}</p> : (
        <fieldset class="field">
          <legend>{texts.text("details-choose-what")}</legend>
          {choices.map((claim) => (
            <label class="box" key={claim.name}>
              <input type="checkbox" checked={claim.chosen ?? false} onChange={() => choose(claim.name)} />
              <span>{texts.text(`details-${claim.name}`)}: {value(claim)}</span>
            </label>
          ))}
        </fieldset>
      )}
      <h2>{texts.text("details-always")}</h2>
      <dl class="facts">
        <dt>{texts.text("details-colour")}</dt><dd>{texts.text(`code-colour-${view.colour}`)}</dd>
        {view.claims.filter(({ chosen }) => chosen === null).map((claim) => [<dt key={claim.name}>{texts.text(`details-${claim.name}`)}</dt>, <dd key={`${claim.name}-value`}>{value(claim)}</dd>])}
        {because ? <><dt>{texts.text("colour-reason")}</dt><dd>{because}</dd></> : null}
        {view.rule ? <><dt>{texts.text("colour-rule")}</dt><dd>{view.rule}</dd></> : null}
        {view.since ? <><dt>{texts.text("colour-since")}</dt><dd>{texts.chineseDate(view.since)}</dd></> : null}
        <dt>{texts.text("colour-issuer")}</dt><dd>{regionName(view.region, texts.language)} ({view.issuer})</dd>
        <dt>{texts.text("details-issued")}</dt><dd>{texts.moment(view.issuedAt)}</dd>
        <dt>{texts.text("details-ends")}</dt><dd>{texts.moment(view.expiresAt)}</dd>
        {view.codeUntil ? <><dt>{texts.text("details-code-until")}</dt><dd>{texts.moment(view.codeUntil)}</dd></> : null}
        {view.status ? <><dt>{texts.text("details-status")}</dt><dd>{view.status}</dd></> : null}
        <dt>{texts.text("details-key")}</dt><dd>{view.key}</dd>
      </dl>
      <p class="small">{texts.text("details-linked")}</p>
      <p class="small">{texts.text("details-screen")}</p>
    </Room>
  );
}
