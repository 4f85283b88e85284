import type { ComponentChildren } from "preact";
import type { Texts } from "../../../shared/l10n";
import type { FileView } from "../../../shared/types";
import type { SendRoom } from "../everyday";

/** A room: its heading, the way back, and what is in it. */
export function Room({ title, texts, send, children }: { title: string; texts: Texts; send: SendRoom; children: ComponentChildren }) {
  return (
    <main class="room">
      <button type="button" class="quiet back" onClick={() => send("left")}>{texts.text("rooms-back")}</button>
      <h1 tabIndex={-1}>{title}</h1>
      {children}
    </main>
  );
}

/** What makes a link one that saves this file. */
export function download({ name, mediaType, text }: FileView): { href: string; download: string } {
  return { href: URL.createObjectURL(new Blob([text], { type: mediaType })), download: name };
}
