import { Component } from "preact";
import type { MenuView, RoomName } from "../../../shared/types";
import { walletSend, type RoomProps } from "../everyday";
import { Room } from "./parts";

const ROOMS: RoomName[] = ["visits", "diary", "colour", "details", "appeals", "renewal", "safety", "display", "data", "help"];

/** The list of rooms. */
export class Menu extends Component<RoomProps<MenuView>, { noScanner: boolean }> {
  override state = { noScanner: false };

  async #scan(): Promise<void> {
    const { texts, send } = this.props;
    try {
      const { scanGate } = await import("../scan");
      this.setState({ noScanner: false });
      scanGate(texts, (text) => {
        // The answer stands where the code does.
        send("left");
        walletSend(JSON.stringify({ "challenge-read": { text } }));
      });
    } catch {
      this.setState({ noScanner: true });
    }
  }

  render({ view, texts, send }: RoomProps<MenuView>, { noScanner }: { noScanner: boolean }) {
    return (
      <Room title={texts.text("rooms-title")} texts={texts} send={send}>
        {noScanner ? <p class="notice" role="alert">{texts.text("gate-scan-offline")}</p> : null}
        <ul class="rooms">
          {view.scanner ? <li><button type="button" class="wide" onClick={() => void this.#scan()}>{texts.text("gate-scan")}</button></li> : null}
          {ROOMS.map((room) => (
            <li key={room}>
              <button type="button" class="wide" onClick={() => send({ entered: { room } })}>{texts.text(`room-${room}`)}</button>
            </li>
          ))}
        </ul>
      </Room>
    );
  }
}
