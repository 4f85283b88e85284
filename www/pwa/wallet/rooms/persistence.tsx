import { Component } from "preact";
import type { Texts } from "../../../shared/l10n";

interface State {
  /** None before the browser says it, or where it can't. */
  persisted: boolean | undefined;
  refused: boolean;
}

/** Whether the browser has agreed to keep what is stored, in words; who wants to may ask it. */
export class Persistence extends Component<{ texts: Texts }, State> {
  override state: State = { persisted: undefined, refused: false };

  override componentDidMount(): void {
    // A browser without it promises nothing.
    void (navigator.storage?.persisted?.() ?? Promise.resolve(false)).then((persisted) => this.setState({ persisted }));
  }

  async #ask(): Promise<void> {
    const persisted = (await navigator.storage?.persist?.()) ?? false;
    this.setState({ persisted, refused: !persisted });
  }

  render({ texts }: { texts: Texts }, { persisted, refused }: State) {
    if (persisted === undefined) return null;
    if (persisted) return <p role="status">{texts.text("mine-persisted")}</p>;
    return (
      <div class="notice" role="status">
        <span>{texts.text(refused ? "mine-persist-refused" : "mine-not-persisted")}</span>
        {refused ? null : <button type="button" class="quiet" onClick={() => void this.#ask()}>{texts.text("mine-persist")}</button>}
      </div>
    );
  }
}
