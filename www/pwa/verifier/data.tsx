import type { Texts } from "../../shared/l10n";
import type { DataView, VerifierView } from "../../shared/types";

const LIGHTS: Record<DataView["state"], string> = { fresh: "●", ageing: "▲", stale: "■", missing: "□" };

/** How old the trust list and the status lists are: a light of its own shape, and words. */
export function Data({ view, texts, onRefresh }: { view: VerifierView; texts: Texts; onRefresh: (() => void) | null }) {
  return (
    <footer class="data">
      <div>
        <Line label={texts.text("data-bundle")} data={view.bundle} texts={texts} />
        <Line label={texts.text("data-status")} data={view.status} texts={texts} />
      </div>
      {onRefresh ? <button type="button" class="quiet" onClick={onRefresh}>{texts.text("data-refresh")}</button> : null}
    </footer>
  );
}

function Line({ label, data, texts }: { label: string; data: DataView; texts: Texts }) {
  const age = data.issuedAt === null ? "" : texts.age(Date.now() / 1000 - data.issuedAt);
  const until = data.usableUntil === null ? "" : texts.moment(data.usableUntil);
  return (
    <p class={`light ${data.state}`}>
      <span aria-hidden="true">{LIGHTS[data.state]}</span> {label}: {texts.text(`data-${data.state}`, { age, until })}
    </p>
  );
}
