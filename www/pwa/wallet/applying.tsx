import type { Texts } from "../../shared/l10n";
import { Plain, ReasonText } from "../../shared/parts";
import type { ApplyingView } from "../../shared/types";
import type { Send } from "./main";
import { Whom } from "./whom";

/** An application on its way. */
export function Applying({ view, texts, send, onPeople }: { view: ApplyingView; texts: Texts; send: Send; onPeople: () => void }) {
  return (
    <Plain title={texts.text("applying-title")}>
      {view.whom ? <Whom whom={view.whom} texts={texts} /> : null}
      <p role="status">{texts.text("applying-wait")}</p>
      {view.waitingFor ? <div class="notice" role="alert"><ReasonText reason={view.waitingFor} texts={texts} /></div> : null}
      {view.nextTryAt ? (
        <>
          <p>{texts.text("applying-next", { time: texts.moment(view.nextTryAt) })}</p>
          <p><button type="button" onClick={() => send("retry-asked")}>{texts.text("try-again")}</button></p>
        </>
      ) : null}
      <button type="button" class="quiet" onClick={() => send("apply-withdrawn")}>{texts.text("applying-withdraw")}</button>
      {view.others ? <p><button type="button" class="quiet" onClick={onPeople}>{texts.text("people-back")}</button></p> : null}
    </Plain>
  );
}
