import { useTranslation } from "react-i18next";
import type { PickListOut } from "@/gen/model";
import { Sheet, Signatures } from "@/ui/print-frame";
import { useFormat } from "@/ui/use-format";
import { addressText } from "../address";

/** The pick list on paper: sku by sku with lots and a box to tick, then the orders it is for. */
export function PickPaper({ of: list, printedAt }: { of: PickListOut; printedAt: string }) {
  const { t } = useTranslation("fulfilment");
  const format = useFormat();
  const numbers = new Map(list.orders.map((order) => [order.id, order.number]));
  return (
    <Sheet title={t("print.pick")}>
      <header className="sheet-head">
        <div>
          <p>{list.warehouse_name}</p>
          <h2>{t("print.pick")}</h2>
        </div>
        <p className="figures">{format.instant(printedAt)}</p>
      </header>
      <table className="sheet-table">
        <thead>
          <tr>
            <th className="narrow">{t("print.done")}</th>
            <th>{t("print.code")}</th>
            <th>{t("pick.sku")}</th>
            <th>{t("pick.lots")}</th>
            <th className="figures">{t("pick.units")}</th>
            <th>{t("pick.for")}</th>
          </tr>
        </thead>
        <tbody>
          {list.lines.map((line) => (
            <tr key={line.sku_id}>
              <td className="narrow">
                <span className="sheet-box" aria-hidden />
              </td>
              <td className="figures">{line.sku_code}</td>
              <td>
                {line.sku_name} {line.specification}
              </td>
              <td className="figures">
                {line.lots.length === 0
                  ? t("pick.any_lot")
                  : line.lots.map((lot) => (
                      <div key={lot.lot}>
                        {lot.batch || lot.lot} {lot.units_text}
                        {lot.has_expired && <strong> {t("pick.expired")}</strong>}
                      </div>
                    ))}
              </td>
              <td className="figures strong">{line.units_text}</td>
              <td className="figures">
                {line.parts.map((part) => (
                  <div key={`${part.order_id} ${part.line_no}`}>
                    {numbers.get(part.order_id)} {part.units_text}
                  </div>
                ))}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <table className="sheet-table">
        <thead>
          <tr>
            <th>{t("waiting.order")}</th>
            <th>{t("waiting.buyer")}</th>
            <th>{t("print.address")}</th>
            <th>{t("waiting.note")}</th>
          </tr>
        </thead>
        <tbody>
          {list.orders.map((order) => (
            <tr key={order.id}>
              <td className="figures">{order.number}</td>
              <td>{order.buyer_name}</td>
              <td>{addressText(order.address) || "–"}</td>
              <td>{order.buyer_note}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <Signatures names={[t("print.sign.picker"), t("print.sign.checker"), t("print.sign.date")]} />
    </Sheet>
  );
}
