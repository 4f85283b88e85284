import { Component, type ComponentChildren } from "preact";
import { onEscape } from "../../../shared/keyboard";
import type { Texts } from "../../../shared/l10n";
import type { FileView } from "../../../shared/types";
import type { SendRoom } from "../everyday";

interface RoomFrame {
  title: string;
  texts: Texts;
  send: SendRoom;
  children: ComponentChildren;
}

/** A room: its heading, the way back, and what is in it. */
export class Room extends Component<RoomFrame> {
  readonly #leave = onEscape(() => this.props.send("left"));

  override componentDidMount(): void {
    addEventListener("keydown", this.#leave);
  }

  override componentWillUnmount(): void {
    removeEventListener("keydown", this.#leave);
  }

  render({ title, texts, send, children }: RoomFrame) {
    return (
      <main class="room">
        <button type="button" class="quiet back" onClick={() => send("left")}>{texts.text("rooms-back")}</button>
        <h1 tabIndex={-1}>{title}</h1>
        {children}
      </main>
    );
  }
}

/** What makes a link one that saves this file. */
export function download({ name, mediaType, text }: FileView): { href: string; download: string } {
  return { href: URL.createObjectURL(new Blob([text], { type: mediaType })), download: name };
}

interface ScanProps {
  label: string;
  texts: Texts;
  onText: (text: string) => void;
}

/** A button that has the camera read a code. The scanner comes when it is wanted: most people never need it. */
export class Scan extends Component<ScanProps, { missing: boolean }> {
  override state = { missing: false };

  async #scan(): Promise<void> {
    const { texts, onText } = this.props;
    try {
      const { scanGate } = await import("../scan");
      this.setState({ missing: false });
      scanGate(texts, onText);
    } catch {
      this.setState({ missing: true });
    }
  }

  render({ label, texts }: ScanProps, { missing }: { missing: boolean }) {
    return (
      <>
        <button type="button" class="wide" onClick={() => void this.#scan()}>{label}</button>
        {missing ? <p class="notice" role="alert">{texts.text("gate-scan-offline")}</p> : null}
      </>
    );
  }
}
