import { Component } from "preact";
import type { Texts } from "../../../shared/l10n";

interface Licence {
  name: string;
  version: string;
  licence: string;
}

/** Whose software is in this page: loaded when somebody wants to see it. */
export class Licences extends Component<{ texts: Texts }, { list: Licence[]; missing: boolean }> {
  override state = { list: [], missing: false };

  async #load(): Promise<void> {
    try {
      const answer = await fetch("licences.json");
      this.setState({ list: (await answer.json()) as Licence[], missing: false });
    } catch {
      this.setState({ missing: true });
    }
  }

  render({ texts }: { texts: Texts }, { list, missing }: { list: Licence[]; missing: boolean }) {
    return (
      <details onToggle={(event) => event.currentTarget.open && list.length === 0 && void this.#load()}>
        <summary>{texts.text("mine-licences")}</summary>
        {missing ? <p role="alert">{texts.text("mine-licences-missing")}</p> : null}
        <ul class="licences">{list.map(({ name, version, licence }) => <li key={name + version}><b>{name}</b> {version}: {licence}</li>)}</ul>
      </details>
    );
  }
}
