import type { Language } from "../shared/types";
import { type Arguments, Words } from "../shared/words";
import { dated } from "./time";

/** A text as the build makes it of a Fluent pattern: parts that are said as they are, variables, and choices by a variable. */
export type Pattern = string | (string | { v: string; c?: Record<string, Pattern>; d?: Pattern })[];
export type Table = Record<string, Pattern>;

/** The texts of one language, out of a table that the build has made: a mini-program has neither `Intl` for sure nor `fetch`. */
export class Texts extends Words {
  readonly language: Language;
  private readonly table: Table;

  constructor(language: Language, table: Table) {
    super();
    this.language = language;
    this.table = table;
  }

  text(id: string, args: Arguments = {}): string {
    const pattern = Object.prototype.hasOwnProperty.call(this.table, id) ? this.table[id] : undefined;
    return pattern === undefined ? id : this.said(pattern, args);
  }

  moment(seconds: number): string {
    return dated(seconds, this.language, "moment");
  }

  day(seconds: number): string {
    return dated(seconds, this.language, "day");
  }

  chineseDate(seconds: number): string {
    return dated(seconds, this.language, "china");
  }

  /** What the pages say of browsers is said of WeChat here. */
  override reason(code: string, facts: Record<string, unknown>): { reason: string; remedy: string } {
    const usual = super.reason(code, facts);
    const own = (id: string, otherwise: string) => (this.text(id) === id ? otherwise : this.text(id));
    return { reason: own(`mini-reason-${code}`, usual.reason), remedy: own(`mini-remedy-${code}`, usual.remedy) };
  }

  private said(pattern: Pattern, args: Arguments): string {
    if (typeof pattern === "string") return pattern;
    return pattern.map((part) => {
      if (typeof part === "string") return part;
      const value = args[part.v];
      if (value === undefined) return `{$${part.v}}`;
      if (!part.c) return typeof value === "number" ? grouped(value) : value;
      const chosen = part.c[String(value)] ?? (value === 1 && this.language === "en" ? part.c["one"] : undefined) ?? part.d ?? "";
      return this.said(chosen, args);
    }).join("");
  }
}

/** 1234 as 1,234, in both languages. */
const grouped = (value: number): string => String(value).replace(/\B(?=(\d{3})+$)/g, ",");
