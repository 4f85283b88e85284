import { chineseDate, day, moment } from "./time";
import type { Language } from "./types";
import { type Arguments, Words } from "./words";

/** A text as the build makes it of a Fluent pattern: parts that are said as they are, variables, and choices by a variable. */
export type Pattern = string | (string | { v: string; c?: Record<string, Pattern>; d?: Pattern })[];
export type Table = Record<string, Pattern>;

/** The texts of one language, out of tables that the build makes of Fluent files: nothing is parsed before the first view. */
export class Texts extends Words {
  readonly language: Language;
  /** A text was asked for that is not there; further tables may have it. */
  incomplete = false;
  private readonly table: Table;

  constructor(language: Language, ...tables: Table[]) {
    super();
    this.language = language;
    this.table = Object.assign({}, ...tables) as Table;
  }

  text(id: string, args: Arguments = {}): string {
    if (Object.prototype.hasOwnProperty.call(this.table, id)) return this.said(this.table[id] ?? id, args);
    this.incomplete = true;
    return id;
  }

  moment(seconds: number): string {
    return moment(seconds, this.language);
  }

  day(seconds: number): string {
    return day(seconds, this.language);
  }

  chineseDate(seconds: number): string {
    return chineseDate(seconds, this.language);
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
