// The first opening: three pictures that say what this is. They come after the form, and stand in nobody's way.
import type { Texts } from "../../shared/l10n";
import { Steps } from "./rooms/steps";

export { loadLooks } from "./looks";

export function Welcome({ texts, onSkip }: { texts: Texts; onSkip: () => void }) {
  return (
    <div role="region" aria-label={texts.text("welcome-label")}>
      <Steps words={[texts.text("welcome-apply"), texts.text("welcome-show"), texts.text("welcome-keep")]} />
      <button type="button" class="quiet" onClick={onSkip}>{texts.text("welcome-skip")}</button>
    </div>
  );
}
