// Dates as the pages write them, without `Intl`, which not every phone's WeChat has.
import type { Language } from "../shared/types";

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sept", "Oct", "Nov", "Dec"];
/** Beijing is eight hours ahead, without summer time. */
const BEIJING_S = 8 * 3600;

const two = (number: number): string => String(number).padStart(2, "0");

/** A moment in Unix seconds: with its time (`moment`), as a date or today as a time (`day`), as the date in China (`china`). */
export function dated(seconds: number, language: Language, form: "moment" | "day" | "china"): string {
  const date = new Date(seconds * 1000);
  const time = `${two(date.getHours())}:${two(date.getMinutes())}`;
  const today = date.toDateString() === new Date().toDateString();
  if (form === "china") {
    const there = new Date((seconds + BEIJING_S) * 1000);
    return day(there.getUTCFullYear(), there.getUTCMonth(), there.getUTCDate(), language);
  }
  if (today) return time;
  const words = day(date.getFullYear(), date.getMonth(), date.getDate(), language);
  if (form === "day") return words;
  return language === "en" ? `${words}, ${time}` : `${words} ${time}`;
}

function day(year: number, month: number, date: number, language: Language): string {
  return language === "en" ? `${date} ${MONTHS[month] ?? ""} ${year}` : `${year}年${month + 1}月${date}日`;
}
