/** Longest pause between the first characters of a hand scanner, in milliseconds; a person types slower. */
const PAUSE_MS = 100;
/** Once so many came that fast it is a scanner, and it may stumble on its way: radio links and busy phones do. */
const SURE = 8;
const LATER_PAUSE_MS = 500;
/** Nobody types a whole text that fast, in milliseconds a character. */
const MEAN_MS = 80;
/** So many are a scan without a closing key, too. Every pass is longer. */
const LONG = 60;
/** Stands for what a key writes, or for a key, that is not known. */
const LOST = "\ufffd";

/** What keys write on a US keyboard, plain and with shift, by their place (`KeyboardEvent.code`). */
const SIGNS: Record<string, string> = {
  Space: "  ", Minus: "-_", Equal: "=+", BracketLeft: "[{", BracketRight: "]}", Backslash: "\\|", Semicolon: ";:", Quote: "'\"",
  Backquote: "`~", Comma: ",<", Period: ".>", Slash: "/?",
};

function onUsKeyboard({ code, shiftKey }: KeyboardEvent): string {
  const [, kind, sign] = /^(Key|Digit|Numpad)([A-Z0-9])$/.exec(code) ?? [];
  if (!kind || !sign) return SIGNS[code]?.[shiftKey ? 1 : 0] ?? LOST;
  if (kind === "Key") return shiftKey ? sign : sign.toLowerCase();
  return kind === "Digit" && shiftKey ? (")!@#$%^&*("[Number(sign)] ?? LOST) : sign;
}

/**
 * Collects what a hand scanner types, wherever the focus is but in a text field: the characters, and what the same keys write on a
 * US keyboard. A scan ends with Enter, with Tab, or by itself.
 */
export function listenForWedge(read: (text: string, keys: string) => void): void {
  let text: string[] = [];
  let keys: string[] = [];
  let [first, last] = [0, 0];
  let ending: ReturnType<typeof setTimeout> | undefined;

  const end = (): boolean => {
    clearTimeout(ending);
    const scanned = text.length >= SURE && (last - first) / text.length <= MEAN_MS;
    const [characters, places] = [text.join(""), keys.join("")];
    [text, keys] = [[], []];
    if (scanned) read(characters, places);
    return scanned;
  };
  const swallow = (event: KeyboardEvent) => {
    event.preventDefault();
    event.stopPropagation();
  };
  const collect = (event: KeyboardEvent) => {
    if (event.target instanceof HTMLTextAreaElement || event.target instanceof HTMLInputElement) return;
    // A key that something leans on repeats as fast as a scanner types.
    if (event.repeat || event.timeStamp - last > (text.length < SURE ? PAUSE_MS : LATER_PAUSE_MS)) [text, keys] = [[], []];
    if (event.repeat) return;
    if (event.key === "Enter" || event.key === "Tab") {
      if (end()) swallow(event);
      return;
    }
    // A third level of keys writes characters; other chords are marks that some scanners put around a code.
    const third = event.getModifierState("AltGraph");
    const chord = (event.ctrlKey || event.altKey || event.metaKey) && !third;
    const character = event.key.length === 1 ? event.key : LOST;
    const key = third ? LOST : onUsKeyboard(event);
    if (!chord && (character !== LOST || key !== LOST)) {
      if (text.length === 0) first = event.timeStamp;
      last = event.timeStamp;
      text.push(character);
      keys.push(key);
      clearTimeout(ending);
      if (text.length >= LONG) ending = setTimeout(end, LATER_PAUSE_MS);
    }
    // A space in the middle of a scan must neither press the button that has the focus nor put away a verdict. Three digits of a
    // temperature may come quickly, too.
    if (text.length > 3 || (text.length === 3 && last - first < PAUSE_MS)) swallow(event);
  };
  addEventListener("keydown", collect, { capture: true });
}
