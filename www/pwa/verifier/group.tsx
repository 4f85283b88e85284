import type { ComponentChildren } from "preact";
import type { Texts } from "../../shared/l10n";
import { ColourShape } from "../../shared/shapes";
import type { GroupVerdict } from "../../shared/types";
import { Answer } from "./answer";
import { told } from "../../shared/told";

interface Gathering {
  group: GroupVerdict;
  texts: Texts;
  onClose: () => void;
  onDrop: () => void;
}

/** So many of the missing are named beside the camera. */
const NAMED = 4;

const name = ({ members }: GroupVerdict, index: number, texts: Texts) =>
  members[index]?.name ?? texts.text("group-member", { position: index + 1 });

/** How many of a group were read, and who is missing; above the camera while it goes on reading. */
export function Gathering({ group, texts, onClose, onDrop }: Gathering) {
  const missing = group.members.flatMap(({ verdict }, index) => (verdict ? [] : [name(group, index, texts)]));
  return (
    <section class="gathering">
      <p role="status"><b>{texts.text("group-have", { have: group.have, of: group.of })}</b> {texts.text("group-missing", { names: new Intl.ListFormat(texts.language).format(missing.slice(0, NAMED)), more: Math.max(0, missing.length - NAMED) })}</p>
      <div class="ends">
        <button type="button" onClick={onClose}>{texts.text("group-close")}</button>
        <button type="button" class="quiet" onClick={onDrop}>{texts.text("group-drop")}</button>
      </div>
    </section>
  );
}

interface Props {
  group: GroupVerdict;
  texts: Texts;
  onNext: () => void;
  onHold: () => void;
  fade: boolean;
  data: ComponentChildren;
}

/** The answer for a group, and for each of them. */
export function Group({ group, texts, onNext, onHold, fade, data }: Props) {
  return (
    <Answer answer={group} texts={texts} onNext={onNext} onHold={onHold} fade={fade}>
      {(faded, again) => (
        <>
          <p class="rule"><b>{texts.text("group-have", { have: group.have, of: group.of })}</b></p>
          {again}
          <ol class="members">
            {group.members.map(({ verdict }, index) => (
              <li key={index} class={verdict ? verdict.outcome : "missing"}>
                <b>{faded ? texts.text("group-member", { position: index + 1 }) : name(group, index, texts)}</b>
                {verdict?.colour ? <span class={`colour ${verdict.colour}`}><ColourShape colour={verdict.colour} />{texts.text(`code-colour-${verdict.colour}`)}</span> : null}
                <span>{verdict ? texts.text(`verdict-${verdict.outcome}`) : texts.text("group-not-read")}</span>
                {verdict?.reason ? <small>{told(verdict, texts).reason}</small> : null}
                {verdict?.seenAt ? <small>{texts.text("verdict-seen", { time: texts.moment(verdict.seenAt) })}</small> : null}
              </li>
            ))}
          </ol>
          {group.outcome === "pass" ? <p class="times">{texts.text("verdict-pass-return")}</p> : null}
          {data}
        </>
      )}
    </Answer>
  );
}
