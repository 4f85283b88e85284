import { Component, createRef, type ComponentChildren } from "preact";
import type { Texts } from "../../shared/l10n";
import { ReasonText } from "../../shared/parts";
import { regionName } from "../../shared/regions";
import type { ApplyField, ApplyStep, ApplyView, DocumentKind, FieldView, RoomName } from "../../shared/types";
import type { Send } from "./main";
import { Choice, Symptoms, Text, Tick } from "./questions";
import { Whom } from "./whom";

interface Props {
  view: ApplyView;
  texts: Texts;
  send: Send;
}

interface Beside {
  /** What can be done without a code of the own: bring back a backup, move from another phone, show somebody else's. */
  onRoom: (room: RoomName) => void;
  /** The pictures of the first opening. */
  welcome: ComponentChildren;
}

const KINDS: DocumentKind[] = ["id-card", "hk-mo-permit", "taiwan-permit", "passport", "permanent-residence", "other"];

/** The application form, in three steps. The core keeps and checks what is entered; this draws it. */
export class Apply extends Component<Props & Beside> {
  readonly #form = createRef<HTMLFormElement>();

  render({ view, texts, send, onRoom, welcome }: Props & Beside) {
    const submit = (event: Event) => {
      event.preventDefault();
      send("apply-submitted");
      // The first field that is not right gets the focus, when its problem has been drawn.
      setTimeout(() => this.#form.current?.querySelector<HTMLElement>("[aria-invalid=true]")?.focus());
    };
    // Somebody's permission is over: that person can allow it again, and nobody applies.
    if (view.lent) {
      return (
        <main class="apply">
          <h1 tabIndex={-1}>{texts.text("lent-over")}</h1>
          {view.whom ? <Whom whom={view.whom} texts={texts} /> : null}
          {view.replaced ? <div class="notice" role="alert"><ReasonText reason={view.replaced} texts={texts} /></div> : null}
          <button type="button" class="wide" onClick={() => onRoom("delegations")}>{texts.text("apply-lend")}</button>
          <button type="button" class="wide quiet" onClick={() => onRoom("people")}>{texts.text("people-back")}</button>
        </main>
      );
    }
    // Only children have the step of the guardian's consent.
    const steps: ApplyStep[] = view.guarded ? ["who", "guardian", "health", "statement"] : ["who", "health", "statement"];
    const at = steps.indexOf(view.step);
    return (
      <main class="apply">
        <p class="small">{texts.text("apply-step", { n: at + 1, of: steps.length })}</p>
        <h1 tabIndex={-1}>{texts.text(`apply-title-${view.step}`)}</h1>
        {view.whom ? <Whom whom={view.whom} texts={texts} /> : null}
        {view.region === null ? null : <p class="notice">{texts.text("apply-region", { region: regionName(view.region, texts.language) })}</p>}
        {view.renewing ? <p class="notice" role="status">{texts.text("apply-renewing")}</p> : null}
        {view.replaced ? <div class="notice" role="alert"><ReasonText reason={view.replaced} texts={texts} /></div> : null}
        {view.problem ? (
          <div class="notice" role="alert">
            <div><b>{texts.text("apply-problem")}</b><ReasonText reason={view.problem} texts={texts} /></div>
          </div>
        ) : null}
        {welcome}
        <form ref={this.#form} onSubmit={submit} noValidate autocomplete="on" key={view.step}>
          {view.step === "who" ? <Who view={view} texts={texts} send={send} /> : null}
          {view.step === "guardian" ? <Guardian view={view} texts={texts} send={send} /> : null}
          {view.step === "health" ? <Health view={view} texts={texts} send={send} /> : null}
          {view.step === "statement" ? <Statement view={view} texts={texts} send={send} /> : null}
          <button type="submit" class="wide">{texts.text(view.step === "statement" ? "apply-send" : "apply-next")}</button>
          {at > 0 ? <button type="button" class="wide quiet" onClick={() => send("apply-back")}>{texts.text("apply-back")}</button> : null}
        </form>
        {view.others ? <button type="button" class="wide quiet" onClick={() => onRoom("people")}>{texts.text("people-back")}</button> : null}
        {view.replaced || view.others || at > 0 ? null : (
          <div class="ways">
            <button type="button" class="quiet" onClick={() => onRoom("moving")}>{texts.text("apply-move")}</button>
            <button type="button" class="quiet" onClick={() => onRoom("delegations")}>{texts.text("apply-lend")}</button>
            <button type="button" class="quiet" onClick={() => onRoom("safety")}>{texts.text("safety-restore")}</button>
          </div>
        )}
      </main>
    );
  }
}

/** What a question of this form is drawn from. */
function question(field: ApplyField, state: FieldView, { texts, send }: Props) {
  return {
    name: field,
    state,
    texts,
    onChange: (value: string) => send({ "field-changed": { field, value } }),
    onLeave: () => send({ "field-left": { field } }),
  };
}

function Who(props: Props) {
  const { view, texts, send } = props;
  return (
    <>
      <p>{texts.text(view.whom?.relation ? "apply-ward-intro" : "apply-intro")}</p>
      <Text {...question("name", view.name, props)} label={texts.text("apply-name")} hint={texts.text("apply-name-hint")} more={{ autocomplete: "name" }} />
      <label class="field">
        <span>{texts.text("apply-document-kind")}</span>
        <select
          value={view.documentKind}
          onChange={(event) => send({ "field-changed": { field: "document-kind", value: event.currentTarget.value } })}
        >
          {KINDS.map((kind) => <option value={kind} key={kind}>{texts.text(`document-${kind}`)}</option>)}
        </select>
      </label>
      <Text {...question("document-number", view.documentNumber, props)} label={texts.text("apply-document-number")} more={{ autocomplete: "off", autocapitalize: "characters", spellcheck: "false" }} />
      <Text {...question("phone", view.phone, props)} label={texts.text(view.whom?.relation ? "apply-ward-phone" : "apply-phone")} hint={texts.text("apply-phone-hint")} more={{ type: "tel", autocomplete: "tel", inputmode: "tel" }} />
    </>
  );
}

/** For a child: what the guardian answers for. */
function Guardian(props: Props) {
  const { view, texts } = props;
  return (
    <>
      <p>{texts.text("apply-guardian-what")}</p>
      <p>{texts.text("apply-guardian-duty")}</p>
      <Tick {...question("guardian", view.guardian, props)} label={texts.text("apply-guardian")} />
    </>
  );
}

function Health(props: Props) {
  const { view, texts } = props;
  const contacts = [["no", "answer-no"], ["yes", "answer-yes"], ["unsure", "answer-unsure"]] as const;
  return (
    <>
      <Text {...question("address", view.address, props)} label={texts.text("apply-address")} more={{ autocomplete: "street-address" }} />
      <Choice {...question("been", view.been, props)} label={texts.text("apply-been")} choices={contacts.slice(0, 2)} />
      <Choice {...question("contact", view.contact, props)} label={texts.text("apply-contact")} choices={contacts} />
      <Symptoms {...question("symptoms", view.symptoms, props)} />
      <Text {...question("temperature", view.temperature, props)} label={texts.text("health-temperature")} hint={texts.text("apply-temperature-hint")} optional more={{ autocomplete: "off", inputmode: "decimal" }} />
    </>
  );
}

function Statement(props: Props) {
  const { view, texts } = props;
  return (
    <>
      <p>{texts.text("apply-consent-who")}</p>
      <p>{texts.text("apply-consent-kept")}</p>
      <p>{texts.text("apply-consent-phone")}</p>
      <p>{texts.text("apply-consent-shown")}</p>
      <Tick {...question("truth", view.truth, props)} label={texts.text(view.whom?.relation ? "apply-ward-truth" : "apply-truth")} />
      <Tick {...question("consent", view.consent, props)} label={texts.text("apply-consent")} />
    </>
  );
}
