import { Component, createRef, type ComponentChildren } from "preact";
import type { Texts } from "../../shared/l10n";
import { regionName } from "../../shared/regions";
import { ColourShape, OutcomeShape } from "../../shared/shapes";
import type { Verdict as VerdictData } from "../../shared/types";

interface Props {
  verdict: VerdictData;
  texts: Texts;
  onNext: () => void;
  /** Somebody is reading: the screen is to stay. */
  onHold: () => void;
  data: ComponentChildren;
}

/** Whom it concerns comes first. */
const CLAIMS = ["name", "document", "test", "vaccination"];
/** What needs no label to be understood by eye. */
const PLAIN = new Set(["name", "document"]);

/** The answer on the whole screen: colour, word and shape; then why, and what to do. */
export class Verdict extends Component<Props> {
  readonly #answer = createRef<HTMLElement>();
  readonly #key = (event: KeyboardEvent) => {
    const onButton = event.target instanceof HTMLButtonElement;
    if (event.repeat || (event.key !== "Escape" && (onButton || (event.key !== "Enter" && event.key !== " ")))) return;
    event.preventDefault();
    this.props.onNext();
  };

  override componentDidMount(): void {
    // A screen reader reads what has the focus: the verdict comes first.
    this.#answer.current?.focus();
    scrollTo(0, 0);
    addEventListener("keydown", this.#key);
  }

  override componentWillUnmount(): void {
    removeEventListener("keydown", this.#key);
  }

  render({ verdict, texts, onNext, onHold, data }: Props) {
    const { outcome, reason, facts, seenAt } = verdict;
    const told = reason ? texts.reason(reason, facts) : { reason: texts.text("verdict-pass-hint"), remedy: "" };
    return (
      <main class={`verdict ${outcome}`} onPointerDown={onHold}>
        <section class="answer" ref={this.#answer} tabIndex={-1} role="alert">
          <OutcomeShape outcome={outcome} />
          <h1>{texts.text(`verdict-${outcome}`)}</h1>
          <p><b>{told.reason}</b> {told.remedy}</p>
        </section>
        <div class="why">
          {seenAt ? <p class="seen">{texts.text("verdict-seen", { time: texts.moment(seenAt) })}</p> : null}
          {verdict.colour ? this.#claims() : null}
          {outcome === "pass" ? <p class="times">{texts.text("verdict-pass-return")}</p> : null}
          {data}
        </div>
        <div class="bar"><button type="button" class="next" onClick={onNext}>{texts.text("verdict-next")}</button></div>
      </main>
    );
  }

  #claims() {
    const { verdict, texts } = this.props;
    const { colour, disclosed, region, issuer, issuerNames, presentedAt, expiresAt } = verdict;
    const issuedBy = issuerNames[texts.language] ?? Object.values(issuerNames)[0] ?? issuer;
    return (
      <>
        {colour ? <p class={`colour ${colour}`}><ColourShape colour={colour} />{texts.text(`code-colour-${colour}`)}</p> : null}
        <dl>
          {CLAIMS.filter((name) => disclosed[name] !== undefined).map((name) => (
            <div class="shown" key={name}>
              <dt class={PLAIN.has(name) ? "hidden" : ""}>{texts.text(`verdict-${name}`)}</dt>
              <dd>{disclosed[name]}</dd>
            </div>
          ))}
          {region ? <div><dt>{texts.text("verdict-region")}</dt><dd>{regionName(region, texts.language)}</dd></div> : null}
          {issuedBy ? <div><dt>{texts.text("verdict-issuer")}</dt><dd>{issuedBy}</dd></div> : null}
        </dl>
        {presentedAt && expiresAt ? (
          <p class="times">{texts.text("verdict-made", { time: texts.moment(presentedAt) })} · {texts.text("verdict-until", { time: texts.moment(expiresAt) })}</p>
        ) : null}
      </>
    );
  }
}
