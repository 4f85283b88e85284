/** Longest pause between the first characters of a hand scanner, in milliseconds; a person types slower. */
const PAUSE_MS = 100;
/** Once so many came that fast it is a scanner, and it may stumble on its way: radio links and busy phones do. */
const SURE = 8;
const LATER_PAUSE_MS = 500;

/** Collects what a hand scanner types, ended by Enter, wherever the focus is but in a text field. */
export function listenForWedge(read: (text: string) => void): void {
  let text = "";
  let last = 0;
  const collect = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.target instanceof HTMLTextAreaElement || event.target instanceof HTMLInputElement) return;
    if (event.timeStamp - last > (text.length < SURE ? PAUSE_MS : LATER_PAUSE_MS)) text = "";
    if (event.key === "Enter") {
      const scanned = text;
      text = "";
      if (scanned.length < SURE) return;
      event.preventDefault();
      event.stopPropagation();
      read(scanned);
    } else if (event.key.length === 1) {
      text += event.key;
      last = event.timeStamp;
      if (text.length <= 2) return;
      // A space in the middle of a scan must neither press the button that has the focus nor put away a verdict.
      event.preventDefault();
      event.stopPropagation();
    }
  };
  addEventListener("keydown", collect, { capture: true });
}
