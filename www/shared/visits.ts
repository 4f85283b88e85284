// What a place's decision is told as: to the person of the code.
import type { Verdict } from "./types";
import type { Words } from "./words";

/** The word for a kind of place, where there is one. */
export function kindWord(kind: string, texts: Words): string {
  const id = `place-${kind}`;
  return texts.text(id) === id ? "" : texts.text(id);
}

/** Why, and what to do: said to the person of the code, for the sentences of reasons mostly speak to a gate's staff. */
export function toldOfPlace({ outcome, reason, facts }: Verdict, texts: Words): { reason: string; remedy: string } {
  const own = (id: string) => (texts.text(id) === id ? undefined : texts.text(id));
  if (!reason) return { reason: "", remedy: texts.text("visits-pass-what") };
  const usual = texts.reason(reason, facts);
  // These speak of the code at the entrance, of the own credential or of this phone's clock.
  const fits = ["venue", "challenge", "credential"].includes(String(facts["layer"])) && reason !== "bad-signature" && reason !== "key-use";
  const remedy = own(`visits-remedy-${reason}`) ?? (fits || reason === "clock-wrong" ? usual.remedy : undefined);
  const otherwise = outcome === "invalid" ? texts.text("visits-remedy-other") : "";
  return { reason: own(`visits-because-${reason}`) ?? usual.reason, remedy: remedy ?? otherwise };
}
