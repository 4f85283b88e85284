import { Component } from "preact";
import { ReasonText } from "../../../shared/parts";
import type { Texts } from "../../../shared/l10n";
import { regionName } from "../../../shared/regions";
import type { ClaimName, DelegationsView, GivenView, OnBehalf, Relation, StatedPlace } from "../../../shared/types";
import type { RoomProps } from "../everyday";
import { Consent, Offer, Problem, Read, type Tell } from "./exchange";
import { Room } from "./parts";

const RELATIONS: Relation[] = ["parent", "child", "spouse", "relative", "carer", "other"];
const CLAIMS: ClaimName[] = ["name", "document", "test", "vaccination"];

/** What was shown on somebody's behalf. */
function Showings({ showings, texts }: { showings: OnBehalf[]; texts: Texts }) {
  return (
    <ul class="stored">
      {showings.map(({ at, place, disclosed }) => (
        <li key={at}>
          <span>
            {place ? <b>{placeName(place, texts)} </b> : null}
            {disclosed.map((claim) => texts.text(`details-${claim}`)).join(" · ")}
          </span>
          <time class="when">{texts.moment(at)}</time>
        </li>
      ))}
    </ul>
  );
}

/** What a place says of itself. */
function placeName({ name, kind, region }: StatedPlace, texts: Texts): string {
  const id = `place-${kind}`;
  const word = texts.text(id);
  return [name, word === id ? "" : word, regionName(region, texts.language)].filter(Boolean).join(" · ");
}

/** Permissions to show somebody's code: given by this phone, and asked for; one that was given to it is one more pass among the people. */
export function Delegations({ view, texts, send }: RoomProps<DelegationsView>) {
  const tell: Tell = (event) => send({ exchange: event });
  const { asked, grant, told, request, busy, problem } = view.exchange;
  const free = !request && !asked && !grant && !told;
  return (
    <Room title={texts.text("room-delegations")} texts={texts} send={send}>
      <Problem reason={problem} texts={texts} />
      {busy ? <p role="status">{texts.text("exchange-busy")}</p> : null}
      {request ? (
        <>
          <p>{texts.text("lend-request")}</p>
          <Offer offer={request} label={texts.text("lend-request-label")} texts={texts} />
          {request.qr ? <p class="small">{texts.text("exchange-request-until", { time: texts.moment(request.qr.expiresAt) })}</p> : null}
          {view.exchange.untrusting ? <p class="notice" role="alert">{texts.text("exchange-no-trust")}</p> : null}
          <Read label={texts.text("lend-scan-answer")} texts={texts} tell={tell} />
          <p><button type="button" class="wide quiet" onClick={() => tell("dropped")}>{texts.text("lend-drop")}</button></p>
        </>
      ) : null}
      {asked ? <Consent key={asked.name} asked={asked} texts={texts} tell={tell} /> : null}
      {grant ? (
        <>
          <p>{texts.text("lend-granted")}</p>
          <Offer offer={grant} label={texts.text("lend-grant-label")} texts={texts} />
          <p><button type="button" class="wide" onClick={() => tell("closed")}>{texts.text("lend-done")}</button></p>
        </>
      ) : null}
      {told ? (
        <>
          <p>{texts.text("behalf-scan")}</p>
          <Offer offer={told} label={texts.text("behalf-label")} texts={texts} />
          <p><button type="button" class="wide" onClick={() => tell("closed")}>{texts.text("lend-done")}</button></p>
        </>
      ) : null}
      {free ? (
        <>
          {view.behalf ? (
            <>
              <h2>{texts.text("behalf-title")}</h2>
              <p>{texts.text(view.exchange.lent ? "behalf-lent" : "behalf-what")}</p>
              <Showings showings={view.showings} texts={texts} />
              {view.exchange.lent ? <p><button type="button" class="wide" onClick={() => tell("told")}>{texts.text("behalf-tell")}</button></p> : null}
            </>
          ) : null}
          <h2>{texts.text("lend-give")}</h2>
          {!view.exchange.code ? <p>{texts.text("lend-no-code")}</p> : view.exchange.lent ? <p>{texts.text("lend-not-own")}</p> : view.exchange.moved ? <p>{texts.text("exchange-moved")}</p> : (
            <>
              <p>{texts.text("lend-give-what")}</p>
              <Read label={texts.text("lend-scan-request")} texts={texts} tell={tell} />
              <p class="small">{texts.text("behalf-ask")}</p>
            </>
          )}
          <Given view={view} texts={texts} tell={tell} />
          <h2>{texts.text("lend-hold")}</h2>
          <p>{texts.text("lend-hold-what")}</p>
          {view.room ? <Ask texts={texts} tell={tell} /> : <p>{texts.text("people-full", { most: view.most })}</p>}
        </>
      ) : null}
    </Room>
  );
}

