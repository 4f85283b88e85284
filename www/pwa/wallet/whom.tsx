import type { Texts } from "../../shared/l10n";
import type { Sign, WhomView } from "../../shared/types";

/** Signs that people are told apart by: shapes, for who sees no colours. All are 24 by 24. */
const SIGNS: Record<Sign, string> = {
  disc: "M12 2a10 10 0 1 1 0 20a10 10 0 0 1 0-20z",
  square: "M3 3h18v18H3z",
  triangle: "M12 2L23 22H1z",
  star: "M12 1l3.2 7.3l7.8.8l-5.9 5.2l1.7 7.7l-6.8-4l-6.8 4l1.7-7.7L1 9.1l7.8-.8z",
  heart: "M12 22C4 16 1 12 1 8a6 6 0 0 1 11-3a6 6 0 0 1 11 3c0 4-3 8-11 14z",
  moon: "M15 1a11 11 0 1 0 8 15a9 9 0 0 1-8-15z",
  drop: "M12 1c5 7 7 10 7 14a7 7 0 0 1-14 0c0-4 2-7 7-14z",
  house: "M12 1L1 11h3v12h6v-7h4v7h6V11h3z",
};

export const SIGN_NAMES = Object.keys(SIGNS) as Sign[];

export const SignShape = ({ sign }: { sign: Sign }) => (
  <svg class="sign" viewBox="0 0 24 24" aria-hidden="true"><path d={SIGNS[sign]} /></svg>
);

/** For whom a form or an application is. */
export function Whom({ whom: { sign, relation }, texts }: { whom: WhomView; texts: Texts }) {
  return <p class="whom"><SignShape sign={sign} /> <b>{texts.text(relation ? `whom-${relation}` : "whom-self")}</b></p>;
}
