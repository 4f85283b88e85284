import { testWords } from "../../shared/claims";
import { elsewhere, regionName } from "../../shared/regions";
import { countdown } from "../../shared/time";
import type { AnsweringView, CodeView, Colour, QrView, Sign, WalletEvent } from "../../shared/types";
import { kindWord } from "../../shared/visits";
import type { Words } from "../../shared/words";
import { type Act, type Block, type Button, named } from "../blocks";

/** The code page: its parts have places of their own. */
export interface CodeScreen {
  tone: Colour;
  colour: string;
  name: string;
  document: string;
  sign: Sign | "";
  whom: string;
  proofs: string;
  /** Whose code it is, where somebody else shows it; for which gate it is. */
  notes: { strong: string; text: string }[];
  /** The words for who does not see the code; empty where there is none to be seen. */
  label: string;
  /** What stands in the place of the code. */
  instead: string;
  whole: boolean;
  whyWhat: string;
  why: string;
}

const enter = (room: "colour" | "details" | "menu" | "people"): Act<WalletEvent> => ({ send: { room: { entered: { room } } } });

/** The code that is good now. */
export const running = ({ qr }: CodeView, now: number): QrView | null => (qr && qr.expiresAt > now ? qr : null);

export function code(view: CodeView, words: Words, now: number, whole: boolean): CodeScreen {
  const colour = words.text(`code-colour-${view.colour}`);
  const qr = running(view, now);
  const there = elsewhere(view.answering?.region, view.region, words.language);
  const notes = [
    ...(view.guardian ? [{ strong: words.text("code-lent", { relation: view.guardian }), text: "" }] : []),
    ...(view.answering ? [answering(view.answering, words)] : []),
    ...(there ? [{ strong: "", text: words.text("answering-elsewhere", { region: there }) }] : []),
  ];
  return {
    tone: view.colour,
    colour,
    name: view.name || words.text("code-colour-only"),
    document: view.documentNumber,
    sign: view.whom ? view.whom.sign : "",
    whom: view.whom ? words.text(view.whom.relation ? `whom-${view.whom.relation}` : "whom-self") : "",
    proofs: [
      view.test && testWords(view.test, words),
      view.vaccination && words.text("code-vaccination", { doses: view.vaccination }),
      view.monitoring && words.text("code-monitoring"),
    ].filter(Boolean).join(" · "),
    notes,
    label: qr ? words.text("code-qr-label", { name: view.name, colour, time: words.moment(qr.expiresAt) }) : "",
    instead: qr ? "" : words.text(view.qr ? "code-over" : "code-preparing"),
    whole: whole && qr !== null,
    whyWhat: view.colour === "green" || view.guardian ? "" : words.text("code-why-what"),
    why: words.text("code-why"),
  };
}

/** For which gate the code is, as the gate says itself. */
function answering({ kind, name, region, venue }: AnsweringView, words: Words): { strong: string; text: string } {
  const place = [name, kind ? kindWord(kind, words) : "", region ? regionName(region, words.language) : ""].filter(Boolean).join(" · ");
  return { strong: words.text("answering-for", { place: place || words.text(venue ? "answering-poster" : "answering-nameless") }), text: words.text("answering-unverified") };
}

/** Time left, in words and as a part of the whole in hundredths. */
export function left(qr: QrView, now: number, words: Words): { words: string; time: string; until: string; part: number } {
  const seconds = Math.max(0, Math.ceil(qr.expiresAt - now));
  const part = Math.min(100, Math.round((100 * seconds) / Math.max(1, qr.expiresAt - qr.issuedAt)));
  return { words: words.text("code-left"), time: countdown(seconds), until: words.text("code-until", { time: words.moment(qr.expiresAt) }), part };
}

/** What stands below the code. */
export function below(view: CodeView, words: Words, elder: boolean): Block<WalletEvent>[] {
  const venue = view.answering?.venue;
  const quiet = (text: string, act: Act<WalletEvent>): Button<WalletEvent> => ({ text, act, look: "quiet" });
  const ways = elder
    ? [quiet(words.text("rooms-open"), enter("menu"))]
    : [quiet(words.text("gate-scan"), { local: "scan-gate" }), quiet(words.text("code-details"), enter("details")), quiet(words.text("rooms-open"), enter("menu"))];
  return named([
    venue ? { kind: "button", ...quiet(words.text("answering-venue"), { send: { room: { visits: { scanned: { text: venue } } } } }) } : null,
    elsewhere(view.answering?.region, view.region, words.language) ? { kind: "button", ...quiet(words.text("answering-choose"), enter("people")) } : null,
    view.answering ? { kind: "button", ...quiet(words.text("answering-back"), { send: "everyday-asked" }) } : { kind: "buttons", buttons: ways },
    elder ? null : { kind: "small", text: words.text("code-from-until", { region: regionName(view.region, words.language), day: view.guardian ? words.moment(view.credentialExpiresAt) : words.day(view.credentialExpiresAt) }) },
    elder ? null : { kind: "small", text: words.text("code-offline") },
  ]);
}
