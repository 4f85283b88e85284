import type { Texts } from "../../shared/l10n";
import { Qr } from "../../shared/qr";
import type { QrView } from "../../shared/types";

/** What a gate asks, for wallets to scan. */
export function Challenge({ qr, texts }: { qr: QrView; texts: Texts }) {
  return (
    <section class="challenge" aria-labelledby="challenge">
      <p id="challenge">{texts.text("challenge-hint")}</p>
      <Qr qr={qr} label={texts.text("challenge-label")} />
    </section>
  );
}
