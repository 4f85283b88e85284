import type { Texts } from "../../shared/l10n";
import type { Verdict } from "../../shared/types";

/** What an answer says of why. */
export type Told = Pick<Verdict, "reason" | "facts" | "colour">;

/** Why an answer was given, and what to do now. */
export function told({ reason, facts, colour }: Told, texts: Texts): { reason: string; remedy: string } {
  if (reason) return texts.reason(reason, facts);
  const shown = colour ? "pass" : "proof";
  return { reason: texts.text(`verdict-${shown}-hint`), remedy: texts.text(`verdict-${shown}-remedy`) };
}
