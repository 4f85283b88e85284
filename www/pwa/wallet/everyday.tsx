// What is beside the code: loaded when the first room is entered.
import init from "#everyday";
import type { Texts } from "../../shared/l10n";
import { Plain } from "../../shared/parts";
import type { RoomEvent, RoomView } from "../../shared/types";
import { loadLooks } from "./looks";
import { Appeals } from "./rooms/appeals";
import { Colour } from "./rooms/colour";
import { Data } from "./rooms/data";
import { Delegations } from "./rooms/delegations";
import { Details } from "./rooms/details";
import { Diary } from "./rooms/diary";
import { Display } from "./rooms/display";
import { Group } from "./rooms/group";
import { Help } from "./rooms/help";
import { Menu } from "./rooms/menu";
import { People } from "./rooms/people";
import { Moving } from "./rooms/moving";
import { Renewal } from "./rooms/renewal";
import { Safety } from "./rooms/safety";
import { Visits } from "./rooms/visits";

export { Reached } from "./rooms/people";
export { Locked } from "./rooms/safety";
export { walletSend, walletStart } from "#everyday";

export type SendRoom = (event: RoomEvent) => void;

/** What every room is drawn from. */
export interface RoomProps<View> {
  view: View;
  texts: Texts;
  send: SendRoom;
}

/** Loads the module, and the looks of the rooms. */
export async function load(): Promise<void> {
  await Promise.all([init({ module_or_path: "everyday.wasm" }), loadLooks()]);
}

/** The room that is open. */
export function Rooms({ room, texts, send }: { room: RoomView; texts: Texts; send: SendRoom }) {
  if (room === "opening") return <Plain title={texts.text("loading")} />;
  if (room === "help") return <Help texts={texts} send={send} />;
  if ("appeals" in room) return <Appeals view={room.appeals} texts={texts} send={send} />;
  if ("colour" in room) return <Colour view={room.colour} texts={texts} send={send} />;
  if ("delegations" in room) return <Delegations view={room.delegations} texts={texts} send={send} />;
  if ("details" in room) return <Details view={room.details} texts={texts} send={send} />;
  if ("diary" in room) return <Diary view={room.diary} texts={texts} send={send} />;
  if ("display" in room) return <Display view={room.display} texts={texts} send={send} />;
  if ("group" in room) return <Group view={room.group} texts={texts} send={send} />;
  if ("menu" in room) return <Menu view={room.menu} texts={texts} send={send} />;
  if ("people" in room) return <People view={room.people} texts={texts} send={send} />;
  if ("moving" in room) return <Moving view={room.moving} texts={texts} send={send} />;
  if ("renewal" in room) return <Renewal view={room.renewal} texts={texts} send={send} />;
  if ("safety" in room) return <Safety view={room.safety} texts={texts} send={send} />;
  if ("visits" in room) return <Visits view={room.visits} texts={texts} send={send} />;
  return <Data view={room.data} texts={texts} send={send} />;
}
