import { FluentBundle, FluentResource } from "@fluent/bundle";
import { chineseDate, day, moment } from "./time";
import type { Language } from "./types";
import { type Arguments, Words } from "./words";

/** The texts of one language. */
export class Texts extends Words {
  readonly language: Language;
  readonly #bundle: FluentBundle;
  /** A text was asked for that is not there; the further texts may have it. */
  incomplete = false;

  constructor(language: Language, source: string) {
    super();
    this.language = language;
    this.#bundle = new FluentBundle(language, { useIsolating: false });
    this.#bundle.addResource(new FluentResource(source));
  }

  /** Further texts of the same language. */
  add(source: string): void {
    this.#bundle.addResource(new FluentResource(source));
  }

  /** The text of an identifier; the identifier itself where there is none, so that nothing is ever blank. */
  text(id: string, args: Arguments = {}): string {
    const message = this.#bundle.getMessage(id);
    if (message?.value) return this.#bundle.formatPattern(message.value, args, []);
    this.incomplete = true;
    return id;
  }

  /** Date and time of a moment in Unix seconds; today only the time. */
  moment(seconds: number): string {
    return moment(seconds, this.language);
  }

  /** Date of a moment in Unix seconds; today the time. */
  day(seconds: number): string {
    return day(seconds, this.language);
  }

  /** Date in China of a moment in Unix seconds. */
  chineseDate(seconds: number): string {
    return chineseDate(seconds, this.language);
  }
}

const loaded = new Map<string, Texts>();

async function source(file: string): Promise<string> {
  const answer = await fetch(file);
  if (!answer.ok) throw new Error(`no texts: ${answer.status}`);
  return answer.text();
}

/** Loads a language from the page's own files, with the texts of what is loaded on demand if `more`; the service worker has them offline. */
export async function loadTexts(language: Language, more = false): Promise<Texts> {
  const id = `${language}${more ? "+" : ""}`;
  const held = loaded.get(id);
  if (held) return held;
  const [first, further] = await Promise.all([source(`${language}.ftl`), more ? source(`${language}.more.ftl`) : ""]);
  const texts = new Texts(language, first);
  if (further) texts.add(further);
  loaded.set(id, texts);
  return texts;
}

/** The language of the browser's list, for the moments in which the core can't say. */
export function browserLanguage(): Language {
  const known = navigator.languages.map((tag) => tag.split("-")[0]).find((tag) => tag === "zh" || tag === "en");
  return known === "en" ? "en" : "zh-CN";
}
