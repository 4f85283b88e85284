import type { ComponentChildren } from "preact";
import type { Texts } from "../../shared/l10n";
import { regionName } from "../../shared/regions";
import { ColourShape } from "../../shared/shapes";
import type { Verdict as VerdictData } from "../../shared/types";
import { Answer } from "./answer";

interface Props {
  verdict: VerdictData;
  texts: Texts;
  onNext: () => void;
  /** Somebody is reading: the screen is to stay. */
  onHold: () => void;
  /** Whether what is said of the person fades. */
  fade: boolean;
  data: ComponentChildren;
}

/** Whom it concerns comes first. */
const CLAIMS = ["name", "birth-date", "document", "test", "vaccination", "kind", "date", "result", "country", "serial"];
/** What needs no label to be understood by eye. */
const PLAIN = new Set(["name", "document"]);
/** What the core says in words of its own. */
const WORDS = new Set(["kind-vaccination", "kind-test", "kind-recovery", "kind-pass", "result-detected", "result-not-detected"]);

/** The answer for one person. */
export function Verdict({ verdict, texts, onNext, onHold, fade, data }: Props) {
  const { outcome, seenAt, rule, colour, disclosed } = verdict;
  return (
    <Answer answer={verdict} texts={texts} onNext={onNext} onHold={onHold} fade={fade}>
      {(faded, again) => (
        <>
          {seenAt ? <p class="seen">{texts.text("verdict-seen", { time: texts.moment(seenAt) })}</p> : null}
          {rule ? <p class="rule">{rule.description[texts.language] ?? ""} <small>{rule.identifier}</small></p> : null}
          {colour || Object.keys(disclosed).length > 0 ? <Claims verdict={verdict} texts={texts} faded={faded} again={again} /> : null}
          {outcome === "pass" ? <p class="times">{texts.text("verdict-pass-return")}</p> : null}
          {data}
        </>
      )}
    </Answer>
  );
}

function Claims({ verdict, texts, faded, again }: { verdict: VerdictData; texts: Texts; faded: boolean; again: ComponentChildren }) {
  const { colour, monitoring, guardian, disclosed, format, region, issuer, issuerNames, presentedAt, expiresAt } = verdict;
  const issuedBy = issuerNames[texts.language] ?? Object.values(issuerNames)[0] ?? issuer;
  const where = region ? regionName(region, texts.language) : null;
  // Of paper the kind of document tells what to compare with.
  const kind = disclosed["document-kind"];
  const label = (name: string) => texts.text(kind && name === "document" ? `document-${kind}` : `verdict-${name}`);
  const shown = (name: string) => {
    const value = disclosed[name] ?? "";
    const word = `${name}-${value}`;
    return WORDS.has(word) ? texts.text(word) : value;
  };
  return (
    <>
      {colour ? <p class={`colour ${colour}`}><ColourShape colour={colour} />{texts.text(`code-colour-${colour}`)}{monitoring ? ` · ${texts.text("verdict-monitoring")}` : null}</p> : null}
      {guardian ? <p class="guardian">{texts.text("verdict-guardian", { relation: texts.text(`relation-${guardian}`) })}</p> : null}
      {format === "tongma" ? null : <p class="times">{texts.text(`verdict-format-${format}`)}</p>}
      {again}
      <dl>
        {faded ? null : CLAIMS.filter((name) => disclosed[name] !== undefined).map((name) => (
          <div class="shown" key={name}>
            <dt class={PLAIN.has(name) && !(kind && name === "document") ? "hidden" : ""}>{label(name)}</dt>
            <dd>{shown(name)}</dd>
          </div>
        ))}
        {where && !issuedBy?.startsWith(where) ? <div><dt>{texts.text("verdict-region")}</dt><dd>{where}</dd></div> : null}
        {issuedBy ? <div><dt>{texts.text("verdict-issuer")}</dt><dd>{issuedBy}</dd></div> : null}
      </dl>
      {presentedAt && expiresAt ? (
        <p class="times">{texts.text("verdict-made", { time: texts.moment(presentedAt) })} · {texts.text("verdict-until", { time: texts.moment(expiresAt) })}</p>
      ) : null}
      {format === "paper" && expiresAt ? <p class="times">{texts.text("verdict-until", { time: texts.chineseDate(expiresAt - 1) })}</p> : null}
    </>
  );
}
