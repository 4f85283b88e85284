import { Component, type ComponentChildren } from "preact";
import type { Texts } from "../../shared/l10n";
import { provinces } from "../../shared/regions";
import type { FileFormat, GateSettings, LogView, Place, PlaceKind, PosterView } from "../../shared/types";
import { DataFile } from "./data";
import { PosterUsed } from "./poster";

interface Props {
  gate: GateSettings;
  kinds: PlaceKind[];
  log: LogView;
  poster: PosterView | null;
  texts: Texts;
  onChange: (gate: GateSettings) => void;
  onExport: (format: FileFormat) => void;
  onClose: () => void;
  onParcel: (data: string) => void;
  onPoster: (wanted: boolean) => void;
  notices: ComponentChildren;
  data: ComponentChildren;
}

type Switch = { [Name in keyof GateSettings]: GateSettings[Name] extends boolean ? Name : never }[keyof GateSettings];

const SWITCHES: Switch[] = ["strict", "challenge", "temperature", "sound", "speech", "fade"];
const HINTED = new Set<Switch>(["strict", "challenge"]);
const TESTS_H = [24, 48, 168];
const NEW_PLACE: Place = { kind: "other", region: 360000, name: null, lowRisk: false, testWithinH: null, temperature: null };

/** Set up once: the place and its rules, what is asked for beside the code, how answers are told; and the gate's log. */
export class Settings extends Component<Props, { gate: GateSettings }> {
  // What was entered last, for the core's answer to one change may come after the next one.
  override state = { gate: this.props.gate };

  #change(gate: GateSettings): void {
    this.setState({ gate });
    this.props.onChange(gate);
  }

  render({ log, poster, texts, onExport, onClose, onParcel, onPoster, notices, data }: Props, { gate }: { gate: GateSettings }) {
    const counts = (["pass", "restricted", "stop", "invalid", "cannotTell"] as const).map((name) => (
      <div key={name}><dt>{texts.text(`verdict-${name === "cannotTell" ? "cannot-tell" : name}`)}</dt><dd>{log.today[name]}</dd></div>
    ));
    return (
      <main class="settings">
        <h1 tabIndex={-1}>{texts.text("settings-title")}</h1>
        <section aria-labelledby="settings-place">
          <h2 id="settings-place">{texts.text("settings-place")}</h2>
          {this.#place()}
        </section>
        <section aria-labelledby="settings-telling">
          <h2 id="settings-telling">{texts.text("settings-telling")}</h2>
          {SWITCHES.map((name) => (
            <label class="switch" key={name}>
              <input
                type="checkbox" checked={gate[name] || (name === "challenge" && gate.strict)} disabled={name === "challenge" && gate.strict}
                onChange={(event) => this.#change({ ...gate, [name]: event.currentTarget.checked })}
              />
              <span>{texts.text(`settings-${name}`)}{HINTED.has(name) ? <small>{texts.text(`settings-${name}-hint`)}</small> : null}</span>
            </label>
          ))}
        </section>
        {gate.challenge || gate.strict ? <PosterUsed poster={poster} texts={texts} onPoster={onPoster} /> : null}
        <section aria-labelledby="settings-log">
          <h2 id="settings-log">{texts.text("settings-log")}</h2>
          <p>{texts.text("settings-log-hint", { n: log.entries })}</p>
          <dl class="counts">{counts}</dl>
          <div class="sources">
            <button type="button" onClick={() => onExport("csv")}>{texts.text("settings-log-csv")}</button>
            <button type="button" onClick={() => onExport("json")}>{texts.text("settings-log-json")}</button>
          </div>
        </section>
        <section aria-labelledby="settings-data">
          <h2 id="settings-data">{texts.text("settings-data")}</h2>
          {notices}
          {data}
          <DataFile texts={texts} onParcel={onParcel} />
        </section>
        <div class="bar"><button type="button" class="next" onClick={onClose}>{texts.text("settings-done")}</button></div>
      </main>
    );
  }

  #place() {
    const { kinds, texts } = this.props;
    const { gate } = this.state;
    const { place } = gate;
    const change = (part: Partial<Place>) => this.#change({ ...gate, place: { ...(place ?? NEW_PLACE), ...part } });
    const named = kinds.map((kind) => [kind, texts.text(`place-${kind}`)] as const).sort(([, one], [, two]) => one.localeCompare(two, texts.language));
    return (
      <>
        <label class="field">
          <span>{texts.text("settings-kind")}</span>
          <select
            value={place?.kind ?? ""}
            onChange={({ currentTarget: { value } }) => (value ? change({ kind: value as PlaceKind }) : this.#change({ ...gate, place: null }))}
          >
            <option value="">{texts.text("settings-kind-none")}</option>
            {named.map(([kind, name]) => <option key={kind} value={kind}>{name}</option>)}
          </select>
        </label>
        {place ? (
          <>
            <label class="field">
              <span>{texts.text("settings-region")}</span>
              <select value={Math.floor(place.region / 10_000) * 10_000} onChange={({ currentTarget: { value } }) => change({ region: Number(value) })}>
                {provinces(texts.language).map(([code, name]) => <option key={code} value={code}>{name}</option>)}
              </select>
            </label>
            <label class="field">
              <span>{texts.text("settings-city")}</span>
              <input
                value={String(place.region).padStart(6, "0")} inputMode="numeric" pattern="[1-9][0-9]{5}" maxLength={6}
                onChange={({ currentTarget }) => {
                  if (/^[1-9]\d{5}$/.test(currentTarget.value)) change({ region: Number(currentTarget.value) });
                  else currentTarget.value = String(place.region);
                }}
              />
            </label>
            <label class="field">
              <span>{texts.text("settings-name")}</span>
              <input value={place.name ?? ""} maxLength={60} autocomplete="organization" onChange={({ currentTarget: { value } }) => change({ name: value || null })} />
            </label>
            <label class="field">
              <span>{texts.text("settings-test")}</span>
              <select value={place.testWithinH ?? ""} onChange={({ currentTarget: { value } }) => change({ testWithinH: value ? Number(value) : null })}>
                <option value="">{texts.text("settings-test-none")}</option>
                {TESTS_H.map((hours) => <option key={hours} value={hours}>{texts.text("settings-test-within", { hours })}</option>)}
              </select>
            </label>
            <label class="switch">
              <input type="checkbox" checked={place.lowRisk} onChange={({ currentTarget: { checked } }) => change({ lowRisk: checked })} />
              <span>{texts.text("settings-low-risk")}</span>
            </label>
          </>
        ) : <p>{texts.text("settings-no-place")}</p>}
      </>
    );
  }
}

/** Hands a file to the person. */
export function save(name: string, mediaType: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: mediaType }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
