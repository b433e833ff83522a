import { money } from "@shared/money";
import { Link } from "@tanstack/react-router";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { WaitingOut } from "@/gen/model";
import type { Column } from "@/ui/data-table";
import { StateTag } from "@/ui/state-tag";
import { useFormat } from "@/ui/use-format";
import { UrgencyCell } from "./urgency";

/** What of an order can leave, what lacks, what is not approved. */
export function Readiness({ of: row }: { of: WaitingOut }) {
  const { t } = useTranslation("fulfilment");
  return (
    <span className="tag-row">
      {row.steps_open.length > 0 && <StateTag tone="wait">{t("ready.steps")}</StateTag>}
      {row.steps_open.length === 0 && row.lines_ready > 0 && (
        <StateTag tone="good">{t("ready.ready", { count: row.lines_ready })}</StateTag>
      )}
      {row.lines_short > 0 && <StateTag tone="bad">{t("ready.short", { count: row.lines_short })}</StateTag>}
      {row.lines_expired > 0 && (
        <StateTag tone="bad">{t("ready.expired", { count: row.lines_expired })}</StateTag>
      )}
      {row.lines_shipped > 0 && (
        <StateTag tone="note">{t("ready.shipped", { count: row.lines_shipped })}</StateTag>
      )}
    </span>
  );
}

const placesOf = (row: WaitingOut, unnamed: string): string =>
  row.places.map((place) => place.warehouse_name || unnamed).join(" · ") || "–";

export function useWaitingColumns(): Column<WaitingOut>[] {
  const { t } = useTranslation("fulfilment");
  const format = useFormat();
  return useMemo(
    () => [
      {
        key: "number",
        title: t("waiting.order"),
        width: 180,
        render: (row) => (
          <Link to="/orders/$orderId" params={{ orderId: row.id }} className="cell-main figures nowrap">
            {row.number}
          </Link>
        ),
      },
      {
        key: "urgency",
        title: t("waiting.urgency"),
        width: 190,
        render: (row) => (
          <UrgencyCell urgency={row.urgency} wanted={row.wanted_date} days={row.waiting_days} />
        ),
      },
      {
        key: "buyer",
        title: t("waiting.buyer"),
        width: 240,
        render: (row) => (
          <span className="cell-clip" title={row.buyer_name}>
            {row.buyer_name}
          </span>
        ),
      },
      { key: "ready", title: t("waiting.ready"), width: 260, render: (row) => <Readiness of={row} /> },
      {
        key: "places",
        title: t("waiting.places"),
        width: 160,
        render: (row) => <span className="cell-clip">{placesOf(row, t("place.unnamed"))}</span>,
      },
      {
        key: "amount",
        title: t("waiting.amount"),
        width: 120,
        numeric: true,
        render: (row) => money(row.gross_amount, row.currency),
      },
      {
        key: "submitted",
        title: t("waiting.submitted"),
        width: 140,
        numeric: true,
        render: (row) => format.instant(row.submitted_at),
      },
      {
        key: "note",
        title: t("waiting.note"),
        width: 180,
        render: (row) => <span className="cell-clip">{row.buyer_note}</span>,
      },
    ],
    [t, format],
  );
}

export function WaitingCard({ of: row }: { of: WaitingOut }) {
  const { t } = useTranslation("fulfilment");
  return (
    <>
      <div className="phone-row">
        <Link to="/orders/$orderId" params={{ orderId: row.id }} className="cell-main figures">
          {row.number}
        </Link>
      </div>
      <div>{row.buyer_name}</div>
      <div className="quiet">{placesOf(row, t("place.unnamed"))}</div>
      <UrgencyCell urgency={row.urgency} wanted={row.wanted_date} days={row.waiting_days} />
      <Readiness of={row} />
    </>
  );
}
