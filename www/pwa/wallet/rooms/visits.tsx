import type { Texts } from "../../../shared/l10n";
import { ReasonText } from "../../../shared/parts";
import { regionName } from "../../../shared/regions";
import { OutcomeShape } from "../../../shared/shapes";
import { kindWord, toldOfPlace } from "../../../shared/visits";
import type { DecidedView, VenueView, Visit, VisitsView } from "../../../shared/types";
import type { RoomProps } from "../everyday";
import { Room, Scan } from "./parts";

/** Venue codes: what the rules of a place say of the own code, and where the person was in 14 days. */
export function Visits({ view, texts, send }: RoomProps<VisitsView>) {
  const { decided, fitting, visits, trustMadeAt, trouble } = view;
  const age = trustMadeAt === null ? texts.text("visits-trust-none") : texts.text("visits-trust", { age: texts.age(Date.now() / 1000 - trustMadeAt) });
  return (
    <Room title={texts.text("room-visits")} texts={texts} send={send}>
      {decided ? (
        <>
          <Decided decided={decided} texts={texts} />
          {fitting !== null && decided.place ? (
            <p><button type="button" class="wide" onClick={() => send({ people: { brought: { number: fitting } } })}>{texts.text("visits-fitting", { region: regionName(decided.place.region, texts.language) })}</button></p>
          ) : null}
          {decided.live && decided.place ? (
            <>
              <p>{texts.text("visits-live")}</p>
              <p><button type="button" class="wide" onClick={() => send({ visits: "answered" })}>{texts.text("visits-answer")}</button></p>
            </>
          ) : null}
          <p><button type="button" class="wide quiet" onClick={() => send({ visits: "closed" })}>{texts.text("visits-close")}</button></p>
        </>
      ) : view.reading ? <p role="status">{texts.text("visits-reading")}</p> : view.code ? (
        <>
          <p>{texts.text("visits-what")}</p>
          <Scan label={texts.text("visits-scan")} texts={texts} onText={(text) => send({ visits: { scanned: { text } } })} />
        </>
      ) : <p>{texts.text("visits-no-code")}</p>}
      <p class="small">{age}</p>
      {trouble ? <div class="notice" role="status"><div><b>{texts.text("visits-trouble")}</b><ReasonText reason={trouble} texts={texts} /></div></div> : null}
      <h2>{texts.text("visits-log")}</h2>
      {visits.length > 0 ? (
        <ul class="stored">{visits.map((visit) => <Line key={`${visit.at}${visit.venue}`} visit={visit} texts={texts} />)}</ul>
      ) : <p>{texts.text("visits-none")}</p>}
      <p class="small">{texts.text("visits-log-what")}</p>
    </Room>
  );
}

function Line({ visit: { at, name, kind, evidence }, texts }: { visit: Visit; texts: Texts }) {
  return (
    <li>
      <span><b>{name}</b> {kindWord(kind, texts)}</span>
      <span class="when">{texts.moment(at)}<br />{texts.text(`visits-by-${evidence}`)}</span>
    </li>
  );
}

/** The answer, large; then the place, the rule, and what to do. */
function Decided({ decided: { verdict, place }, texts }: { decided: DecidedView; texts: Texts }) {
  const { outcome, rule } = verdict;
  const { reason, remedy } = toldOfPlace(verdict, texts);
  return (
    <section class={`verdict ${outcome}`} role="alert">
      <p class="tone"><OutcomeShape outcome={outcome} /> <b>{texts.text(`visits-${outcome}`)}</b></p>
      {place ? <Place place={place} texts={texts} /> : null}
      <p><b>{reason}</b> {remedy}</p>
      {rule ? <p>{rule.description[texts.language] ?? ""} <small>{rule.identifier}</small></p> : null}
      {place ? <p class="small">{texts.text("visits-no-promise")}</p> : null}
    </section>
  );
}

function Place({ place: { name, kind, region }, texts }: { place: VenueView; texts: Texts }) {
  return <p class="place"><b>{name}</b> {[kindWord(kind, texts), regionName(region, texts.language)].filter(Boolean).join(" · ")}</p>;
}
