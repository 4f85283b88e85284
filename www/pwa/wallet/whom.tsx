import type { Texts } from "../../shared/l10n";
import { SIGNS } from "../../shared/looks";
import type { Sign, WhomView } from "../../shared/types";

export const SignShape = ({ sign }: { sign: Sign }) => (
  <svg class="sign" viewBox="0 0 24 24" aria-hidden="true"><path d={SIGNS[sign]} /></svg>
);

/** For whom a form or an application is. */
export function Whom({ whom: { sign, relation }, texts }: { whom: WhomView; texts: Texts }) {
  return <p class="whom"><SignShape sign={sign} /> <b>{texts.text(relation ? `whom-${relation}` : "whom-self")}</b></p>;
}
