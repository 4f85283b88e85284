import { regionName } from "./regions";
import type { Language } from "./types";

export type Arguments = Record<string, string | number>;

/** Facts of reasons that are times; the command line goes by the same names. */
const TIME_FACTS = /(At|From|^now|^notBefore)$/;

/** What a shell needs of the texts of one language, whatever brings and formats them. */
export abstract class Words {
  abstract readonly language: Language;
  /** The text of an identifier; the identifier itself where there is none, so that nothing is ever blank. */
  abstract text(id: string, args?: Arguments): string;
  /** Date and time of a moment in Unix seconds; today only the time. */
  abstract moment(seconds: number): string;
  /** Date of a moment in Unix seconds; today the time. */
  abstract day(seconds: number): string;
  /** Date in China of a moment in Unix seconds. */
  abstract chineseDate(seconds: number): string;

  /** How long ago, in words. */
  age(seconds: number): string {
    const minutes = Math.max(0, Math.floor(seconds / 60));
    if (minutes < 60) return this.text("age-minutes", { n: minutes });
    const hours = Math.floor(minutes / 60);
    return hours < 48 ? this.text("age-hours", { n: hours }) : this.text("age-days", { n: Math.floor(hours / 24) });
  }

  /** A reason's sentence and its remedy. Times and regions are told as such. */
  reason(code: string, facts: Record<string, unknown>): { reason: string; remedy: string } {
    const args: Arguments = {};
    for (const [name, value] of Object.entries(facts)) {
      if (typeof value !== "number") args[name] = String(value);
      else if (TIME_FACTS.test(name)) args[name] = this.moment(value);
      else args[name] = name === "region" ? regionName(value, this.language) : String(value);
    }
    return { reason: this.text(`reason-${code}`, args), remedy: this.text(`remedy-${code}`, args) };
  }
}
