import type { MenuView, RoomName } from "../../../shared/types";
import type { RoomProps } from "../everyday";
import { Room } from "./parts";

const ROOMS: RoomName[] = ["diary", "colour", "safety", "data"];

/** The list of rooms. */
export function Menu({ texts, send }: RoomProps<MenuView>) {
  return (
    <Room title={texts.text("rooms-title")} texts={texts} send={send}>
      <ul class="rooms">
        {ROOMS.map((room) => (
          <li key={room}>
            <button type="button" class="wide" onClick={() => send({ entered: { room } })}>{texts.text(`room-${room}`)}</button>
          </li>
        ))}
      </ul>
    </Room>
  );
}
