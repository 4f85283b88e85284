/** What Escape does. It first leaves the field that somebody is writing in; of an input method and of a dialog it is theirs. */
export function onEscape(leave: () => void): (event: KeyboardEvent) => void {
  return (event) => {
    if (event.key !== "Escape" || event.isComposing || document.querySelector("dialog[open]")) return;
    const { activeElement } = document;
    if (activeElement?.matches("textarea, select, input:not([type=checkbox], [type=radio], [type=file])")) (activeElement as HTMLElement).blur();
    else leave();
  };
}
