// What a gate asks beside the code: the temperature, or another proof.
import { Component } from "preact";
import type { Texts } from "../../shared/l10n";

interface TemperatureProps {
  refused: boolean;
  texts: Texts;
  onEntered: (text: string) => void;
  onCancel: () => void;
}

const KEYS = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "clear", "0", "back"] as const;

/** The temperature by keypad: three digits, the point comes by itself. */
export class Temperature extends Component<TemperatureProps, { digits: string }> {
  override state = { digits: "" };
  readonly #key = (event: KeyboardEvent) => {
    if (/^\d$/.test(event.key)) this.#press(event.key);
    else if (event.key === "Backspace") this.#press("back");
    else return;
    event.preventDefault();
  };

  override componentDidMount(): void {
    addEventListener("keydown", this.#key);
  }

  override componentWillUnmount(): void {
    removeEventListener("keydown", this.#key);
  }

  #press(key: string): void {
    const { digits } = this.state;
    if (key === "clear") return this.setState({ digits: "" });
    if (key === "back") return this.setState({ digits: digits.slice(0, -1) });
    const next = (digits.length >= 3 ? "" : digits) + key;
    this.setState({ digits: next });
    if (next.length === 3) this.props.onEntered(`${next.slice(0, 2)}.${next[2]}`);
  }

  render({ refused, texts, onCancel }: TemperatureProps, { digits }: { digits: string }) {
    const shown = `${digits.slice(0, 2).padEnd(2, "–")}.${digits[2] ?? "–"}`;
    return (
      <main class="beside">
        <h1 tabIndex={-1}>{texts.text("temperature-title")}</h1>
        <p class="reading" role="status"><b>{shown}</b> ℃</p>
        {refused ? <p class="notice" role="alert">{texts.text("temperature-refused")}</p> : null}
        <div class="keypad">
          {KEYS.map((key) => (
            <button type="button" key={key} class={key.length > 1 ? "quiet" : ""} onClick={() => this.#press(key)}>
              {key.length > 1 ? texts.text(`temperature-${key}`) : key}
            </button>
          ))}
        </div>
        <button type="button" class="quiet" onClick={onCancel}>{texts.text("beside-cancel")}</button>
      </main>
    );
  }
}

interface ProofsProps {
  accepted: string[];
  texts: Texts;
  onShown: (proof: string) => void;
  onCancel: () => void;
}

/** A person without a code: which of the proofs that count here was shown? */
export function Proofs({ accepted, texts, onShown, onCancel }: ProofsProps) {
  return (
    <main class="beside">
      <h1 tabIndex={-1}>{texts.text("proofs-title")}</h1>
      <p>{texts.text("proofs-hint")}</p>
      {accepted.map((proof) => <button type="button" class="proof" key={proof} onClick={() => onShown(proof)}>{texts.text(`proof-${proof}`)}</button>)}
      <button type="button" class="quiet" onClick={onCancel}>{texts.text("proofs-none")}</button>
    </main>
  );
}
