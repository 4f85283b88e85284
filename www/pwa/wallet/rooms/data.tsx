import type { Texts } from "../../../shared/l10n";
import type { StorageView, StoredView } from "../../../shared/types";
import type { RoomProps } from "../everyday";
import { Licences } from "./licences";
import { Room, download } from "./parts";
import { Persistence } from "./persistence";

/** All that is stored: how large, to take along, or to destroy. */
export function Data({ view, texts, send }: RoomProps<StorageView>) {
  return (
    <Room title={texts.text("room-data")} texts={texts} send={send}>
      <p>{texts.text("mine-where")}</p>
      <Persistence texts={texts} />
      <ul class="stored">
        {view.stored.map((stored) => <Stored key={stored.record ?? ""} stored={stored} texts={texts} />)}
      </ul>
      <h2>{texts.text("mine-file")}</h2>
      <p>{texts.text("mine-file-what")}</p>
      {view.file ? (
        <p><a class="button" {...download(view.file)} onClick={() => setTimeout(() => send({ data: "file-taken" }), 1000)}>{texts.text("mine-file-save")}</a></p>
      ) : <button type="button" class="wide" onClick={() => send({ data: "file-asked" })}>{texts.text("mine-file-make")}</button>}
      <h2>{texts.text("mine-wipe")}</h2>
      <p>{texts.text("mine-wipe-what")}</p>
      {view.wiping ? (
        <div class="notice" role="alertdialog" aria-labelledby="wipe-sure">
          <b id="wipe-sure">{texts.text("mine-wipe-sure")}</b>
          <button type="button" class="danger" onClick={() => send({ data: "wipe-confirmed" })}>{texts.text("mine-wipe-yes")}</button>
          <button type="button" class="quiet" onClick={() => send({ data: "wipe-declined" })}>{texts.text("mine-wipe-no")}</button>
        </div>
      ) : <button type="button" class="wide danger" onClick={() => send({ data: "wipe-asked" })}>{texts.text("mine-wipe")}</button>}
      <Licences texts={texts} />
      <p class="small">{texts.text("mine-version", { version: view.version })}</p>
    </Room>
  );
}

function Stored({ stored: { record, bytes }, texts }: { stored: StoredView; texts: Texts }) {
  const size = bytes < 1024 ? texts.text("mine-bytes", { n: bytes }) : texts.text("mine-kilobytes", { n: (bytes / 1024).toFixed(1) });
  return <li><b>{texts.text(`stored-${record ?? "state"}`)}</b> {size}</li>;
}
