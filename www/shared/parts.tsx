import { render, type ComponentChildren, type VNode } from "preact";
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
export function Head({ kind, texts, onLanguage, children }: { kind: string; texts: Texts; onLanguage: (language: Language) => void; children?: ComponentChildren }) {
  const other: Language = texts.language === "en" ? "zh-CN" : "en";
  return (
    <header>
      <span class="brand">{texts.text("app-name")}<b>{kind}</b></span>
      <span class="tools">
        {children}
        <button type="button" class="quiet" lang={other} onClick={() => onLanguage(other)}>{texts.text("language-other")}</button>
      </span>
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
export function Plain({ title, children }: { title: string; children?: ComponentChildren }) {
  return (
    <main class="plain">
      <h1 tabIndex={-1}>{title}</h1>
      {children}
    </main>
  );
}

/** Nothing can be done here. */
export function Blocked({ reason, texts }: { reason: Reason; texts: Texts }) {
  return (
    <Plain title={texts.text("blocked-title")}>
      <ReasonText reason={reason} texts={texts} />
    </Plain>
  );
}

let shownScreen = "starting";

/** Draws a page in its language. On another screen the focus goes to its heading, so that a screen reader tells of it. */
export function draw(page: VNode, texts: Texts, title: string, screen: string): void {
  const root = document.getElementById("app");
  if (!root) return;
  document.documentElement.lang = texts.language;
  document.title = texts.text(title);
  if (root.firstElementChild?.className === "boot") root.replaceChildren();
  render(page, root);
  const moved = shownScreen !== "starting" && shownScreen !== screen;
  shownScreen = screen;
  if (!moved) return;
  root.querySelector<HTMLElement>("h1[tabindex]")?.focus({ preventScroll: true });
  scrollTo(0, 0);
}
