import { Texts as Shared } from "../shared/texts";

export type { Table } from "../shared/texts";

/** The texts of one language, as in the pages. */
export class Texts extends Shared {
  /** What the pages say of browsers is said of WeChat here. */
  override reason(code: string, facts: Record<string, unknown>): { reason: string; remedy: string } {
    const usual = super.reason(code, facts);
    const own = (id: string, otherwise: string) => (this.text(id) === id ? otherwise : this.text(id));
    return { reason: own(`mini-reason-${code}`, usual.reason), remedy: own(`mini-remedy-${code}`, usual.remedy) };
  }
}
