import { money, number } from "@shared/money";
import { amountInWords } from "@shared/words";
import { useTranslation } from "react-i18next";
import type { ShipmentPaperOut } from "@/gen/model";
import { Barcode } from "@/ui/barcode";
import { Sheet, Signatures } from "@/ui/print-frame";
import { useFormat } from "@/ui/use-format";
import { personText, placeText } from "../address";

interface DeliveryNoteProps {
  of: ShipmentPaperOut;
  /** Whose copy it is: kept, customer's, finance's. */
  copy?: string;
  withAmounts: boolean;
}

function Head({ of: shipment, copy }: { of: ShipmentPaperOut; copy?: string }) {
  const { t } = useTranslation("fulfilment");
  const format = useFormat();
  const bill = shipment.waybills.at(-1);
  const pairs: [string, string][] = [
    [t("shipment.buyer"), shipment.buyer_name],
    [t("shipment.order"), shipment.order_number],
    [t("print.address"), placeText(shipment.address) || "–"],
    [t("print.contact"), personText(shipment.address) || "–"],
    [t("shipment.from"), shipment.warehouse_name || "–"],
    [t("shipment.shipped_at"), format.instant(shipment.shipped_at)],
    [t("shipment.waybill"), bill ? `${bill.carrier} ${bill.tracking_number}` : "–"],
    [t("print.external"), shipment.external_number || "–"],
  ];
  return (
    <>
      <header className="sheet-head">
        <div>
          <p>{shipment.seller_name}</p>
          <h2>
            {t("print.delivery")}
            {copy && <small> {copy}</small>}
          </h2>
        </div>
        <Barcode text={shipment.number} />
      </header>
      <dl className="sheet-pairs">
        {pairs.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}

/** A delivery note (出库单): what left, in cases and bottles with lots, places to sign; amounts where wanted. */
export function DeliveryNote({ of: shipment, copy, withAmounts }: DeliveryNoteProps) {
  const { t } = useTranslation("fulfilment");
  const format = useFormat();
  const note = [shipment.note, shipment.buyer_note].filter(Boolean).join("；");
  return (
    <Sheet title={t("print.delivery")}>
      <Head of={shipment} copy={copy} />
      <table className="sheet-table">
        <thead>
          <tr>
            <th className="narrow">{t("print.no")}</th>
            <th>{t("print.code")}</th>
            <th>{t("pick.sku")}</th>
            <th>{t("pick.lots")}</th>
            <th className="figures">{t("print.quantity")}</th>
            <th className="figures">{t("print.base")}</th>
            {withAmounts && <th className="figures">{t("print.amount")}</th>}
            <th>{t("print.checked")}</th>
          </tr>
        </thead>
        <tbody>
          {shipment.goods.map((line, index) => (
            <tr key={line.line_no}>
              <td className="narrow figures">{index + 1}</td>
              <td className="figures">{line.sku_code}</td>
              <td>
                {line.sku_name} {line.specification}
              </td>
              <td className="figures">
                {line.lots.map((lot) => (
                  <div key={lot.lot}>
                    {lot.batch || lot.lot}
                    {lot.expires_on && ` ${t("pick.expires", { day: format.day(lot.expires_on) })}`}
                    {line.lots.length > 1 && ` ${lot.units_text}`}
                  </div>
                ))}
              </td>
              <td className="figures strong">{line.shipped_text}</td>
              <td className="figures num">
                {number(line.shipped)}
                {line.base_unit}
              </td>
              {withAmounts && <td className="figures num">{money(line.gross_amount, shipment.currency)}</td>}
              <td />
            </tr>
          ))}
        </tbody>
        {withAmounts && (
          <tfoot>
            <tr>
              <td colSpan={6}>
                {shipment.currency === "CNY"
                  ? t("print.total_words", { words: amountInWords(shipment.gross_amount) })
                  : t("print.total")}
              </td>
              <td className="figures strong">{money(shipment.gross_amount, shipment.currency)}</td>
              <td />
            </tr>
          </tfoot>
        )}
      </table>
      <p className="sheet-note">
        {t("print.lines", { count: shipment.goods.length })}
        {note && ` · ${t("bulk.note")}: ${note}`}
      </p>
      <Signatures
        names={[
          t("print.sign.made", { name: shipment.shipped_by }),
          t("print.sign.warehouse"),
          t("print.sign.carrier"),
          t("print.sign.receiver"),
          t("print.sign.date"),
        ]}
      />
    </Sheet>
  );
}
