// The view of the core as a screen.
import type { WalletEvent, WalletView } from "../../shared/types";
import type { Words } from "../../shared/words";
import { type Block, firstNotice, named, tell, text } from "../blocks";
import { apply, applying } from "./apply";
import { below, code, type CodeScreen } from "./code";
import { type Beside, roomName, rooms } from "./rooms";

export interface Screen {
  language: string;
  /** Classes of the page. */
  looks: string;
  /** Another name is another screen: it begins at its top. */
  name: string;
  brand: string;
  kind: string;
  other: string;
  code: CodeScreen | null;
  blocks: Block<WalletEvent>[];
}

export interface Shown extends Beside {
  /** The code is as large as the screen. */
  whole: boolean;
  /** The letters that the person has set in WeChat, 1 is the usual size. */
  fontScale: number;
  /** Something to say that the core does not know of. */
  said: Block<WalletEvent> | null;
}

/** From these sizes of letters on the screen is set up as the person would in its room. */
const LARGE = 1.15;
const ELDER = 1.4;

export function screen(view: WalletView, words: Words, shown: Shown): Screen {
  const { screen: at, display, notices } = view;
  const elder = display.elder || shown.fontScale >= ELDER;
  const looks = [elder ? "elder" : "", display.large || shown.fontScale >= LARGE ? "large" : "", display.contrast ? "contrast" : "", words.language === "en" ? "en" : "zh"];
  const note = firstNotice<WalletEvent>(notices, words, "notice-dismissed");
  const frame = { language: words.language, looks: looks.filter(Boolean).join(" "), brand: words.text("app-name"), kind: words.text("wallet-kind"), other: words.text("language-other"), code: null };
  const besides = (blocks: Block<WalletEvent>[]) => named([note && { ...note, id: "note" }, shown.said && { ...shown.said, id: "said" }, ...blocks]);
  switch (at.type) {
    case "apply":
      return { ...frame, name: at.step, blocks: besides(apply(at, words)) };
    case "applying":
      return { ...frame, name: at.type, blocks: besides(applying(at, words)) };
    case "blocked": {
      const told = tell(at.reason, words);
      return { ...frame, name: at.type, blocks: named([{ kind: "title", text: words.text("blocked-title") }, { kind: "strong", text: told.what }, text(told.remedy)]) };
    }
    case "code":
      return { ...frame, name: at.type, code: code(at, words, shown.now, shown.whole), blocks: besides(below(at, words, elder)) };
    case "locked":
      // There is no room of locks here, so no wallet of this shell has one.
      return { ...frame, name: at.type, blocks: named([{ kind: "title", text: words.text("locked-title") }]) };
    case "room":
      return { ...frame, name: roomName(at.room), blocks: besides(rooms(at.room, words, shown)) };
    case "starting":
      return { ...frame, name: at.type, blocks: named([{ kind: "title", text: words.text("loading") }]) };
  }
}
