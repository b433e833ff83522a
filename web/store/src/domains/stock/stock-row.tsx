import { compare, isZero } from "@shared/decimal";
import { memo } from "react";
import { useTranslation } from "react-i18next";
import type { StockOut } from "@/gen/model";
import { open } from "@/navigation";
import { Tap } from "@/ui/tap";
import { useFormat } from "@/ui/use-format";
import { coverOf, markOf } from "./shelf";
import "./stock-row.scss";

function Marks({ of: row }: { of: StockOut }) {
  const { t } = useTranslation("store-stock");
  const mark = markOf(row);
  const cover = coverOf(row);
  return (
    <>
      {row.is_negative && <span className="mark-bad">{t("row.negative")}</span>}
      {(mark === "low" || mark === "out") && <span className="mark-bad">{t(`row.${mark}`)}</span>}
      {mark === "dead" && <span className="mark-warn">{t("row.dead")}</span>}
      {cover === "over" && <span>{t("row.over_year")}</span>}
      {typeof cover === "number" && <span>{t("row.cover", { days: cover })}</span>}
    </>
  );
}

/** One of my goods: how much, for how long, and what needs somebody. A lot says when it ends. */
export const StockRow = memo(function StockRow({ of: row }: { of: StockOut }) {
  const { t } = useTranslation("store-stock");
  const format = useFormat();
  const isLot = row.expires_on !== null && row.lot !== "";
  const isOver = isLot && (row.expires_on ?? "") < format.today();
  return (
    <Tap className="stock-row" onClick={() => void open("stockCard", { sku: String(row.sku_id) })}>
      <span className="stock-row-head">
        <span className="stock-row-name">{row.sku_name}</span>
        <span className="stock-row-quantity">{row.on_hand_text}</span>
      </span>
      <span className="stock-row-more">
        {isLot ? (
          <span className={isOver ? "mark-bad" : "mark-warn"}>
            {isOver ? t("row.expired") : t("row.expires", { day: format.day(row.expires_on) })}
          </span>
        ) : (
          <Marks of={row} />
        )}
        {row.available !== null && compare(row.available, row.on_hand) !== 0 && (
          <span>{t("row.available", { quantity: row.available_text })}</span>
        )}
        {!isZero(row.in_transit) && <span>{t("row.transit", { quantity: row.in_transit_text })}</span>}
      </span>
    </Tap>
  );
});
