import { money, number, UNKNOWN, unitPrice } from "@shared/money";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Button, Drawer, InputNumber } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { CandidateOut, ShownPriceOut } from "@/gen/model";
import { explainPrice, previewPrices } from "@/gen/prices/prices";
import { FormField } from "@/ui/form-field";
import { Refusal } from "@/ui/refusal";
import { StateTag } from "@/ui/state-tag";
import { TraceDrawer } from "@/ui/trace-drawer";
import { useFormat } from "@/ui/use-format";

const REASONS = [
  "WON",
  "NOT_IN_AUDIENCE",
  "NOT_YET_VALID",
  "EXPIRED",
  "OTHER_PROJECT",
  "BREAK_NOT_REACHED",
  "LOWER_LEVEL",
  "LOWER_PRIORITY",
  "WIDER_SCOPE",
  "OLDER",
  "PUBLISHED_EARLIER",
] as const;

/** Every list that knows the goods, other buyers' too, with what became of it: for brand staff. */
function Candidates({ rows, currency }: { rows: readonly CandidateOut[]; currency: string }) {
  const { t } = useTranslation("prices");
  const format = useFormat();
  return (
    <section>
      <h3>{t("page.candidates")}</h3>
      <ol className="trace-list">
        {rows.map((row) => {
          const reason = REASONS.find((name) => name === row.reason);
          const isWinner = row.reason === "WON";
          return (
            <li key={row.version_id} className={isWinner ? "trace-winner" : "trace-loser"}>
              <div className="trace-line">
                <Link to="/price-lists/$versionId" params={{ versionId: row.version_id }}>
                  {row.list_code}
                </Link>
                <span className="quiet">{t(`level_name.${row.level}`)}</span>
                <span className="figures trace-price">
                  {unitPrice(row.price ?? row.unit_price, currency)} / {row.unit}
                </span>
              </div>
              <div className="trace-line">
                <StateTag tone={isWinner ? "good" : "idle"}>
                  {reason ? t(`reason.${reason}`) : row.reason}
                </StateTag>
                <span className="quiet figures">
                  {t(row.valid_to ? "trace.valid" : "trace.valid_open", {
                    from: format.day(row.valid_from),
                    to: format.day(row.valid_to),
                  })}
                  {row.floor_price &&
                    ` · ${t("trace.floor", { price: unitPrice(row.floor_price, currency) })}`}
                </span>
              </div>
            </li>
          );
        })}
      </ol>
    </section>
  );
}

interface PriceAnswerProps {
  goods: ShownPriceOut;
  buyerId: number | undefined;
  on: string | undefined;
  isStaff: boolean;
  onClose: () => void;
}

/** Why this price: for so many of a unit on a day, what decided and what lost. */
export function PriceAnswer({ goods, buyerId, on, isStaff, onClose }: PriceAnswerProps) {
  const { t } = useTranslation("prices");
  const [quantity, setQuantity] = useState("1");
  const [isTraced, setIsTraced] = useState(false);
  const question = {
    buyer_id: buyerId ?? null,
    on: on ?? null,
    lines: [{ sku_id: goods.sku_id, unit: goods.unit, quantity }],
  };
  const preview = useQuery({
    queryKey: ["/api/v1/prices/preview", question],
    queryFn: ({ signal }) => previewPrices(question, signal),
  });
  const asked = { buyer_id: buyerId ?? 0, on: on ?? null, sku_id: goods.sku_id, unit: goods.unit, quantity };
  const explained = useQuery({
    queryKey: ["/api/v1/prices/explain", asked],
    queryFn: ({ signal }) => explainPrice(asked, signal),
    enabled: isStaff && buyerId !== undefined,
  });
  const line = preview.data?.lines[0];
  return (
    <Drawer open onClose={onClose} size={480} title={t("trace.title", { name: goods.sku_name })}>
      <div className="stack">
        <FormField label={t("page.quantity")}>
          <InputNumber<string>
            stringMode
            min="0.000001"
            suffix={goods.unit}
            value={quantity}
            onChange={(next) => next && setQuantity(next)}
          />
        </FormField>
        <Refusal of={preview.error ?? explained.error} />
        {line && !line.orderable && <p className="needed">{t("page.none")}</p>}
        {line?.orderable && (
          <>
            <div>
              <div className="price-answer figures">
                {t("page.answer", { unit: line.unit, price: unitPrice(line.unit_price, goods.currency) })}
              </div>
              <div className="figures">
                {t("page.sum", { quantity: number(quantity), unit: line.unit })}{" "}
                <strong>{money(line.gross_amount, goods.currency)}</strong>{" "}
                <span className="quiet">
                  {t("page.net", {
                    net: money(line.net_amount, goods.currency),
                    tax: money(line.tax_amount, goods.currency),
                  })}
                </span>
              </div>
            </div>
            <ul className="words">
              {line.words.map((sentence) => (
                <li key={sentence}>{sentence}</li>
              ))}
            </ul>
            <Button onClick={() => setIsTraced(true)}>{t("trace.open")}</Button>
            <TraceDrawer
              isOpen={isTraced}
              title={goods.sku_name || UNKNOWN}
              trace={line.trace}
              onClose={() => setIsTraced(false)}
            />
          </>
        )}
        {explained.data && <Candidates rows={explained.data} currency={goods.currency} />}
      </div>
    </Drawer>
  );
}
