// What a gate's answer and the age of its data are told as.
import type { Verdict } from "./types";
import type { Words } from "./words";

/** What an answer says of why. */
export type Told = Pick<Verdict, "reason" | "facts" | "colour">;

/** Why an answer was given, and what to do now. */
export function told({ reason, facts, colour }: Told, texts: Words): { reason: string; remedy: string } {
  if (reason) return texts.reason(reason, facts);
  const shown = colour ? "pass" : "proof";
  return { reason: texts.text(`verdict-${shown}-hint`), remedy: texts.text(`verdict-${shown}-remedy`) };
}

/** How long something is still good, in words; rather too short than too long. */
export function leftWords(seconds: number, texts: Words): string {
  const minutes = Math.max(0, Math.floor(seconds / 60));
  if (minutes < 120) return texts.text("data-left-minutes", { n: minutes });
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? texts.text("data-left-hours", { n: hours }) : texts.text("data-left-days", { n: Math.floor(hours / 24) });
}
