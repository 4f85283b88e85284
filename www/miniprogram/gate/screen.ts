// The view of the core as a screen of the gate.
import type { VerifierEvent, VerifierView } from "../../shared/types";
import type { Words } from "../../shared/words";
import { type Block, type Button, button, firstNotice, named, notice, tell, text } from "../blocks";
import { posterProblem, settings } from "./settings";
import { type Answer, gathering, group, lights, verdict } from "./verdict";

type GateBlock = Block<VerifierEvent>;

export interface Keypad {
  title: string;
  shown: string;
  /** A key with a word on it is another size. */
  keys: { key: string; text: string; word: boolean }[];
}

export interface GateScreen {
  language: string;
  looks: string;
  name: string;
  brand: string;
  kind: string;
  other: string;
  /** The way to the settings, where it leads there. */
  settings: string;
  /** The camera looks for codes. */
  camera: boolean;
  /** What is said of the gate's own code, which wallets scan. */
  challenge: { hint: string; label: string } | null;
  keypad: Keypad | null;
  answer: Answer | null;
  blocks: GateBlock[];
}

export interface Shown {
  now: number;
  /** What is said of the person has gone from the screen. */
  faded: boolean;
  /** The digits of a temperature. */
  digits: string;
  /** Codes can be pasted. */
  pasting: boolean;
  said: GateBlock | null;
  /** There is secure randomness: without it a challenge could be guessed, so none is offered. */
  random: boolean;
  /** The words for the platform's own scanner. */
  scanner: "mini-scan" | "mini-scan-alipay";
}

const KEYS = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "clear", "0", "back"];

export function screen(view: VerifierView, words: Words, shown: Shown): GateScreen {
  const { screen: at } = view;
  const looks = ["gate", words.language === "en" ? "en" : "zh"].join(" ");
  const frame: GateScreen = {
    language: words.language, looks, name: at.type, brand: words.text("app-name"), kind: words.text("verifier-kind"), other: words.text("language-other"),
    settings: "", camera: false, challenge: null, keypad: null, answer: null, blocks: [],
  };
  const note = firstNotice<VerifierEvent>(view.notices, words, "notice-dismissed");
  switch (at.type) {
    case "blocked": {
      const told = tell(at.reason, words);
      return { ...frame, blocks: named([{ kind: "title", text: words.text("blocked-title") }, { kind: "strong", text: told.what }, text(told.remedy)]) };
    }
    case "starting":
      return { ...frame, blocks: named([{ kind: "title", text: words.text("loading") }]) };
    case "verdict":
      return { ...frame, answer: verdict(view, at.verdict, words, shown.faded, shown.now) };
    case "group":
      return { ...frame, answer: group(view, at.group, words, shown.faded, shown.now) };
    case "settings":
      return { ...frame, blocks: settings(view, at.kinds, words, shown.now, shown.random) };
    case "temperature": {
      const { digits } = shown;
      const keys = KEYS.map((key) => ({ key, word: key.length > 1, text: key.length > 1 ? words.text(`temperature-${key}`) : key }));
      const reading = `${(digits.slice(0, 2) + "––").slice(0, 2)}.${digits.slice(2) || "–"} ℃`;
      return {
        ...frame,
        keypad: { title: words.text("temperature-title"), shown: reading, keys },
        blocks: named([
          at.refused ? notice({ what: words.text("temperature-refused"), remedy: "" }) : null,
          button(words.text("beside-cancel"), { send: "dismissed" }, "quiet"),
        ]),
      };
    }
    case "proofs":
      return {
        ...frame,
        blocks: named([
          { kind: "title", text: words.text("proofs-title") },
          text(words.text("proofs-hint")),
          ...at.accepted.map((proof): GateBlock => button(words.text(`proof-${proof}`), { send: { "proof-shown": { proof } } })),
          button(words.text("proofs-none"), { send: "dismissed" }, "quiet"),
        ]),
      };
    case "checking":
      return { ...frame, camera: true, blocks: named([{ kind: "title", text: words.text("checking") }, ...(view.group ? gathering(view.group, words) : []), lights(view, words, shown.now)]) };
    case "poster":
    case "scanning": {
      const poster = at.type === "poster" ? at : null;
      const { place } = view.gate;
      const ways: Button<VerifierEvent>[] = [
        { text: words.text(shown.scanner), act: { local: "scan" }, look: "main" },
        { text: words.text("scan-paste"), act: { local: "paste" }, look: "quiet" },
        ...(place && !poster ? [{ text: words.text("scan-no-code"), act: { send: "proofs-opened" as const }, look: "quiet" as const }] : []),
        ...(poster ? [{ text: words.text("scan-paste-cancel"), act: { send: "dismissed" as const }, look: "quiet" as const }] : []),
      ];
      const kept = view.poster && view.challenge && !poster ? posterProblem(view.poster, words) : null;
      return {
        ...frame,
        settings: poster ? "" : words.text("settings-open"),
        camera: at.cameraProblem === null,
        challenge: view.challenge ? { hint: words.text("challenge-hint"), label: words.text("challenge-label") } : null,
        blocks: named<VerifierEvent>([
          { kind: "title", text: words.text(poster ? "poster-scan" : "scan-title") },
          note && { ...note, id: "note" },
          shown.said && { ...shown.said, id: "said" },
          at.cameraProblem ? notice(tell(at.cameraProblem, words), { buttons: [{ text: words.text("try-again"), act: { local: "camera-again" }, look: "quiet" }] }) : null,
          at.pictureProblem ? notice(tell(at.pictureProblem, words)) : null,
          poster?.problem ? posterProblem(poster, words) : null,
          kept,
          at.type === "scanning" && at.gathered ? notice(tell(at.gathered, words), { alert: false }) : null,
          ...(view.group && !poster ? gathering(view.group, words) : []),
          place && !poster ? { kind: "strong", text: [words.text(`place-${place.kind}`), place.name].filter(Boolean).join(" · ") } : null,
          { id: "ways", kind: "buttons", buttons: ways },
          ...(shown.pasting ? [
            { id: "field-paste", kind: "input" as const, field: "paste", label: words.text("scan-paste-label"), hint: "", value: "", type: "text", most: 5000, problem: null },
            button<VerifierEvent>(words.text("scan-paste-read"), { local: "pasted" }),
          ] : []),
          lights(view, words, shown.now),
          view.bundle.state === "fresh" && view.status.state === "fresh" ? null : button(words.text("data-refresh"), { send: "refresh-asked" }, "quiet"),
        ]),
      };
    }
  }
}
