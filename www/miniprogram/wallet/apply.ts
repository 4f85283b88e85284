import { regionName } from "../../shared/regions";
import type { ApplyField, ApplyStep, ApplyView, ApplyingView, DocumentKind, WalletEvent, WhomView } from "../../shared/types";
import type { Words } from "../../shared/words";
import { type Block, button, named, notice, tell, text } from "../blocks";
import { choice, line, symptoms, tick } from "./questions";

type WalletBlock = Block<WalletEvent>;

const KINDS: DocumentKind[] = ["id-card", "hk-mo-permit", "taiwan-permit", "passport", "permanent-residence", "other"];

const made = (field: ApplyField) => (value: string): WalletEvent => ({ "field-changed": { field, value } });

/** The application form, in its steps. */
export function apply(view: ApplyView, words: Words): WalletBlock[] {
  const steps: ApplyStep[] = view.guarded ? ["who", "guardian", "health", "statement"] : ["who", "health", "statement"];
  const at = steps.indexOf(view.step);
  return named([
    { kind: "small", text: words.text("apply-step", { n: at + 1, of: steps.length }) },
    { kind: "title", text: words.text(`apply-title-${view.step}`) },
    whom(view.whom, words),
    view.region === null ? null : { kind: "status", text: words.text("apply-region", { region: regionName(view.region, words.language) }) },
    view.renewing ? { kind: "status", text: words.text("apply-renewing") } : null,
    view.replaced ? notice(tell(view.replaced, words)) : null,
    view.problem ? notice(tell(view.problem, words), { title: words.text("apply-problem") }) : null,
    ...FIELDS[view.step](view, words),
    button(words.text(view.step === "statement" ? "apply-send" : "apply-next"), { send: "apply-submitted" }),
    at > 0 ? button(words.text("apply-back"), { send: "apply-back" }, "quiet") : null,
    view.others ? button(words.text("people-back"), { send: { room: { entered: { room: "people" } } } }, "quiet") : null,
  ]);
}

/** For whom it is, where there are several. */
export function whom(view: WhomView | null, words: Words): WalletBlock | null {
  return view && { kind: "whom", sign: view.sign, text: words.text(view.relation ? `whom-${view.relation}` : "whom-self") };
}

const FIELDS: Record<ApplyStep, (view: ApplyView, words: Words) => WalletBlock[]> = {
  who: (view, words) => [
    text(words.text(view.whom?.relation ? "apply-ward-intro" : "apply-intro")),
    line("name", words.text("apply-name"), view.name, words, { hint: words.text("apply-name-hint"), most: 60 }),
    { kind: "picker", field: "document-kind", label: words.text("apply-document-kind"), range: KINDS.map((kind) => words.text(`document-${kind}`)), at: KINDS.indexOf(view.documentKind) },
    line("document-number", words.text("apply-document-number"), view.documentNumber, words, { type: view.documentKind === "id-card" ? "idcard" : "text", most: 40 }),
    line("phone", words.text(view.whom?.relation ? "apply-ward-phone" : "apply-phone"), view.phone, words, { hint: words.text("apply-phone-hint"), most: 30 }),
  ],
  guardian: (view, words) => [
    text(words.text("apply-guardian-what")),
    text(words.text("apply-guardian-duty")),
    tick(words.text("apply-guardian"), view.guardian, made("guardian"), words),
  ],
  health: (view, words) => [
    line("address", words.text("apply-address"), view.address, words),
    choice(words.text("apply-been"), view.been, made("been"), words, false),
    choice(words.text("apply-contact"), view.contact, made("contact"), words, true),
    symptoms(view.symptoms, made("symptoms"), words),
    line("temperature", words.text("health-temperature"), view.temperature, words, { hint: words.text("apply-temperature-hint"), type: "digit", most: 5 }),
  ],
  statement: (view, words) => [
    text(words.text("apply-consent-who")),
    text(words.text("apply-consent-kept")),
    text(words.text("apply-consent-phone")),
    text(words.text("apply-consent-shown")),
    tick(words.text(view.whom?.relation ? "apply-ward-truth" : "apply-truth"), view.truth, made("truth"), words),
    tick(words.text("apply-consent"), view.consent, made("consent"), words),
  ],
};

/** What was entered in a line or chosen in a list of the form. */
export const entered = (field: string, value: string): WalletEvent =>
  field === "document-kind" ? made("document-kind")(KINDS[Number(value)] ?? "other") : made(field as ApplyField)(value);

/** An application on its way. */
export function applying(view: ApplyingView, words: Words): WalletBlock[] {
  return named([
    { kind: "title", text: words.text("applying-title") },
    whom(view.whom, words),
    { kind: "status", text: words.text("applying-wait") },
    view.waitingFor ? notice(tell(view.waitingFor, words)) : null,
    view.nextTryAt ? text(words.text("applying-next", { time: words.moment(view.nextTryAt) })) : null,
    view.nextTryAt ? button(words.text("try-again"), { send: "retry-asked" }) : null,
    button(words.text("applying-withdraw"), { send: "apply-withdrawn" }, "quiet"),
    view.others ? button(words.text("people-back"), { send: { room: { entered: { room: "people" } } } }, "quiet") : null,
  ]);
}
