import type { MenuView, RoomName } from "../../../shared/types";
import { walletSend, type RoomProps } from "../everyday";
import { Room, Scan } from "./parts";

const ROOMS: RoomName[] = ["people", "visits", "diary", "colour", "details", "appeals", "delegations", "renewal", "moving", "safety", "display", "data", "help"];

/** Rooms in which something is entered or asked for one's own. */
const OWN: RoomName[] = ["diary", "appeals", "renewal", "moving"];

/** The list of rooms. */
export function Menu({ view, texts, send }: RoomProps<MenuView>) {
  const read = (text: string) => {
    // The answer stands where the code does.
    send("left");
    walletSend(JSON.stringify({ "challenge-read": { text } }));
  };
  return (
    <Room title={texts.text("rooms-title")} texts={texts} send={send}>
      <ul class="rooms">
        {view.scanner ? <li><Scan label={texts.text("gate-scan")} texts={texts} onText={read} /></li> : null}
        {ROOMS.filter((room) => !view.lent || !OWN.includes(room)).map((room) => (
          <li key={room}>
            <button type="button" class="wide" onClick={() => send({ entered: { room } })}>{texts.text(`room-${room}`)}</button>
          </li>
        ))}
      </ul>
    </Room>
  );
}
