import type { Texts } from "../../shared/l10n";
import type { Outcome } from "../../shared/types";
import { told, type Told } from "../../shared/told";

/**
 * Speaks an answer: the word and what to do, nothing of the person. Only voices of the device itself are used: some browsers send what
 * others are to say to a server.
 */
export function speak(answer: Told & { outcome: Outcome }, texts: Texts): void {
  const synthesis = globalThis.speechSynthesis;
  if (!synthesis) return;
  const language = texts.language.slice(0, 2);
  const voice = synthesis.getVoices().find((voice) => voice.localService && voice.lang.startsWith(language));
  if (!voice) return;
  const mark = language === "zh" ? "。" : ". ";
  const words = new SpeechSynthesisUtterance(texts.text(`verdict-${answer.outcome}`) + mark + told(answer, texts).remedy);
  words.voice = voice;
  words.lang = voice.lang;
  synthesis.cancel();
  synthesis.speak(words);
}

/** The next person's turn: nothing is said any more of the last one. */
export function hush(): void {
  globalThis.speechSynthesis?.cancel();
}
