import { Component } from "preact";
import type { Texts } from "../../../shared/l10n";
import { SIGN_NAMES } from "../../../shared/looks";
import { regionName } from "../../../shared/regions";
import { ColourShape } from "../../../shared/shapes";
import type { CodeView, PassView, PeopleView, Relation, Sign } from "../../../shared/types";
import type { RoomProps, SendRoom } from "../everyday";
import { SignShape } from "../whom";
import { Room } from "./parts";

/** As the guardian says it: what I am to the person. */
const RELATIONS: Relation[] = ["parent", "child", "spouse", "relative", "carer", "other"];

/** All passes of this phone: one tap shows the code. */
export class People extends Component<RoomProps<PeopleView>, { adding: boolean }> {
  override state = { adding: false };

  render({ view, texts, send }: RoomProps<PeopleView>, { adding }: { adding: boolean }) {
    const several = view.passes.length > 1;
    const removing = view.passes.find(({ number }) => number === view.removing);
    return (
      <Room title={texts.text("room-people")} texts={texts} send={send}>
        <p>{texts.text(several ? "people-what" : "people-alone")}</p>
        {removing ? (
          <div class="notice" role="alertdialog" aria-labelledby="removal-sure">
            <b id="removal-sure">{texts.text("people-remove-sure", { name: named(removing, texts) })}</b>
            <button type="button" class="danger" onClick={() => send({ people: "removal-confirmed" })}>{texts.text("people-remove-yes")}</button>
            <button type="button" class="quiet" onClick={() => send({ people: "removal-declined" })}>{texts.text("people-remove-no")}</button>
          </div>
        ) : null}
        {several ? <p><button type="button" class="wide" onClick={() => send({ entered: { room: "group" } })}>{texts.text("room-group")}</button></p> : null}
        <ul class="passes">
          {view.passes.map((pass, at) => <Pass key={pass.number} pass={pass} at={at} last={at === view.passes.length - 1} several={several} texts={texts} send={send} />)}
        </ul>
        {view.regions.length > 0 ? (
          <>
            <h2>{texts.text("people-region")}</h2>
            <p>{texts.text("people-region-what")}</p>
            {view.regions.map((region) => (
              <button type="button" class="wide" key={region} onClick={() => send({ people: { "region-added": { region } } })}>
                {texts.text("people-region-add", { region: regionName(region, texts.language) })}
              </button>
            ))}
          </>
        ) : null}
        <h2>{texts.text("people-add")}</h2>
        {!view.room ? <p>{texts.text("people-full", { most: view.most })}</p> : adding ? (
          <Adding texts={texts} onDone={(relation, sign) => send({ people: { added: { relation, sign } } })} onDrop={() => this.setState({ adding: false })} />
        ) : (
          <>
            <p>{texts.text("people-add-what", { most: view.most })}</p>
            <button type="button" class="wide" onClick={() => this.setState({ adding: true })}>{texts.text("people-add-begin")}</button>
          </>
        )}
      </Room>
    );
  }
}

/** Beside the code of somebody who has reached an age with which something changes: what to do. */
export function Reached({ view: { reached, name, whom }, texts, send }: RoomProps<CodeView>) {
  if (!reached) return null;
  const called = name || texts.text(whom?.relation ? `whom-${whom.relation}` : "whom-self");
  return (
    <p class="notice" role="status">
      {texts.text(`people-reached-${reached}`, { name: called })}{" "}
      <button type="button" class="quiet" onClick={() => send({ entered: { room: "people" } })}>{texts.text("room-people")}</button>
    </p>
  );
}

/** What a pass is called where nobody sees its sign. */
function named({ name, whom: { relation } }: PassView, texts: Texts): string {
  return name || texts.text(relation ? `whom-${relation}` : "whom-self");
}

interface PassProps {
  pass: PassView;
  at: number;
  last: boolean;
  several: boolean;
  texts: Texts;
  send: SendRoom;
}

