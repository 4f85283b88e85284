import type { Texts } from "../../shared/l10n";
import { Plain, ReasonText } from "../../shared/parts";
import type { ApplyingView } from "../../shared/types";
import type { Send } from "./main";

/** An application on its way. */
export function Applying({ view, texts, send }: { view: ApplyingView; texts: Texts; send: Send }) {
  return (
    <Plain title={texts.text("applying-title")}>
      <p role="status">{texts.text("applying-wait")}</p>
      {view.waitingFor ? <div class="notice" role="alert"><ReasonText reason={view.waitingFor} texts={texts} /></div> : null}
      {view.nextTryAt ? (
        <>
          <p>{texts.text("applying-next", { time: texts.moment(view.nextTryAt) })}</p>
          <p><button type="button" onClick={() => send("retry-asked")}>{texts.text("try-again")}</button></p>
        </>
      ) : null}
      <button type="button" class="quiet" onClick={() => send("apply-withdrawn")}>{texts.text("applying-withdraw")}</button>
    </Plain>
  );
}
