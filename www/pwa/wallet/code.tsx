import { Component, type ComponentChildren } from "preact";
import { loadTexts, type Texts } from "../../shared/l10n";
import { testWords } from "../../shared/claims";
import { elsewhere, regionName } from "../../shared/regions";
import { Qr } from "../../shared/qr";
import { ColourShape } from "../../shared/shapes";
import { clock, countdown } from "../../shared/time";
import type { AnsweringView, CodeView, QrView, RoomEvent, RoomName } from "../../shared/types";
import { readAloud } from "./aloud";
import type { Send } from "./main";
import { SignShape } from "./whom";

interface Props {
  view: CodeView;
  /** Three things on the screen: the code, reading aloud, and the way to all else. */
  elder: boolean;
  texts: Texts;
  send: Send;
  /** The person wants something that is beside the code. */
  onRoom: (event: RoomEvent) => void;
  /** What else there is to say; it stands below the code, which comes first. */
  beside: ComponentChildren;
}

interface State {
  /** The code is as large as the screen. */
  whole: boolean;
  noScanner: boolean;
  noVoice: boolean;
}

/** Length of the ring's line: 2πr for r = 26. */
const RING = 2 * Math.PI * 26;

/** The code page. It draws itself anew every second, for the clock and the time left. */
export class Code extends Component<Props, State> {
  override state: State = { whole: false, noScanner: false, noVoice: false };
  #timer: ReturnType<typeof setInterval> | undefined;

  override componentDidMount(): void {
    this.#timer = setInterval(() => this.forceUpdate(), 1000);
  }

  override componentWillUnmount(): void {
    clearInterval(this.#timer);
  }

  /** The scanner comes when it is wanted: most people never need it. */
  async #scan(): Promise<void> {
    const { texts, send } = this.props;
    try {
      // Its texts are among those that come later, too.
      const [{ scanGate }, more] = await Promise.all([import("./scan"), loadTexts(texts.language, true)]);
      this.setState({ noScanner: false });
      scanGate(more, (text) => send({ "challenge-read": { text } }));
    } catch {
      this.setState({ noScanner: true });
    }
  }

