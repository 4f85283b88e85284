import type { Texts } from "../../../shared/l10n";
import type { StorageView, FileView, StoredView } from "../../../shared/types";
import type { RoomProps } from "../everyday";
import { Room } from "./parts";

/** All that is stored: how large, to take along, or to destroy. */
export function Data({ view, texts, send }: RoomProps<StorageView>) {
  return (
    <Room title={texts.text("room-data")} texts={texts} send={send}>
      <p>{texts.text("data-where")}</p>
      <ul class="stored">
        {view.stored.map((stored) => <Stored key={stored.record ?? ""} stored={stored} texts={texts} />)}
      </ul>
      <h2>{texts.text("data-file")}</h2>
      <p>{texts.text("data-file-what")}</p>
      {view.file ? (
        <p><a class="button" {...download(view.file)} onClick={() => setTimeout(() => send({ data: "file-taken" }), 1000)}>{texts.text("data-file-save")}</a></p>
      ) : <button type="button" class="wide" onClick={() => send({ data: "file-asked" })}>{texts.text("data-file-make")}</button>}
      <h2>{texts.text("data-wipe")}</h2>
      <p>{texts.text("data-wipe-what")}</p>
      {view.wiping ? (
        <div class="notice" role="alertdialog" aria-labelledby="wipe-sure">
          <b id="wipe-sure">{texts.text("data-wipe-sure")}</b>
          <button type="button" class="danger" onClick={() => send({ data: "wipe-confirmed" })}>{texts.text("data-wipe-yes")}</button>
          <button type="button" class="quiet" onClick={() => send({ data: "wipe-declined" })}>{texts.text("data-wipe-no")}</button>
        </div>
      ) : <button type="button" class="wide danger" onClick={() => send({ data: "wipe-asked" })}>{texts.text("data-wipe")}</button>}
      <p class="small">{texts.text("data-version", { version: view.version })}</p>
    </Room>
  );
}

function Stored({ stored: { record, bytes }, texts }: { stored: StoredView; texts: Texts }) {
  const size = bytes < 1024 ? texts.text("data-bytes", { n: bytes }) : texts.text("data-kilobytes", { n: (bytes / 1024).toFixed(1) });
  return <li><b>{texts.text(`stored-${record ?? "state"}`)}</b> {size}</li>;
}

function download({ name, mediaType, text }: FileView): { href: string; download: string } {
  return { href: URL.createObjectURL(new Blob([text], { type: mediaType })), download: name };
}
