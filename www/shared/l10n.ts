import { type Table, Texts } from "./texts";
import type { Language } from "./types";

export { Texts };

const loaded = new Map<string, Texts>();

async function table(file: string): Promise<Table> {
  const answer = await fetch(file);
  if (!answer.ok) throw new Error(`no texts: ${answer.status}`);
  return (await answer.json()) as Table;
}

/** Loads a language from the page's own files, with the texts of what is loaded on demand if `more`; the service worker has them offline. */
export async function loadTexts(language: Language, more = false): Promise<Texts> {
  const id = `${language}${more ? "+" : ""}`;
  const held = loaded.get(id);
  if (held) return held;
  const texts = new Texts(language, ...(await Promise.all([`${language}.json`, ...(more ? [`${language}.more.json`] : [])].map(table))));
  loaded.set(id, texts);
  return texts;
}

/** The language of the browser's list, for the moments in which the core can't say. */
export function browserLanguage(): Language {
  const known = navigator.languages.map((tag) => tag.split("-")[0]).find((tag) => tag === "zh" || tag === "en");
  return known === "en" ? "en" : "zh-CN";
}
