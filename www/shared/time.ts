import type { Language } from "./types";

/** The time of a moment in Unix seconds; with its date unless it is today. */
export function moment(seconds: number, language: Language): string {
  return format(seconds, language, isToday(seconds), true);
}

/** The date of a moment in Unix seconds; the time instead when it is today. */
export function day(seconds: number, language: Language): string {
  const today = isToday(seconds);
  return format(seconds, language, today, today);
}

/** The date in China of a moment in Unix seconds: where a credential names a day, it is one there. */
export function chineseDate(seconds: number, language: Language): string {
  return format(seconds, language, false, false, "Asia/Shanghai");
}

/** Hours, minutes and seconds of the wall clock. */
export function clock(seconds: number): string {
  const date = new Date(seconds * 1000);
  return [date.getHours(), date.getMinutes(), date.getSeconds()].map(twoDigits).join(":");
}

/** Minutes and seconds. */
export function countdown(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${twoDigits(seconds % 60)}`;
}

function isToday(seconds: number): boolean {
  return new Date(seconds * 1000).toDateString() === new Date().toDateString();
}

function format(seconds: number, language: Language, bare: boolean, time: boolean, timeZone?: string): string {
  const date: Intl.DateTimeFormatOptions = bare ? {} : { year: "numeric", month: language === "en" ? "short" : "long", day: "numeric" };
  const hours: Intl.DateTimeFormatOptions = time ? { hour: "2-digit", minute: "2-digit", hourCycle: "h23" } : {};
  // British order: the day before the month, as everywhere but in one country.
  return new Intl.DateTimeFormat(language === "en" ? "en-GB" : language, { ...date, ...hours, ...(timeZone ? { timeZone } : {}) }).format(seconds * 1000);
}

function twoDigits(number: number): string {
  return String(number).padStart(2, "0");
}
