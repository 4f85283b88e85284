import { Component, createRef, type ComponentChildren } from "preact";
import type { Texts } from "../../shared/l10n";
import { OutcomeShape } from "../../shared/shapes";
import type { Outcome } from "../../shared/types";
import { told, type Told } from "../../shared/told";

interface Props {
  answer: Told & { outcome: Outcome };
  texts: Texts;
  onNext: () => void;
  /** Somebody is reading: the screen is to stay. */
  onHold: () => void;
  /** Whether what is said of persons fades. */
  fade: boolean;
  /** What stands below; data of persons are left out while `faded`, and `again` has the button that brings them back. */
  children: (faded: boolean, again: ComponentChildren) => ComponentChildren;
}

/** How long data of a person stay on the screen, in milliseconds. */
const FADE_MS = 5000;

/** An answer on the whole screen: colour, word and shape; then why, and what to do. */
export class Answer extends Component<Props, { faded: boolean }> {
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

  render({ answer, texts, onNext, children }: Props, { faded }: { faded: boolean }) {
    const { reason, remedy } = told(answer, texts);
    const again = faded ? <p class="faded"><button type="button" class="quiet" onClick={this.#hold}>{texts.text("verdict-show-again")}</button></p> : null;
    return (
      <main class={`verdict ${answer.outcome}`} onPointerDown={this.#hold}>
        <section class="answer" ref={this.#answer} tabIndex={-1} role="alert">
          <OutcomeShape outcome={answer.outcome} />
          <h1>{texts.text(`verdict-${answer.outcome}`)}</h1>
          <p><b>{reason}</b> {remedy}</p>
        </section>
        <div class="why">{children(faded, again)}</div>
        <div class="bar"><button type="button" class="next" onClick={onNext}>{texts.text("verdict-next")}</button></div>
      </main>
    );
  }
}
