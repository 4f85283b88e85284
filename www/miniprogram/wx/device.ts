// What else a page asks of WeChat: what it is, scanning, files, the screen.
import type { FileView, Language, Outcome } from "../../shared/types";
import type { Words } from "../../shared/words";
import type { Told } from "../blocks";
import { readable } from "../scanned";
import { call, CallFailed, quietly } from "./calls";

/** The oldest base library that has all that is needed: encrypted storage came last. */
const OLDEST = [2, 21, 3];

export interface App {
  /** Language tags, best first. */
  languages: string[];
  language: Language;
  fontScale: number;
  /** The base library is too old, or a call that can't be done without is not there. */
  tooOld: boolean;
}

/** What WeChat says of itself. */
export function app(): App {
  let info: { language?: string; SDKVersion?: string; fontSizeScaleFactor?: number; fontSizeSetting?: number } = {};
  try {
    info = typeof wx.getAppBaseInfo === "function" ? wx.getAppBaseInfo() : wx.getSystemInfoSync();
  } catch {
    // It is judged by what it can do.
  }
  const tag = (info.language ?? "zh_CN").replace("_", "-");
  const scale = info.fontSizeScaleFactor ?? (info.fontSizeSetting ? info.fontSizeSetting / 16 : 1);
  const version = (info.SDKVersion ?? "").split(".").map(Number);
  const needed: unknown[] = [wx.getRandomValues, wx.setStorage, wx.getStorage, wx.getStorageInfo, wx.removeStorage, wx.request];
  const tooOld = older(version, OLDEST) || needed.some((each) => typeof each !== "function") || typeof WXWebAssembly === "undefined";
  return { languages: [tag], language: tag.startsWith("en") ? "en" : "zh-CN", fontScale: Number.isFinite(scale) ? scale : 1, tooOld };
}

function older(version: number[], than: number[]): boolean {
  for (let at = 0; at < than.length; at += 1) {
    const [one, two] = [version[at] ?? 0, than[at] ?? 0];
    if (one !== two) return !(one > two);
  }
  return false;
}

/** Consent is asked for before the camera is, where WeChat knows of it. */
export async function consent(): Promise<void> {
  if (typeof wx.requirePrivacyAuthorize !== "function") return;
  // Somebody reads what is agreed to: there is no hurry.
  await call("requirePrivacyAuthorize", true, (success, fail) => wx.requirePrivacyAuthorize({ success, fail }), 600_000);
}

/** The answer to the question for consent; the button that was touched has this identifier. */
export type Consent = (answer: { event: "agree"; buttonId: "agree" } | { event: "disagree" }) => void;

/** The words of that question. */
export interface Privacy {
  text: string;
  read: string;
  agree: string;
  refuse: string;
}

/** `ask` is called when WeChat wants the person's consent. */
export function whenConsentIsAsked(words: () => Words, ask: (answer: Consent, privacy: Privacy) => void): void {
  if (typeof wx.onNeedPrivacyAuthorization !== "function") return;
  // The typings know no argument of this listener; WeChat's documentation does.
  const on = wx.onNeedPrivacyAuthorization as unknown as (listener: (resolve: Consent) => void) => void;
  on((resolve) => {
    const text = (id: string) => words().text(id);
    ask(resolve, { text: text("mini-privacy"), read: text("mini-privacy-read"), agree: text("mini-privacy-agree"), refuse: text("mini-privacy-refuse") });
  });
}

/** Has WeChat scan a code: its text, or what to say. Nothing where the person went back. */
export async function scan(words: Words): Promise<{ text: string } | { told: Told } | null> {
  try {
    await consent();
    const found = await call<{ result?: string }>("scanCode", typeof wx.scanCode === "function", (success, fail) => wx.scanCode({ scanType: ["qrCode"], success, fail }), 600_000);
    const text = readable(found.result);
    return text ? { text } : { told: { what: words.text("mini-scan-unreadable"), remedy: words.text("mini-scan-unreadable-remedy") } };
  } catch (error) {
    const said = error instanceof CallFailed ? error : null;
    if (said && /cancel/.test(said.said)) return null;
    const privacy = said !== null && (said.call === "requirePrivacyAuthorize" || said.errno === 104 || said.errno === 112 || /privacy/.test(said.said));
    return { told: { what: words.text(privacy ? "mini-privacy-refused" : "mini-scan-failed"), remedy: words.text(privacy ? "mini-privacy-refused-remedy" : "mini-scan-failed-remedy") } };
  }
}

/** Hands a file to the person, who chooses where it goes. Nothing of it stays behind. */
export async function save({ name, text }: FileView): Promise<boolean> {
  const path = `${wx.env.USER_DATA_PATH}/${name.replace(/[^\w.-]/g, "_")}`;
  const files = wx.getFileSystemManager();
  try {
    await call("writeFile", true, (success, fail) => files.writeFile({ filePath: path, data: text, encoding: "utf8", success, fail }));
    await call("shareFileMessage", typeof wx.shareFileMessage === "function", (success, fail) => wx.shareFileMessage({ filePath: path, fileName: name, success, fail }), 600_000);
    return true;
  } catch (error) {
    return error instanceof CallFailed && /cancel/.test(error.said);
  } finally {
    await call("unlink", true, (success, fail) => files.unlink({ filePath: path, success, fail })).catch(() => undefined);
  }
}

let dimmed: number | undefined;

/** As bright as the screen can be while a code is held before a camera, then as it was. */
export async function bright(on: boolean): Promise<void> {
  if (typeof wx.setScreenBrightness !== "function" || typeof wx.getScreenBrightness !== "function") return;
  try {
    if (on) {
      if (dimmed !== undefined) return;
      dimmed = (await call<{ value: number }>("getScreenBrightness", true, (success, fail) => wx.getScreenBrightness({ success, fail }))).value;
      wx.setScreenBrightness({ value: 1, fail() {} });
    } else if (dimmed !== undefined) {
      const value = dimmed;
      dimmed = undefined;
      wx.setScreenBrightness({ value, fail() {} });
    }
  } catch {
    // It can be read at other brightnesses, too.
  }
}

/** Hides the page from recordings, as far as the system does so; the texts say how far that is. */
export function hideFromRecordings(on: boolean): void {
  quietly(typeof wx.setVisualEffectOnCapture === "function", () => wx.setVisualEffectOnCapture({ visualEffect: on ? "hidden" : "none", fail() {} }));
}

/** How often and how long it vibrates: each outcome can be told with closed eyes. */
const BUZZES: Record<Outcome, ("short" | "long")[]> = { pass: ["short"], restricted: ["short", "short"], stop: ["long", "long"], invalid: ["long"], "cannot-tell": ["short", "short", "short"] };
const BUZZ_EVERY_MS = 500;

export function buzz(outcome: Outcome): void {
  BUZZES[outcome].forEach((length, at) => {
    setTimeout(() => {
      if (length === "long") quietly(typeof wx.vibrateLong === "function", () => wx.vibrateLong({ fail() {} }));
      else quietly(typeof wx.vibrateShort === "function", () => wx.vibrateShort({ type: "heavy", fail() {} }));
    }, at * BUZZ_EVERY_MS);
  });
}

/** Shows what the person agrees to. */
export const contract = (): void => quietly(typeof wx.openPrivacyContract === "function", () => wx.openPrivacyContract({ fail() {} }));

export const phone = (phoneNumber: string): void => quietly(typeof wx.makePhoneCall === "function", () => wx.makePhoneCall({ phoneNumber, fail() {} }));
