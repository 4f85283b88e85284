// Dates and times in words. Without `Intl`: not every phone's WeChat has it, and its first use takes longer than all else in a page's
// first view. A test compares what is written with `Intl`.
import type { Language } from "./types";

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sept", "Oct", "Nov", "Dec"];
/** Beijing is eight hours ahead, without summer time. */
const BEIJING_S = 8 * 3600;

/** The time of a moment in Unix seconds; with its date unless it is today. */
export function moment(seconds: number, language: Language): string {
  const date = new Date(seconds * 1000);
  if (isToday(date)) return hours(date);
  return `${localDate(date, language)}${language === "en" ? ", " : " "}${hours(date)}`;
}

/** The date of a moment in Unix seconds; the time instead when it is today. */
export function day(seconds: number, language: Language): string {
  const date = new Date(seconds * 1000);
  return isToday(date) ? hours(date) : localDate(date, language);
}

/** The date in China of a moment in Unix seconds: where a credential names a day, it is one there. */
export function chineseDate(seconds: number, language: Language): string {
  const there = new Date((seconds + BEIJING_S) * 1000);
  return dated(there.getUTCFullYear(), there.getUTCMonth(), there.getUTCDate(), language);
}

/** Hours, minutes and seconds of the wall clock. */
export function clock(seconds: number): string {
  const date = new Date(seconds * 1000);
  return `${hours(date)}:${twoDigits(date.getSeconds())}`;
}

/** Minutes and seconds. */
export function countdown(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${twoDigits(seconds % 60)}`;
}

function isToday(date: Date): boolean {
  return date.toDateString() === new Date().toDateString();
}

const hours = (date: Date): string => `${twoDigits(date.getHours())}:${twoDigits(date.getMinutes())}`;

const localDate = (date: Date, language: Language): string => dated(date.getFullYear(), date.getMonth(), date.getDate(), language);

function dated(year: number, month: number, date: number, language: Language): string {
  return language === "en" ? `${date} ${MONTHS[month] ?? ""} ${year}` : `${year}年${month + 1}月${date}日`;
}

function twoDigits(number: number): string {
  return String(number).padStart(2, "0");
}
