import { add } from "@shared/decimal";
import { money, UNKNOWN } from "@shared/money";
import { useTranslation } from "react-i18next";
import type { SaleOut } from "@/gen/model";
import { StateTag } from "@/ui/state-tag";

const CURRENCY = "CNY";

/** What was paid for all lines; unknown when no line says it. */
export function amountOf(sale: SaleOut): string {
  const paid = sale.lines.flatMap((line) => (line.amount === null ? [] : [line.amount]));
  return paid.length ? money(add("0", ...paid), CURRENCY) : UNKNOWN;
}

/** What was paid for one line. */
export const paid = (amount: string | null): string => (amount === null ? UNKNOWN : money(amount, CURRENCY));

/** Counts, was taken back, or takes another one back. */
export function SaleTag({ of: sale }: { of: SaleOut }) {
  const { t } = useTranslation("sales");
  if (sale.reverses_id) return <StateTag tone="note">{t("state.reversal")}</StateTag>;
  const gone = sale.lines.filter((line) => line.is_reversed).length;
  if (gone === 0) return <StateTag tone="good">{t("state.valid")}</StateTag>;
  return <StateTag tone="idle">{t(gone < sale.lines.length ? "state.partly" : "state.reversed")}</StateTag>;
}

/** To whom: a partner by name, somebody named at the counter, or nobody in particular. */
export function Buyer({ of: sale }: { of: SaleOut }) {
  const { t } = useTranslation("sales");
  const name = sale.buyer_name || sale.customer || t(sale.buyer_id ? "field.hidden_buyer" : "to.WALK_IN");
  return (
    <span className="cell-clip" title={name}>
      {name}
    </span>
  );
}

/** The goods in one line: the first and how many kinds more. */
export function Goods({ of: sale }: { of: SaleOut }) {
  const { t } = useTranslation("sales");
  const [first] = sale.lines;
  if (!first) return null;
  const words = `${first.sku_name} ${first.units_text || first.units}`;
  return (
    <span className="cell-clip" title={words}>
      {sale.lines.length > 1 ? t("list.goods_more", { goods: words, count: sale.lines.length }) : words}
    </span>
  );
}
