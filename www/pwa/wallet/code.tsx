import { Component, type ComponentChildren } from "preact";
import type { Texts } from "../../shared/l10n";
import { regionName } from "../../shared/regions";
import { ColourShape } from "../../shared/shapes";
import { clock, countdown } from "../../shared/time";
import type { CodeView, QrView } from "../../shared/types";

interface Props {
  view: CodeView;
  texts: Texts;
  /** What else there is to say; it stands below the code, which comes first. */
  beside: ComponentChildren;
}

/** Length of the ring's line: 2πr for r = 26. */
const RING = 2 * Math.PI * 26;

/** The code page. It draws itself anew every second, for the clock and the time left. */
export class Code extends Component<Props> {
  #timer: ReturnType<typeof setInterval> | undefined;

  override componentDidMount(): void {
    this.#timer = setInterval(() => this.forceUpdate(), 1000);
  }

  override componentWillUnmount(): void {
    clearInterval(this.#timer);
  }

  render({ view, texts, beside }: Props) {
    const now = Date.now() / 1000;
    const colour = texts.text(`code-colour-${view.colour}`);
    const running = view.qr && view.qr.expiresAt > now ? view.qr : null;
    return (
      <main class={`code ${view.colour}`}>
        <div class="band">
          <ColourShape colour={view.colour} />
          <h1 tabIndex={-1}>{colour}</h1>
          <time class="clock" aria-hidden="true">{clock(now)}</time>
        </div>
        <p class="person">
          <b>{view.name}</b>
          {view.documentNumber ? <span><span class="hidden">{texts.text("code-document")} </span>{view.documentNumber}</span> : null}
        </p>
        {running ? <Qr qr={running} label={texts.text("code-qr-label", { name: view.name, colour, time: texts.moment(running.expiresAt) })} /> : (
          <div class="qr empty" role="status">{texts.text(view.qr ? "code-over" : "code-preparing")}</div>
        )}
        {running ? <Left qr={running} now={now} texts={texts} /> : null}
        {beside}
        <p class="small">
          {texts.text("code-from-until", { region: regionName(view.region, texts.language), day: texts.day(view.credentialExpiresAt) })}
          <br />
          {texts.text("code-offline")}
        </p>
      </main>
    );
  }
}

function Qr({ qr, label }: { qr: QrView; label: string }) {
  return (
    <svg class="qr" role="img" aria-label={label} viewBox={`0 0 ${qr.size} ${qr.size}`} shape-rendering="crispEdges">
      <path class="qr-paper" d={`M0 0h${qr.size}v${qr.size}H0z`} />
      <path class="qr-ink" d={qr.path} />
    </svg>
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
        <br />
        <span>{texts.text("code-until", { time: texts.moment(qr.expiresAt) })}</span>
      </div>
    </div>
  );
}
