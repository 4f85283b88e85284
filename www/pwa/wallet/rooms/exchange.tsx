// What the rooms share in which two phones show one another codes.
import { Component } from "preact";
import type { Texts } from "../../../shared/l10n";
import { ReasonText } from "../../../shared/parts";
import { Qr } from "../../../shared/qr";
import type { AskedView, ClaimName, ExchangeEvent, OfferView, Reason } from "../../../shared/types";
import { Scan } from "./parts";

export type Tell = (event: ExchangeEvent) => void;

/** A code for the other phone, and its text for who can't scan it. */
export function Offer({ offer: { qr, text }, label, texts }: { offer: OfferView; label: string; texts: Texts }) {
  return (
    <div class="along">
      {qr ? <Qr qr={qr} label={label} /> : <p class="notice" role="status">{texts.text("exchange-long")}</p>}
      <details>
        <summary>{texts.text("exchange-text")}</summary>
        <p class="said">{text}</p>
      </details>
    </div>
  );
}

/** Reads the other phone's code by camera, from a picture, or as a text. */
export class Read extends Component<{ label: string; texts: Texts; tell: Tell }, { text: string }> {
  override state = { text: "" };

  render({ label, texts, tell }: { label: string; texts: Texts; tell: Tell }, { text }: { text: string }) {
    return (
      <>
        <Scan label={label} texts={texts} onText={(text) => tell({ read: { text } })} />
        <details>
          <summary>{texts.text("exchange-paste")}</summary>
          <div class="field">
            <label for="exchange-text">{texts.text("exchange-pasted")}</label>
            <textarea id="exchange-text" rows={4} autocomplete="off" spellcheck={false} value={text} onInput={(event) => this.setState({ text: event.currentTarget.value })} />
          </div>
          <button type="button" class="wide" onClick={() => tell({ read: { text } })}>{texts.text("exchange-take")}</button>
        </details>
      </>
    );
  }
}

/** Why what was read is of no use. */
export function Problem({ reason, texts }: { reason: Reason | null; texts: Texts }) {
  if (!reason) return null;
  return (
    <div class="notice" role="alert">
      {reason.code === "bundle-missing" ? <span>{texts.text("exchange-no-trust")}</span> : <ReasonText reason={reason} texts={texts} />}
    </div>
  );
}

interface ConsentProps {
  asked: AskedView;
  texts: Texts;
  tell: Tell;
}

/** What another phone asks for; nothing is given before the person agrees. */
export class Consent extends Component<ConsentProps, { scope: ClaimName[]; days: number }> {
  override state = { scope: this.props.asked.scope, days: this.props.asked.days };

  render({ asked, texts, tell }: ConsentProps, { scope, days }: { scope: ClaimName[]; days: number }) {
    const { name, guardian, endsAt } = asked;
    const least = [1, 7, 30].filter((fewer) => fewer < asked.days);
    const end = Math.min(endsAt, Date.now() / 1000 + days * 86_400);
    const toggle = (claim: ClaimName) => this.setState({ scope: scope.includes(claim) ? scope.filter((other) => other !== claim) : [...scope, claim] });
    return (
      <section aria-labelledby="exchange-asked">
        <h2 id="exchange-asked">{texts.text(guardian ? "exchange-asked" : "exchange-asked-move")}</h2>
        <p class="for"><b>{name}</b> {guardian ? <>{texts.text("exchange-is", { relation: guardian })} <span>{texts.text("exchange-unverified")}</span></> : null}</p>
        <p>{texts.text(guardian ? "exchange-may" : "exchange-may-move")}</p>
        {guardian && asked.scope.length > 0 ? (
          <fieldset class="field">
            <legend>{texts.text("exchange-scope")}</legend>
            {asked.scope.map((claim) => (
              <label class="box" key={claim}>
                <input type="checkbox" checked={scope.includes(claim)} onChange={() => toggle(claim)} />
                <span>{texts.text(`details-${claim}`)}</span>
              </label>
            ))}
          </fieldset>
        ) : null}
        {guardian ? (
          <fieldset class="field">
            <legend>{texts.text("exchange-days")}</legend>
            {[...least, asked.days].map((choice) => (
              <label class="box" key={choice}>
                <input type="radio" name="days" checked={days === choice} onChange={() => this.setState({ days: choice })} />
                <span>{texts.text("exchange-days-n", { n: choice })}</span>
              </label>
            ))}
          </fieldset>
        ) : null}
        <p>{texts.text("exchange-until", { time: texts.moment(end) })}</p>
        <p class="small">{texts.text("exchange-ends")}</p>
        <p><button type="button" class="wide" onClick={() => tell({ agreed: { scope, days } })}>{texts.text(guardian ? "exchange-agree" : "exchange-agree-move")}</button></p>
        <p><button type="button" class="wide quiet" onClick={() => tell("closed")}>{texts.text("exchange-decline")}</button></p>
      </section>
    );
  }
}
