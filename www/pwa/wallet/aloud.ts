import type { Language } from "../../shared/types";

/** How long a browser may take until it begins to speak, in milliseconds; one without a voice never does, and never says so. */
const SILENCE = 2500;

/** Reads words aloud, in place of what is being read; `silent` is called where the browser has no voice for it. */
export function readAloud(words: string, language: Language, silent: () => void): void {
  if (!("speechSynthesis" in globalThis)) return silent();
  speechSynthesis.cancel();
  const said = new SpeechSynthesisUtterance(words);
  said.lang = language;
  said.rate = 0.85;
  const waiting = setTimeout(() => {
    speechSynthesis.cancel();
    silent();
  }, SILENCE);
  said.onstart = () => clearTimeout(waiting);
  said.onerror = ({ error }) => {
    clearTimeout(waiting);
    // Another tap took its place.
    if (error !== "canceled" && error !== "interrupted") silent();
  };
  speechSynthesis.speak(said);
}