  /** Colour and time left, aloud. */
  #read(): void {
    const { view, texts } = this.props;
    const left = Math.max(0, Math.ceil((view.qr?.expiresAt ?? 0) - Date.now() / 1000));
    const words = texts.text("code-aloud", { colour: texts.text(`code-colour-${view.colour}`), minutes: Math.floor(left / 60), seconds: left % 60 });
    this.setState({ noVoice: false });
    readAloud(words, texts.language, () => this.setState({ noVoice: true }));
  }

  render({ view, elder, texts, send, onRoom, beside }: Props, { whole, noScanner, noVoice }: State) {
    const now = Date.now() / 1000;
    const colour = texts.text(`code-colour-${view.colour}`);
    const enter = (room: RoomName) => () => onRoom({ entered: { room } });
    const venue = view.answering?.venue;
    const there = elsewhere(view.answering?.region, view.region, texts.language);
    const proofs = [
      view.test && testWords(view.test, texts),
      view.vaccination && texts.text("code-vaccination", { doses: view.vaccination }),
      view.monitoring && texts.text("code-monitoring"),
    ].filter(Boolean);
    const running = view.qr && view.qr.expiresAt > now ? view.qr : null;
    return (
      <main class={`code ${view.colour}${view.answering ? " answering" : ""}${whole ? " whole" : ""}`}>
        <div class="band">
          <ColourShape colour={view.colour} />
          <h1 tabIndex={-1}>{colour}</h1>
          <time class="clock" aria-hidden="true">{clock(now)}</time>
        </div>
        <p class={`person${view.whom ? " several" : ""}`}>
          {view.whom ? <SignShape sign={view.whom.sign} /> : null}
          <b>{view.name || texts.text("code-colour-only")}</b>
          {view.whom ? <span class="whom">{texts.text(view.whom.relation ? `whom-${view.whom.relation}` : "whom-self")}</span> : null}
          {view.documentNumber ? <span><span class="hidden">{texts.text("code-document")} </span>{view.documentNumber}</span> : null}
        </p>
        {proofs.length > 0 ? <p class="proofs">{proofs.join(" · ")}</p> : null}
        {view.guardian ? <p class="for"><b>{texts.text("code-lent", { relation: view.guardian })}</b></p> : null}
        {view.answering ? <Answering gate={view.answering} texts={texts} /> : null}
        {there ? <p class="why">{texts.text("answering-elsewhere", { region: there })} <button type="button" class="quiet" onClick={enter("people")}>{texts.text("answering-choose")}</button></p> : null}
        {running ? (
          <button type="button" class="tap" aria-pressed={whole} onClick={() => this.setState({ whole: !whole })}>
            <Qr qr={running} label={texts.text("code-qr-label", { name: view.name, colour, time: texts.moment(running.expiresAt) })} />
          </button>
        ) : (
          <div class="qr empty" role="status">{texts.text(view.qr ? "code-over" : "code-preparing")}</div>
        )}
        {running ? <Left qr={running} now={now} texts={texts} /> : null}
        {whole ? <p class="bright">{texts.text("code-bright")}</p> : null}
        {view.colour === "green" || view.guardian ? null : <p class="why">{texts.text("code-why-what")} <button type="button" class="quiet" onClick={enter("colour")}>{texts.text("code-why")}</button></p>}
        {beside}
        {noScanner ? <p class="notice" role="alert">{texts.text("gate-scan-offline")}</p> : null}
        {noVoice ? <p class="notice" role="alert">{texts.text("code-no-voice")}</p> : null}
        {venue ? <button type="button" class="quiet gate" onClick={() => onRoom({ visits: { scanned: { text: venue } } })}>{texts.text("answering-venue")}</button> : null}
        {view.answering ? <button type="button" class="quiet gate" onClick={() => send("everyday-asked")}>{texts.text("answering-back")}</button> : (
          <div class="ways">
            {elder
              ? <button type="button" class="quiet" onClick={() => this.#read()}>{texts.text("code-read")}</button>
              : (
                <>
                  <button type="button" class="quiet" onClick={() => void this.#scan()}>{texts.text("gate-scan")}</button>
                  <button type="button" class="quiet" onClick={enter("details")}>{texts.text("code-details")}</button>
                </>
              )}
            <button type="button" class="quiet" onClick={enter("menu")}>{texts.text("rooms-open")}</button>
          </div>
        )}
        <p class="small">
          {texts.text("code-from-until", { region: regionName(view.region, texts.language), day: view.guardian ? texts.moment(view.credentialExpiresAt) : texts.day(view.credentialExpiresAt) })}
          <br />
          {texts.text("code-offline")}
        </p>
      </main>
    );
  }
}

/** For which gate the code is, as the gate says itself. */
function Answering({ gate: { kind, name, region, venue }, texts }: { gate: AnsweringView; texts: Texts }) {
  const id = `place-${kind}`;
  const word = kind && texts.text(id) !== id ? texts.text(id) : "";
  const place = [name, word, region ? regionName(region, texts.language) : ""].filter(Boolean).join(" · ");
  return (
    <p class="for" role="status">
      <b>{texts.text("answering-for", { place: place || texts.text(venue ? "answering-poster" : "answering-nameless") })}</b> {texts.text("answering-unverified")}
    </p>
  );
}

/** Time left, as a ring and as a number. */
function Left({ qr, now, texts }: { qr: QrView; now: number; texts: Texts }) {
  const left = Math.max(0, Math.ceil(qr.expiresAt - now));
  const part = Math.min(1, left / Math.max(1, qr.expiresAt - qr.issuedAt));
  return (
    <div class="left">
      <svg viewBox="0 0 60 60" aria-hidden="true">
        <circle class="ring-back" cx="30" cy="30" r="26" />
        <circle class="ring" cx="30" cy="30" r="26" transform="rotate(-90 30 30)" stroke-dasharray={`${RING}`} stroke-dashoffset={`${RING * (1 - part)}`} />
      </svg>
      <div>
        <span>{texts.text("code-left")} <b role="timer" aria-live="off">{countdown(left)}</b></span>
        <span class="until">{texts.text("code-until", { time: texts.moment(qr.expiresAt) })}</span>
      </div>
    </div>
  );
}
