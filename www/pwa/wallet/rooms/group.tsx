import { Component } from "preact";
import type { Texts } from "../../../shared/l10n";
import { ReasonText } from "../../../shared/parts";
import { Qr } from "../../../shared/qr";
import { ColourShape } from "../../../shared/shapes";
import type { GroupView, MemberView } from "../../../shared/types";
import type { RoomProps, SendRoom } from "../everyday";
import { SignShape } from "../whom";
import { Room } from "./parts";

/** People who walk together: who comes along, then their codes in turn. */
export function Group({ view, texts, send }: RoomProps<GroupView>) {
  const along = view.members.filter((member) => member.along);
  const stopped = along.filter(({ colour }) => colour === "red");
  return (
    <Room title={texts.text("room-group")} texts={texts} send={send}>
      {view.codes.length > 0 ? <Codes view={view} texts={texts} send={send} /> : view.busy ? <p role="status">{texts.text("group-making")}</p> : (
        <>
          <p>{texts.text("group-what")}</p>
          <ul class="passes">
            {view.members.map((member) => <Choice key={member.number} member={member} texts={texts} send={send} />)}
          </ul>
          {stopped.length > 0 ? <p class="notice" role="alert">{texts.text("group-red", { names: stopped.map(({ name }) => name).join(" · ") })}</p> : null}
          {along.length > view.most ? <p class="notice" role="alert">{texts.text("group-most", { most: view.most })}</p> : null}
          <button type="button" class="wide" disabled={along.length < 2 || along.length > view.most} onClick={() => send({ group: "shown" })}>
            {texts.text("group-show", { n: along.length })}
          </button>
          {along.length < 2 ? <p class="small">{texts.text("group-two")}</p> : null}
          <fieldset class="field">
            <legend>{texts.text("group-pace")}</legend>
            {view.paces.map((ms) => (
              <label class="box" key={ms}>
                <input type="radio" name="pace" checked={ms === view.paceMs} onChange={() => send({ group: { "pace-set": { ms } } })} />
                <span>{texts.text("group-pace-n", { seconds: ms / 1000 })}</span>
              </label>
            ))}
          </fieldset>
        </>
      )}
    </Room>
  );
}

/** Somebody who can walk along; what stands against it is told before anything is shown. */
function Choice({ member: { number, name, whom, colour, along, fault }, texts, send }: { member: MemberView; texts: Texts; send: SendRoom }) {
  const able = colour !== null && !fault;
  return (
    <li class={`pass ${colour ?? ""}`}>
      <label class="along-box">
        <input type="checkbox" checked={along} disabled={!able} onChange={() => send({ group: { chosen: { number, along: !along } } })} />
        <SignShape sign={whom.sign} />
        <span>
          <b>{name || texts.text(whom.relation ? `whom-${whom.relation}` : "whom-self")}</b>{" "}
          {colour ? <span class="tone-word"><ColourShape colour={colour} /> {texts.text(`code-colour-${colour}`)}</span> : texts.text("people-begun")}
        </span>
      </label>
      {fault ? <div class="small"><ReasonText reason={fault} texts={texts} /></div> : null}
    </li>
  );
}

/** The codes in turn, until somebody taps: then they are turned by hand. */
class Codes extends Component<RoomProps<GroupView>, { at: number; paused: boolean }> {
  override state = { at: 0, paused: false };
  #timer: ReturnType<typeof setInterval> | undefined;

  override componentDidMount(): void {
    this.#timer = setInterval(() => this.state.paused || this.#turn(1), this.props.view.paceMs);
  }

  override componentWillUnmount(): void {
    clearInterval(this.#timer);
  }

  readonly #turn = (by: number): void => {
    const of = this.props.view.codes.length;
    this.setState(({ at }) => ({ at: (at + by + of) % of }));
  };

  render({ view, texts, send }: RoomProps<GroupView>, { at, paused }: { at: number; paused: boolean }) {
    const code = view.codes[at % view.codes.length];
    const member = code && view.members.find(({ number }) => number === code.number);
    if (!code || !member) return null;
    const { whom, colour } = member;
    const name = code.name || texts.text("code-colour-only");
    const place = texts.text("group-place", { n: at + 1, of: view.codes.length });
    return (
      <div class="along">
        <button type="button" class="tap" aria-pressed={paused} onClick={() => this.setState({ paused: !paused })}>
          <Qr qr={code.qr} label={texts.text("group-label", { name, place })} />
        </button>
        <p class="member">
          <SignShape sign={whom.sign} />
          <b>{name}</b>
          <span>{place}</span>
          {colour ? <span class="tone-word"><ColourShape colour={colour} /> {texts.text(`code-colour-${colour}`)}</span> : null}
        </p>
        <p class="small">{texts.text(paused ? "group-paused" : "group-tap")}</p>
        {paused ? (
          <div class="ways">
            <button type="button" class="quiet" onClick={() => this.#turn(-1)}>{texts.text("group-back")}</button>
            <button type="button" class="quiet" onClick={() => this.#turn(1)}>{texts.text("group-next")}</button>
          </div>
        ) : null}
        <button type="button" class="wide" onClick={() => send({ group: "ended" })}>{texts.text("group-done")}</button>
      </div>
    );
  }
}
