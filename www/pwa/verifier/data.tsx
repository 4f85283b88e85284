import type { Texts } from "../../shared/l10n";
import type { DataView, VerifierView } from "../../shared/types";

const LIGHTS: Record<DataView["state"], string> = { fresh: "●", ageing: "▲", stale: "■", missing: "□" };

/** How old the trust list and the status lists are: a light of its own shape, and words. */
export function Data({ view, texts, onRefresh }: { view: VerifierView; texts: Texts; onRefresh: () => void }) {
  return (
    <footer class="data">
      <div>
        <Line kind="bundle" data={view.bundle} texts={texts} />
        <Line kind="status" data={view.status} texts={texts} />
      </div>
      <button type="button" class="quiet" onClick={onRefresh}>{texts.text("data-refresh")}</button>
    </footer>
  );
}

function Line({ kind, data, texts }: { kind: "bundle" | "status"; data: DataView; texts: Texts }) {
  const age = data.issuedAt === null ? "" : texts.age(Date.now() / 1000 - data.issuedAt);
  const until = data.usableUntil === null ? "" : texts.moment(data.usableUntil);
  const state = texts.text(`data-${data.state}`, { age, until });
  return (
    <p class={`light ${data.state}`}>
      <span aria-hidden="true">{LIGHTS[data.state]}</span> {texts.text(`data-${kind}`, { state })}
    </p>
  );
}