function Pass({ pass, at, last, several, texts, send }: PassProps) {
  const { number, whom, colour, region, expiresAt, lent, applying, errands, front, reached } = pass;
  const name = named(pass, texts);
  const over = expiresAt !== null && expiresAt <= Date.now() / 1000;
  const state = applying ? "people-applying" : over ? (lent ? "people-lent-over" : "people-over") : colour ? "" : "people-begun";
  const until = expiresAt && (lent ? texts.text("people-lent", { time: texts.moment(expiresAt) }) : texts.text("people-until", { day: texts.day(expiresAt) }));
  return (
    <li class={`pass ${colour ?? ""}`}>
      <button type="button" class="wide quiet" aria-current={front} onClick={() => send({ people: { brought: { number } } })}>
        <SignShape sign={whom.sign} />
        <span>
          <b>{name}</b> {texts.text(whom.relation ? `whom-${whom.relation}` : "whom-self")}
          <br />
          {colour ? <span class="tone-word"><ColourShape colour={colour} /> {texts.text(`code-colour-${colour}`)} · {regionName(region, texts.language)}</span> : null}
          {state ? <span>{texts.text(state)}</span> : until ? <small>{until}</small> : null}
          {front ? <small>{texts.text("people-front")}</small> : null}
        </span>
      </button>
      {errands && !front ? <p class="small">{texts.text("people-errands")}</p> : null}
      {reached ? <p class="small" role="status">{texts.text(`people-reached-${reached}`, { name })}</p> : null}
      {several ? (
        <details>
          <summary>{texts.text("people-sign-of", { name })}</summary>
          <Signs name={`sign-${number}`} chosen={whom.sign} texts={texts} onChoose={(sign) => send({ people: { "sign-chosen": { number, sign } } })} />
        </details>
      ) : null}
      {several ? (
        <div class="ways">
          {front || at < 2 ? null : <button type="button" class="quiet" onClick={() => send({ people: { moved: { number, up: true } } })}>{texts.text("people-up")}<span class="hidden"> {name}</span></button>}
          {front || last ? null : <button type="button" class="quiet" onClick={() => send({ people: { moved: { number, up: false } } })}>{texts.text("people-down")}<span class="hidden"> {name}</span></button>}
          <button type="button" class="quiet" onClick={() => send({ people: { "removal-asked": { number } } })}>{texts.text("people-remove")}<span class="hidden"> {name}</span></button>
        </div>
      ) : null}
    </li>
  );
}

function Signs({ name, chosen, texts, onChoose }: { name: string; chosen: Sign; texts: Texts; onChoose: (sign: Sign) => void }) {
  return (
    <div class="signs">
      {SIGN_NAMES.map((sign) => (
        <label class="box" key={sign}>
          <input type="radio" name={name} value={sign} checked={sign === chosen} onChange={() => onChoose(sign)} />
          <SignShape sign={sign} /> {texts.text(`sign-${sign}`)}
        </label>
      ))}
    </div>
  );
}

interface AddingProps {
  texts: Texts;
  onDone: (relation: Relation, sign: Sign) => void;
  onDrop: () => void;
}

/** Somebody without a phone: what I am to the person, and the sign. The form follows. */
class Adding extends Component<AddingProps, { relation: Relation; sign: Sign }> {
  override state: { relation: Relation; sign: Sign } = { relation: "parent", sign: "star" };

  render({ texts, onDone, onDrop }: AddingProps, { relation, sign }: { relation: Relation; sign: Sign }) {
    return (
      <form onSubmit={(event) => { event.preventDefault(); onDone(relation, sign); }}>
        <fieldset class="field">
          <legend>{texts.text("people-i-am")}</legend>
          {RELATIONS.map((each) => (
            <label class="box" key={each}>
              <input type="radio" name="relation" value={each} checked={each === relation} onChange={() => this.setState({ relation: each })} />
              {texts.text(`relation-${each}`)}
            </label>
          ))}
        </fieldset>
        <fieldset class="field">
          <legend>{texts.text("people-sign")}</legend>
          <Signs name="new-sign" chosen={sign} texts={texts} onChoose={(sign) => this.setState({ sign })} />
        </fieldset>
        <p class="small">{texts.text("people-duty")}</p>
        <button type="submit" class="wide">{texts.text("people-go-on")}</button>
        <button type="button" class="wide quiet" onClick={onDrop}>{texts.text("people-drop")}</button>
      </form>
    );
  }
}