interface AskState {
  name: string;
  guardian: Relation;
  scope: ClaimName[];
  days: number;
}

/** What this phone asks for in its person's name. */
class Ask extends Component<{ texts: Texts; tell: Tell }, AskState> {
  override state: AskState = { name: "", guardian: "parent", scope: ["name"], days: 30 };

  render({ texts, tell }: { texts: Texts; tell: Tell }, { name, guardian, scope, days }: AskState) {
    const toggle = (claim: ClaimName) => this.setState({ scope: scope.includes(claim) ? scope.filter((other) => other !== claim) : [...scope, claim] });
    const ask = (event: Event) => {
      event.preventDefault();
      tell({ asked: { name, guardian, scope, days } });
    };
    return (
      <details>
        <summary>{texts.text("lend-ask")}</summary>
        <form onSubmit={ask}>
          <div class="field">
            <label for="lend-name">{texts.text("lend-name")}</label>
            <input id="lend-name" value={name} autocomplete="name" onInput={(event) => this.setState({ name: event.currentTarget.value })} />
          </div>
          <div class="field">
            <label for="lend-relation">{texts.text("lend-relation")}</label>
            <select id="lend-relation" value={guardian} onChange={(event) => this.setState({ guardian: event.currentTarget.value as Relation })}>
              {RELATIONS.map((relation) => <option value={relation} key={relation}>{texts.text(`lend-as-${relation}`)}</option>)}
            </select>
          </div>
          <fieldset class="field">
            <legend>{texts.text("lend-scope")}</legend>
            {CLAIMS.map((claim) => (
              <label class="box" key={claim}>
                <input type="checkbox" checked={scope.includes(claim)} onChange={() => toggle(claim)} />
                <span>{texts.text(`details-${claim}`)}</span>
              </label>
            ))}
          </fieldset>
          <fieldset class="field">
            <legend>{texts.text("lend-days")}</legend>
            {[1, 30, 180].map((choice) => (
              <label class="box" key={choice}>
                <input type="radio" name="lend-days" checked={days === choice} onChange={() => this.setState({ days: choice })} />
                <span>{texts.text("exchange-days-n", { n: choice })}</span>
              </label>
            ))}
          </fieldset>
          <button type="submit" class="wide">{texts.text("lend-ask-now")}</button>
        </form>
      </details>
    );
  }
}

/** The claims of a permission, in words. */
const words = (scope: ClaimName[], texts: Texts) => (scope.length > 0 ? scope.map((claim) => texts.text(`details-${claim}`)).join(" · ") : texts.text("lend-scope-none"));

/** What was given, and its end before its time. */
function Given({ view: { given, ending, waitingFor }, texts, tell }: { view: DelegationsView; texts: Texts; tell: Tell }) {
  if (given.length === 0) return null;
  const state = ({ over, withdrawn, expiresAt }: GivenView) => texts.text(withdrawn ? "lend-withdrawn" : over ? "lend-over" : "lend-until", { time: texts.moment(expiresAt) });
  return (
    <>
      <h3>{texts.text("lend-given")}</h3>
      <ul class="appeals">
        {given.map((one) => (
          <li class="appeal" key={`${one.issuedAt}${one.name}`}>
            <p><b>{one.name}</b> {texts.text(one.guardian ? `lend-as-${one.guardian}` : "lend-moved")}</p>
            <p>{state(one)}</p>
            {one.guardian ? <p class="small">{words(one.scope, texts)}</p> : null}
            {one.showings.length > 0 ? (
              <details>
                <summary>{texts.text("behalf-told", { n: one.showings.length })}</summary>
                <Showings showings={one.showings} texts={texts} />
              </details>
            ) : null}
          </li>
        ))}
      </ul>
      <p class="small">{texts.text("lend-end-what")}</p>
      {waitingFor ? <div class="notice" role="alert"><div><b>{texts.text("lend-end-waits")}</b><ReasonText reason={waitingFor} texts={texts} /></div></div> : null}
      {ending ? <p role="status">{texts.text("lend-ending")}</p> : given.some(({ over }) => !over) ? (
        <button type="button" class="wide danger" onClick={() => tell("ended-all")}>{texts.text("lend-end")}</button>
      ) : null}
    </>
  );
}
