// The venue code of a gate's place: how it is read, and what became of it.
import type { Texts } from "../../shared/l10n";
import type { PosterView, Reason } from "../../shared/types";

/** The sentences of these tell what helps here as well; those of others speak to somebody before a stranger's code. */
const FITTING = ["bundle-missing", "bundle-expired", "bundle-too-old", "prefix-version", "poster-elsewhere", "scanner-layout"];

/** Why a venue code is not taken, and what to do. */
export function PosterProblem({ problem: { code, ...facts }, texts }: { problem: Reason; texts: Texts }) {
  const { reason, remedy } = texts.reason(code, facts);
  return <div class="reason"><strong>{reason}</strong> <span>{FITTING.includes(code) ? remedy : texts.text("poster-remedy")}</span></div>;
}

interface Props {
  poster: PosterView | null;
  texts: Texts;
  onPoster: (wanted: boolean) => void;
}

/** The venue code that the gate's code carries. */
export function PosterUsed({ poster, texts, onPoster }: Props) {
  return (
    <section aria-labelledby="settings-poster">
      <h2 id="settings-poster">{texts.text("poster-title")}</h2>
      <p>{texts.text("poster-hint")}</p>
      {poster?.name && poster.expiresAt !== null ? <p>{texts.text("poster-used", { name: poster.name, day: texts.day(poster.expiresAt) })}</p> : null}
      {poster?.problem ? <div class="notice" role="status"><PosterProblem problem={poster.problem} texts={texts} /></div> : null}
      <div class="sources">
        <button type="button" onClick={() => onPoster(true)}>{texts.text(poster ? "poster-other" : "poster-add")}</button>
        {poster ? <button type="button" class="quiet" onClick={() => onPoster(false)}>{texts.text("poster-remove")}</button> : null}
      </div>
    </section>
  );
}
