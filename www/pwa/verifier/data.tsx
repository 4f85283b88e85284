import type { Texts } from "../../shared/l10n";
import { leftWords } from "../../shared/told";
import type { DataView, VerifierView } from "../../shared/types";

const LIGHTS: Record<DataView["state"], string> = { fresh: "●", ageing: "▲", stale: "■", missing: "□" };

interface Props {
  view: VerifierView;
  texts: Texts;
  onRefresh: () => void;
  /** Of data that are fresh the age is enough: there is little room beneath a verdict. */
  brief?: boolean;
}

/** How old the trust list and the status lists are, and until when they are good: a light of its own shape, and words. */
export function Data({ view, texts, onRefresh, brief = false }: Props) {
  const { bundle, status } = view;
  const enough = (data: DataView) => brief && data.state === "fresh" && data.missing === 0;
  return (
    <footer class="data">
      <div>
        <Line kind="bundle" data={bundle} texts={texts} brief={enough(bundle)} />
        <Line kind="status" data={status} texts={texts} brief={enough(status)} />
      </div>
      {enough(bundle) && enough(status) ? null : <button type="button" class="quiet" onClick={onRefresh}>{texts.text("data-refresh")}</button>}
    </footer>
  );
}

function Line({ kind, data, texts, brief }: { kind: "bundle" | "status"; data: DataView; texts: Texts; brief: boolean }) {
  const now = Date.now() / 1000;
  const age = data.issuedAt === null ? "" : texts.age(now - data.issuedAt);
  const until = data.usableUntil === null ? "" : texts.moment(data.usableUntil);
  const left = data.usableUntil === null ? "" : leftWords(data.usableUntil - now, texts);
  let state = brief ? age : texts.text(`data-${data.state}`, { age, until, left });
  if (data.missing > 0 && data.issuedAt !== null) state = texts.text("data-lists-missing", { state, n: data.missing });
  return (
    <p class={`light ${data.state}`}>
      <span aria-hidden="true">{LIGHTS[data.state]}</span> {texts.text(`data-${kind}`, { state })}
    </p>
  );
}

/** Trust data as a file, for a gate that is never online. */
export function DataFile({ texts, onParcel }: { texts: Texts; onParcel: (data: string) => void }) {
  const choose = (event: Event) => {
    const input = event.currentTarget as HTMLInputElement;
    const file = input.files?.[0];
    if (file) void encoded(file).then(onParcel);
    input.value = "";
  };
  return (
    <>
      <p>{texts.text("data-file-hint")}</p>
      <div class="sources">
        <label class="button">
          {texts.text("data-file")}
          <input class="hidden" type="file" onChange={choose} />
        </label>
      </div>
    </>
  );
}

/** Largest file that is read at all, in bytes; the core says what is wrong with one that is cut there. */
const MAX_FILE = (8 << 20) + 1;

/** A file in base64url; empty, which is no parcel, where it can't be read. */
async function encoded(file: File): Promise<string> {
  try {
    const bytes = new Uint8Array(await file.slice(0, MAX_FILE).arrayBuffer());
    let text = "";
    for (let at = 0; at < bytes.length; at += 0x8000) text += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
    return btoa(text).replace(/[+/=]/g, (sign) => ({ "+": "-", "/": "_" })[sign] ?? "");
  } catch {
    return "";
  }
}
