/** Longest pause between two characters of a hand scanner, in milliseconds; a person types slower. */
const PAUSE_MS = 60;
/** Shorter texts are no codes. */
const SHORTEST = 8;

/** Collects what a hand scanner types, ended by Enter, wherever the focus is but in a text field. */
export function listenForWedge(read: (text: string) => void): void {
  let text = "";
  let last = 0;
  addEventListener(
    "keydown",
    (event) => {
      if (event.ctrlKey || event.altKey || event.metaKey) return;
      if (event.target instanceof HTMLTextAreaElement || event.target instanceof HTMLInputElement) return;
      if (event.timeStamp - last > PAUSE_MS) text = "";
      last = event.timeStamp;
      if (event.key === "Enter") {
        if (text.length >= SHORTEST) {
          event.preventDefault();
          event.stopPropagation();
          read(text);
        }
        text = "";
      } else if (event.key.length === 1) {
        text += event.key;
        // A space in the middle of a scan must not press the button that has the focus.
        if (text.length > 2) event.preventDefault();
      }
    },
    { capture: true },
  );
}
