import { Component } from "preact";
import type { Texts } from "../../../shared/l10n";
import type { LockedView, LockView, PasskeyView, SafetyEvent, SafetyView } from "../../../shared/types";
import type { RoomProps, SendRoom } from "../everyday";
import { Room, download } from "./parts";
import * as passkeys from "./passkey";

/** Seconds in the background after which a wallet may lock itself. */
const AFTER = [0, 60, 300];

interface SecretProps {
  id: string;
  label: string;
  /** One that is made now, not one that is there already. */
  fresh?: boolean;
}

/** A field for a secret. */
function Secret({ id, label, fresh }: SecretProps) {
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <input id={id} name={id} type="password" required autocapitalize="off" spellcheck={false} autocomplete={fresh ? "new-password" : "current-password"} />
    </div>
  );
}

interface FormProps {
  texts: Texts;
  send: SendRoom;
}

/** What was entered; no secret stays on the page. */
function taken(event: Event): (name: string) => string {
  event.preventDefault();
  const form = event.currentTarget as HTMLFormElement;
  const entered = new FormData(form);
  for (const input of form.querySelectorAll<HTMLInputElement>("[type=password]")) input.value = "";
  return (name) => String(entered.get(name) ?? "");
}

/** The wallet is locked; the passcode opens it, and the passkey where there is one. */
export function Locked({ view, texts, send }: FormProps & { view: LockedView }) {
  const submit = (event: Event) => send({ safety: { unlock: { passcode: taken(event)("passcode") } } });
  const { passkey } = view;
  const byPasskey = async (passkey: PasskeyView) => {
    const secret = await passkeys.ask(passkey).catch(() => null);
    send({ safety: secret ? { "passkey-used": { secret } } : "passkey-failed" });
  };
  return (
    <main class="room locked">
      <h1 tabIndex={-1}>{texts.text("locked-title")}</h1>
      {view.waitUntil === null ? null : <p role="status">{texts.text("safety-wait", { time: texts.moment(view.waitUntil) })}</p>}
      {passkey ? <button type="button" class="wide" disabled={view.busy} onClick={() => void byPasskey(passkey)}>{texts.text("safety-passkey")}</button> : null}
      <form onSubmit={submit}>
        <Secret id="passcode" label={texts.text("safety-passcode")} />
        <button type="submit" class="wide" disabled={view.busy}>{texts.text(view.busy ? "safety-trying" : "safety-open")}</button>
      </form>
      {view.code ? <button type="button" class="quiet back" onClick={() => send("left")}>{texts.text("rooms-back")}</button> : null}
      <p class="small">{texts.text("safety-forgotten")}</p>
    </main>
  );
}

/** Lock and backup; into an empty wallet a backup can come back, and there is nothing else to keep safe. */
export function Safety({ view, texts, send }: RoomProps<SafetyView>) {
  const lock = (event: SafetyEvent) => send({ safety: event });
  if (view.restorable) {
    return (
      <Room title={texts.text("safety-restore")} texts={texts} send={send}>
        <Restore texts={texts} send={send} />
      </Room>
    );
  }
  return (
    <Room title={texts.text("room-safety")} texts={texts} send={send}>
      <h2>{texts.text("safety-lock")}</h2>
      {view.busy ? <p role="status">{texts.text("safety-busy")}</p> : null}
      {view.lock ? <LockOn lock={view.lock} texts={texts} send={send} /> : (
        <>
          <p>{texts.text("safety-lock-what")}</p>
          <LockOff texts={texts} send={send} />
        </>
      )}
      <h2>{texts.text("safety-backup")}</h2>
      <p>{texts.text("safety-backup-what")}</p>
      {view.backup ? (
        <p><a class="button" {...download(view.backup)} onClick={() => setTimeout(() => lock("backup-taken"), 1000)}>{texts.text("safety-backup-save")}</a></p>
      ) : (
        <form onSubmit={(event) => lock({ "backup-asked": { passphrase: taken(event)("passphrase") } })}>
          <Secret id="passphrase" label={texts.text("safety-passphrase")} fresh />
          <button type="submit" class="wide">{texts.text("safety-backup-make")}</button>
        </form>
      )}
      <h2>{texts.text("safety-restore")}</h2>
      <p>{texts.text("safety-restore-has")}</p>
    </Room>
  );
}

/** How the lock is set. */
function Settings({ texts, lock, onChange }: { texts: Texts; lock: LockView; onChange?: (lock: LockView) => void }) {
  return (
    <>
      <label class="choice">
        <input type="checkbox" name="show" {...(onChange ? { checked: lock.showCode } : {})} onChange={(event) => onChange?.({ ...lock, showCode: event.currentTarget.checked })} />
        <span>{texts.text("safety-show-code")}</span>
      </label>
      <label class="field">
        <span>{texts.text("safety-after")}</span>
        <select name="after" onChange={(event) => onChange?.({ ...lock, closeAfterS: Number(event.currentTarget.value) })}>
          {AFTER.map((seconds) => <option key={seconds} value={seconds} selected={seconds === lock.closeAfterS}>{texts.text(`safety-after-${seconds}`)}</option>)}
        </select>
      </label>
    </>
  );
}

