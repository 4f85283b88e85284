import { Component, createRef, type ComponentChildren } from "preact";
import type { Texts } from "../../shared/l10n";
import { regionName } from "../../shared/regions";
import { ColourShape, OutcomeShape } from "../../shared/shapes";
import type { Verdict as VerdictData } from "../../shared/types";
import { told } from "./told";

interface Props {
  verdict: VerdictData;
  texts: Texts;
  onNext: () => void;
  /** Somebody is reading: the screen is to stay. */
  onHold: () => void;
  /** Whether what is said of the person fades. */
  fade: boolean;
  data: ComponentChildren;
}

/** How long data of a person stay on the screen, in milliseconds. */
const FADE_MS = 5000;

/** Whom it concerns comes first. */
const CLAIMS = ["name", "birth-date", "document", "test", "vaccination", "kind", "date", "result", "country"];
/** What needs no label to be understood by eye. */
const PLAIN = new Set(["name", "document"]);
/** What the core says in words of its own. */
const WORDS = new Set(["kind-vaccination", "kind-test", "kind-recovery", "kind-pass", "result-detected", "result-not-detected"]);

/** The answer on the whole screen: colour, word and shape; then why, and what to do. */
export class Verdict extends Component<Props, { faded: boolean }> {
  override state = { faded: false };
  #fading: ReturnType<typeof setTimeout> | undefined;
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
    if (this.props.fade) this.#fading = setTimeout(() => this.setState({ faded: true }), FADE_MS);
  }

  override componentWillUnmount(): void {
    removeEventListener("keydown", this.#key);
    clearTimeout(this.#fading);
  }

  /** A hand on the screen keeps what is shown. */
  readonly #hold = () => {
    clearTimeout(this.#fading);
    if (this.state.faded) this.setState({ faded: false });
    this.props.onHold();
  };

  render({ verdict, texts, onNext, data }: Props) {
    const { outcome, seenAt, rule } = verdict;
    const { reason, remedy } = told(verdict, texts);
    return (
      <main class={`verdict ${outcome}`} onPointerDown={this.#hold}>
        <section class="answer" ref={this.#answer} tabIndex={-1} role="alert">
          <OutcomeShape outcome={outcome} />
          <h1>{texts.text(`verdict-${outcome}`)}</h1>
          <p><b>{reason}</b> {remedy}</p>
        </section>
        <div class="why">
          {seenAt ? <p class="seen">{texts.text("verdict-seen", { time: texts.moment(seenAt) })}</p> : null}
          {rule ? <p class="rule">{rule.description[texts.language] ?? ""} <small>{rule.identifier}</small></p> : null}
          {verdict.colour || Object.keys(verdict.disclosed).length > 0 ? this.#claims() : null}
          {outcome === "pass" ? <p class="times">{texts.text("verdict-pass-return")}</p> : null}
          {data}
        </div>
        <div class="bar"><button type="button" class="next" onClick={onNext}>{texts.text("verdict-next")}</button></div>
      </main>
    );
  }

  #claims() {
    const { verdict, texts } = this.props;
    const { colour, monitoring, guardian, disclosed, format, region, issuer, issuerNames, presentedAt, expiresAt } = verdict;
    const issuedBy = issuerNames[texts.language] ?? Object.values(issuerNames)[0] ?? issuer;
    const where = region ? regionName(region, texts.language) : null;
    const shown = (name: string) => {
      const value = disclosed[name] ?? "";
      const word = `${name}-${value}`;
      return WORDS.has(word) ? texts.text(word) : value;
    };
    return (
      <>
        {colour ? <p class={`colour ${colour}`}><ColourShape colour={colour} />{texts.text(`code-colour-${colour}`)}{monitoring ? ` · ${texts.text("verdict-monitoring")}` : null}</p> : null}
        {guardian ? <p class="guardian">{texts.text("verdict-guardian", { relation: texts.text(`relation-${guardian}`) })}</p> : null}
        {format === "tongma" ? null : <p class="times">{texts.text(`verdict-format-${format}`)}</p>}
        {this.state.faded ? <p class="faded"><button type="button" class="quiet" onClick={this.#hold}>{texts.text("verdict-show-again")}</button></p> : null}
        <dl>
          {this.state.faded ? null : CLAIMS.filter((name) => disclosed[name] !== undefined).map((name) => (
            <div class="shown" key={name}>
              <dt class={PLAIN.has(name) ? "hidden" : ""}>{texts.text(`verdict-${name}`)}</dt>
              <dd>{shown(name)}</dd>
            </div>
          ))}
          {where && !issuedBy?.startsWith(where) ? <div><dt>{texts.text("verdict-region")}</dt><dd>{where}</dd></div> : null}
          {issuedBy ? <div><dt>{texts.text("verdict-issuer")}</dt><dd>{issuedBy}</dd></div> : null}
        </dl>
        {presentedAt && expiresAt ? (
          <p class="times">{texts.text("verdict-made", { time: texts.moment(presentedAt) })} · {texts.text("verdict-until", { time: texts.moment(expiresAt) })}</p>
        ) : null}
      </>
    );
  }
}
