import { FluentBundle, FluentResource, type FluentVariable } from "@fluent/bundle";
import type { Language } from "./types";

export type Arguments = Record<string, FluentVariable>;

/** The texts of one language. */
export class Texts {
  readonly language: Language;
  readonly #bundle: FluentBundle;

  constructor(language: Language, source: string) {
    this.language = language;
    this.#bundle = new FluentBundle(language, { useIsolating: false });
    this.#bundle.addResource(new FluentResource(source));
  }

  /** The text of an identifier; the identifier itself where there is none, so that nothing is ever blank. */
  text(id: string, args: Arguments = {}): string {
    const message = this.#bundle.getMessage(id);
    return message?.value ? this.#bundle.formatPattern(message.value, args, []) : id;
  }

  /** Date and time of a moment in Unix seconds: today only the time. */
  moment(seconds: number): string {
    const date = new Date(seconds * 1000);
    const today = date.toDateString() === new Date().toDateString();
    const day: Intl.DateTimeFormatOptions = today ? {} : { year: "numeric", month: "long", day: "numeric" };
    return new Intl.DateTimeFormat(this.language, { ...day, hour: "2-digit", minute: "2-digit", hour12: false }).format(date);
  }

  /** How long ago, in words. */
  age(seconds: number): string {
    const minutes = Math.max(0, Math.round(seconds / 60));
    if (minutes < 60) return this.text("age-minutes", { n: minutes });
    const hours = Math.round(minutes / 60);
    return hours < 48 ? this.text("age-hours", { n: hours }) : this.text("age-days", { n: Math.round(hours / 24) });
  }

  /** A reason's sentence and its remedy. Facts that are times are told as times. */
  reason(code: string, facts: Record<string, unknown>): { reason: string; remedy: string } {
    const args: Arguments = {};
    for (const [name, value] of Object.entries(facts)) {
      const isTime = typeof value === "number" && /(At|From|now|notBefore)$/.test(name);
      args[name] = isTime ? this.moment(value) : String(value);
    }
    return { reason: this.text(`reason-${code}`, args), remedy: this.text(`remedy-${code}`, args) };
  }
}

const loaded = new Map<Language, Texts>();

/** Loads a language from the page's own files; the service worker has them offline. */
export async function loadTexts(language: Language): Promise<Texts> {
  const held = loaded.get(language);
  if (held) return held;
  const answer = await fetch(`${language}.ftl`);
  const texts = new Texts(language, await answer.text());
  loaded.set(language, texts);
  return texts;
}
