import type { Outcome } from "../../shared/types";

/** Tones in hertz, one after the other, and vibration in milliseconds: each outcome can be told with closed eyes. */
const SIGNALS: Record<Outcome, { tones: number[]; buzz: number[] }> = {
  pass: { tones: [880, 1320], buzz: [80] },
  restricted: { tones: [660, 660], buzz: [120, 80, 120] },
  stop: { tones: [220, 220, 220], buzz: [400, 100, 400] },
  invalid: { tones: [330, 160], buzz: [700] },
  "cannot-tell": { tones: [520], buzz: [60, 60, 60, 60, 60] },
};
const TONE_S = 0.16;

let context: AudioContext | undefined;

/** Browsers let a page sound only after a touch or a key; any one opens the way, also after the system has shut it. */
function open(): void {
  try {
    context ??= new AudioContext();
    if (context.state !== "running") void context.resume().catch(() => undefined);
  } catch {
    // No sound on this device; colour, word and shape remain.
  }
}
// Opening takes the page a tenth of a second: not in the middle of what a hand scanner types.
for (const gesture of ["pointerdown", "keydown"]) addEventListener(gesture, () => setTimeout(open, 300), { passive: true });

/** Vibrates, and sounds where that is wanted, as far as the device can. */
export function signal(outcome: Outcome, sound: boolean): void {
  const { tones, buzz } = SIGNALS[outcome];
  navigator.vibrate?.(buzz);
  if (!sound || context?.state !== "running") return;
  const { currentTime, destination } = context;
  for (const [index, tone] of tones.entries()) {
    const [oscillator, gain] = [context.createOscillator(), context.createGain()];
    const start = currentTime + index * TONE_S * 1.3;
    oscillator.frequency.value = tone;
    gain.gain.setValueAtTime(0.25, start);
    gain.gain.exponentialRampToValueAtTime(0.001, start + TONE_S);
    oscillator.connect(gain).connect(destination);
    oscillator.start(start);
    oscillator.stop(start + TONE_S);
  }
}
