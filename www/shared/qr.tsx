import type { QrView } from "./types";

/** A QR code of the core, black on its own white. */
export function Qr({ qr, label }: { qr: QrView; label: string }) {
  return (
    <svg class="qr" role="img" aria-label={label} viewBox={`0 0 ${qr.size} ${qr.size}`} shape-rendering="crispEdges">
      <path fill="#fff" d={`M0 0h${qr.size}v${qr.size}H0z`} />
      <path d={qr.path} />
    </svg>
  );
}
