import type { DisplaySettings } from "../../../shared/types";
import type { RoomProps } from "../everyday";
import { Room } from "./parts";

/** How the page looks. Each choice is seen at once. */
export function Display({ view, texts, send }: RoomProps<DisplaySettings>) {
  const choices: [keyof DisplaySettings, string, string][] = [
    ["elder", texts.text("display-elder"), texts.text("display-elder-what")],
    ["large", texts.text("display-large"), texts.text("display-large-what")],
    ["contrast", texts.text("display-contrast"), texts.text("display-contrast-what")],
  ];
  return (
    <Room title={texts.text("room-display")} texts={texts} send={send}>
      {choices.map(([name, title, what]) => (
        <label key={name} class="looks">
          <input type="checkbox" checked={view[name]} aria-describedby={`display-${name}`} onChange={() => send({ display: { ...view, [name]: !view[name] } })} />
          <b>{title}</b>
          <span id={`display-${name}`}>{what}</span>
        </label>
      ))}
    </Room>
  );
}
