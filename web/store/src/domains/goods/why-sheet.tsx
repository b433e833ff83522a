import { money, unitPrice } from "@shared/money";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { QuoteLineOut } from "@/gen/model";
import { quoteOrder } from "@/gen/orders/orders";

import { Sheet } from "@/ui/sheet";
import { Answered } from "@/ui/states";
import { useFormat } from "@/ui/use-format";
import type { WantedLine } from "./entry";
import { readWhy } from "./why";
import "./why-sheet.scss";

interface Props {
  /** The goods with a quantity that can be ordered; null while nobody asks. */
  of: { skuId: number; line: WantedLine } | null;
  onClose: () => void;
}

/** Why this price, in plain words: from the same quote that an order is checked against. */
export function WhySheet({ of: asked, onClose }: Props) {
  const { t } = useTranslation("store-find");
  const quote = useQuery({
    queryKey: ["why", asked?.skuId, asked?.line],
    queryFn: ({ signal }) =>
      quoteOrder({ lines: asked ? [{ sku_id: asked.skuId, ...asked.line }] : [] }, signal),
    enabled: asked !== null,
  });
  return (
    <Sheet title={t("why.title")} isOpen={asked !== null} onClose={onClose}>
      <Answered of={quote} rows={2}>
        {({ lines, currency }) => (lines[0] ? <Told of={lines[0]} currency={currency} /> : null)}
      </Answered>
    </Sheet>
  );
}

function Told({ of: line, currency }: { of: QuoteLineOut; currency: string }) {
  const { t } = useTranslation("store-find");
  const { day } = useFormat();
  const why = readWhy(line.trace);
  if (!why) return <p>{t("why.none")}</p>;
  const { won, saved, others } = why;
  const level = (one: { level: 1 | 2 | 3 | 4 | 5 }) => t(`why.level.${one.level}`);
  return (
    <div className="why">
      <p className="why-won">
        {t("why.won", { level: level(won), unit: won.unit, price: unitPrice(won.price, currency) })}
      </p>
      <p className="why-note">
        {t(won.to ? "why.list_to" : "why.list", { list: won.list, from: day(won.from), to: day(won.to) })}
      </p>
      {saved && (
        <p className="why-saved">
          {t("why.saved", {
            level: level(saved),
            price: unitPrice(saved.price, currency),
            unit: saved.unit,
            difference: unitPrice(saved.difference, currency),
          })}
        </p>
      )}
      <p className="why-note">
        {t("why.amount", {
          quantity: `${line.entered_quantity}${line.unit}`,
          amount: money(line.gross_amount, currency),
        })}
      </p>
      {others.length > 0 && (
        <>
          <h3 className="why-others">{t("why.others")}</h3>
          <ul>
            {others.map((one) => (
              <li key={`${one.list} ${one.from} ${one.unit}`} className="why-other">
                <span>
                  {t("why.other", {
                    level: level(one),
                    list: one.list,
                    price: unitPrice(one.price, currency),
                    unit: one.unit,
                  })}
                </span>
                <span className="why-reason">{t(`why.reason.${one.reason}`)}</span>
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}
