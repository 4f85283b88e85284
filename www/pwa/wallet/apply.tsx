import { Component, createRef } from "preact";
import type { Texts } from "../../shared/l10n";
import { ReasonText } from "../../shared/parts";
import type { ApplyField, ApplyView, DocumentKind, FieldView } from "../../shared/types";
import type { Send } from "./main";

interface Props {
  view: ApplyView;
  texts: Texts;
  send: Send;
  /** The person has a backup. */
  onRestore: () => void;
}

const KINDS: DocumentKind[] = ["id-card", "hk-mo-permit", "taiwan-permit", "passport", "permanent-residence", "other"];

/** The application form. The core keeps and checks what is entered; this draws it. */
export class Apply extends Component<Props> {
  readonly #form = createRef<HTMLFormElement>();

  render({ view, texts, send, onRestore }: Props) {
    const field = (field: ApplyField, label: string, state: FieldView, more: Record<string, string>) => (
      <Field field={field} label={texts.text(label)} state={state} texts={texts} send={send} more={more} />
    );
    const submit = (event: Event) => {
      event.preventDefault();
      send("apply-submitted");
      // The first field that is not right gets the focus, when its problem has been drawn.
      setTimeout(() => this.#form.current?.querySelector<HTMLElement>("[aria-invalid=true]")?.focus());
    };
    return (
      <main class="apply">
        <h1 tabIndex={-1}>{texts.text("apply-title")}</h1>
        {view.replaced ? <div class="notice" role="alert"><ReasonText reason={view.replaced} texts={texts} /></div> : null}
        {view.problem ? (
          <div class="notice" role="alert">
            <div><b>{texts.text("apply-problem")}</b><ReasonText reason={view.problem} texts={texts} /></div>
          </div>
        ) : null}
        <p>{texts.text("apply-intro")}</p>
        <form ref={this.#form} onSubmit={submit} noValidate autocomplete="on">
          {field("name", "apply-name", view.name, { autocomplete: "name", hint: texts.text("apply-name-hint") })}
          <label class="field">
            <span>{texts.text("apply-document-kind")}</span>
            <select
              value={view.documentKind}
              onChange={(event) => send({ "field-changed": { field: "document-kind", value: event.currentTarget.value } })}
            >
              {KINDS.map((kind) => <option value={kind} key={kind}>{texts.text(`document-${kind}`)}</option>)}
            </select>
          </label>
          {field("document-number", "apply-document-number", view.documentNumber, { autocomplete: "off", autocapitalize: "characters", spellcheck: "false" })}
          {field("phone", "apply-phone", view.phone, { type: "tel", autocomplete: "tel", inputmode: "tel", hint: texts.text("apply-phone-hint") })}
          <p class="small">{texts.text("apply-privacy")}</p>
          <button type="submit" class="wide">{texts.text("apply-send")}</button>
        </form>
        {view.replaced ? null : <button type="button" class="quiet" onClick={onRestore}>{texts.text("safety-restore")}</button>}
      </main>
    );
  }
}

interface FieldProps {
  field: ApplyField;
  label: string;
  state: FieldView;
  texts: Texts;
  send: Send;
  more: Record<string, string>;
}

function Field({ field, label, state, texts, send, more: { hint, ...more } }: FieldProps) {
  const id = `field-${field}`;
  const described = [state.problem ? `${id}-problem` : "", hint ? `${id}-hint` : ""].filter(Boolean).join(" ");
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <input
        id={id}
        {...more}
        value={state.value}
        aria-required="true"
        aria-invalid={state.problem !== null}
        {...(described ? { "aria-describedby": described } : {})}
        onInput={(event) => send({ "field-changed": { field, value: event.currentTarget.value } })}
        onBlur={() => send({ "field-left": { field } })}
      />
      {state.problem ? <ReasonText reason={state.problem} texts={texts} id={`${id}-problem`} /> : null}
      {hint ? <small id={`${id}-hint`}>{hint}</small> : null}
    </div>
  );
}