/** There is no lock yet. */
class LockOff extends Component<FormProps, { differ: boolean }> {
  override state = { differ: false };

  render({ texts, send }: FormProps, { differ }: { differ: boolean }) {
    const submit = (event: Event) => {
      const entered = taken(event);
      const passcode = entered("next");
      this.setState({ differ: passcode !== entered("repeat") });
      if (passcode !== entered("repeat")) return;
      send({ safety: { "lock-turned-on": { passcode, showCode: entered("show") === "on", closeAfterS: Number(entered("after")) } } });
    };
    return (
      <form onSubmit={submit}>
        <Secret id="next" label={texts.text("safety-new-passcode")} fresh />
        <Secret id="repeat" label={texts.text("safety-repeat")} fresh />
        {differ ? <p class="notice" role="alert">{texts.text("safety-differ")}</p> : null}
        <Settings texts={texts} lock={{ showCode: false, closeAfterS: 60, passkey: false }} />
        <button type="submit" class="wide">{texts.text("safety-turn-on")}</button>
        <p class="small">{texts.text("safety-forgotten")}</p>
      </form>
    );
  }
}

/** The lock is on: what can be done with it. */
class LockOn extends Component<FormProps & { lock: LockView }, { differ: boolean }> {
  override state = { differ: false };

  render({ lock, texts, send }: FormProps & { lock: LockView }, { differ }: { differ: boolean }) {
    const change = (event: Event) => {
      const entered = taken(event);
      this.setState({ differ: entered("next") !== entered("repeat") });
      if (entered("next") !== entered("repeat")) return;
      send({ safety: { "passcode-changed": { passcode: entered("former"), next: entered("next") } } });
    };
    return (
      <>
        <p role="status"><b>{texts.text("safety-is-on")}</b></p>
        <button type="button" class="wide" onClick={() => send({ safety: "lock-now" })}>{texts.text("safety-now")}</button>
        <Settings texts={texts} lock={lock} onChange={(lock) => send({ safety: { "lock-set": lock } })} />
        <PasskeyOf lock={lock} texts={texts} send={send} />
        <details>
          <summary>{texts.text("safety-change")}</summary>
          <form onSubmit={change}>
            <Secret id="former" label={texts.text("safety-old-passcode")} />
            <Secret id="next" label={texts.text("safety-new-passcode")} fresh />
            <Secret id="repeat" label={texts.text("safety-repeat")} fresh />
            {differ ? <p class="notice" role="alert">{texts.text("safety-differ")}</p> : null}
            <button type="submit" class="wide">{texts.text("safety-change")}</button>
          </form>
        </details>
        <details>
          <summary>{texts.text("safety-turn-off")}</summary>
          <form onSubmit={(event) => send({ safety: { "lock-turned-off": { passcode: taken(event)("passcode") } } })}>
            <Secret id="passcode" label={texts.text("safety-old-passcode")} />
            <button type="submit" class="wide danger">{texts.text("safety-turn-off")}</button>
          </form>
        </details>
      </>
    );
  }
}

/** A passkey may open the lock too, where the browser has them. */
function PasskeyOf({ lock, texts, send }: FormProps & { lock: LockView }) {
  if (lock.passkey) {
    return (
      <>
        <p>{texts.text("safety-passkey-on")}</p>
        <button type="button" class="wide quiet" onClick={() => send({ safety: "passkey-removed" })}>{texts.text("safety-passkey-remove")}</button>
      </>
    );
  }
  if (!passkeys.available()) return null;
  const add = async () => {
    const made = await passkeys.make(texts.text("safety-passkey-name")).catch(() => null);
    send({ safety: made ? { "passkey-made": made } : "passkey-failed" });
  };
  return (
    <>
      <p>{texts.text("safety-passkey-what")}</p>
      <button type="button" class="wide quiet" onClick={() => void add()}>{texts.text("safety-passkey-add")}</button>
    </>
  );
}

/** A backup comes back into an empty wallet. */
function Restore({ texts, send }: FormProps) {
  const submit = async (event: Event) => {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    const entered = new FormData(form);
    const file = entered.get("file");
    if (!(file instanceof File)) return;
    // The file stays chosen: a wrong passphrase is entered once more.
    send({ safety: { "restore-asked": { file: await file.text(), passphrase: String(entered.get("restore-passphrase") ?? "") } } });
  };
  return (
    <form onSubmit={(event) => void submit(event)}>
      <p>{texts.text("safety-restore-what")}</p>
      <div class="field">
        <label for="file">{texts.text("safety-file")}</label>
        <input id="file" name="file" type="file" required />
      </div>
      <Secret id="restore-passphrase" label={texts.text("safety-passphrase-of")} />
      <button type="submit" class="wide">{texts.text("safety-restore-now")}</button>
    </form>
  );
}
