import { Component, createRef, type ComponentChildren } from "preact";
import type { Texts } from "../../shared/l10n";
import { regionName } from "../../shared/regions";
import { ColourShape, OutcomeShape } from "../../shared/shapes";
import type { Verdict as VerdictData } from "../../shared/types";

interface Props {
  verdict: VerdictData;
  texts: Texts;
  onNext: () => void;
  data: ComponentChildren;
}

/** The answer on the whole screen: colour, word and shape; then why, and what to do. */
export class Verdict extends Component<Props> {
  readonly #main = createRef<HTMLElement>();
  readonly #key = (event: KeyboardEvent) => {
    if (event.key === "Escape") this.props.onNext();
  };

  override componentDidMount(): void {
    // A screen reader reads what has the focus: the verdict comes first.
    this.#main.current?.focus();
    addEventListener("keydown", this.#key);
  }

  override componentWillUnmount(): void {
    removeEventListener("keydown", this.#key);
  }

  render({ verdict, texts, onNext, data }: Props) {
    const { outcome, reason, facts, colour, disclosed } = verdict;
    const told = reason ? texts.reason(reason, facts) : { reason: texts.text("verdict-pass-hint"), remedy: "" };
    return (
      <main class={`verdict ${outcome}`} ref={this.#main} tabIndex={-1} role="alert">
        <div class="answer">
          <OutcomeShape outcome={outcome} />
          <h1>{texts.text(`verdict-${outcome}`)}</h1>
        </div>
        <div class="why">
          <p><b>{told.reason}</b>{told.remedy ? <> {told.remedy}</> : null}</p>
          {verdict.seenAt ? <p class="seen">{texts.text("verdict-seen", { time: texts.moment(verdict.seenAt) })}</p> : null}
          <dl>
            {colour ? (
              <>
                <dt class="hidden">{texts.text("verdict-disclosed")}</dt>
                <dd class={`colour ${colour}`}><ColourShape colour={colour} />{texts.text(`code-colour-${colour}`)}</dd>
              </>
            ) : null}
            {Object.entries(disclosed).map(([name, value]) => (
              <>
                <dt>{texts.text(`verdict-${name}`)}</dt>
                <dd class="shown">{value}</dd>
              </>
            ))}
            {verdict.region ? (
              <>
                <dt>{texts.text("verdict-region")}</dt>
                <dd>{regionName(verdict.region, texts.language)} · {verdict.issuer}</dd>
              </>
            ) : null}
          </dl>
          {verdict.presentedAt && verdict.expiresAt ? (
            <p class="times">{texts.text("verdict-made", { time: texts.moment(verdict.presentedAt) })} · {texts.text("verdict-until", { time: texts.moment(verdict.expiresAt) })}</p>
          ) : null}
          <button type="button" class="next" onClick={onNext}>{texts.text("verdict-next")}</button>
          {data}
        </div>
      </main>
    );
  }
}
