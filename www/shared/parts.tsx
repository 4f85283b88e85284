import type { ComponentChildren } from "preact";
import type { Texts } from "./l10n";
import type { Language, Reason } from "./types";

/** The code of a reason and its facts apart. */
function parts(reason: Reason): [string, Record<string, unknown>] {
  const { code, ...facts } = reason;
  return [code, facts];
}

/** What happened, and what to do. */
export function ReasonText({ reason, texts, id }: { reason: Reason; texts: Texts; id?: string }) {
  const { reason: what, remedy } = texts.reason(...parts(reason));
  return (
    <div class="reason" {...(id ? { id } : {})}>
      <strong>{what}</strong> <span>{remedy}</span>
    </div>
  );
}

/** Notices that can be put away one by one. */
export function Notices({ notices, texts, onClose }: { notices: Reason[]; texts: Texts; onClose: () => void }) {
  const first = notices[0];
  if (!first) return null;
  return (
    <div class="notice" role="status">
      <ReasonText reason={first} texts={texts} />
      <button type="button" class="quiet" onClick={onClose}>{texts.text("notice-close")}</button>
    </div>
  );
}

/** The head of a page: which of the two it is, and the other language. */
export function Head({ kind, texts, onLanguage }: { kind: string; texts: Texts; onLanguage: (language: Language) => void }) {
  const other: Language = texts.language === "en" ? "zh-CN" : "en";
  return (
    <header>
      <span class="brand">{texts.text("app-name")}<b>{kind}</b></span>
      <button type="button" class="quiet" lang={other} onClick={() => onLanguage(other)}>{texts.text("language-other")}</button>
    </header>
  );
}

/** A new version waits; the person says when. */
export function UpdateBar({ texts, onUpdate }: { texts: Texts; onUpdate: () => void }) {
  return (
    <div class="notice" role="status">
      <span>{texts.text("update-ready")}</span>
      <button type="button" onClick={onUpdate}>{texts.text("update-now")}</button>
    </div>
  );
}

/** A page that can say only one thing. */
export function Plain({ children }: { children: ComponentChildren }) {
  return <main class="plain">{children}</main>;
}
