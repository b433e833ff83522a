import { money, number } from "@shared/money";
import { Link } from "@tanstack/react-router";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { PartnerFiguresOut, PartnerOut } from "@/gen/model";
import { useCustomColumns } from "@/ui/custom-values";
import type { Column } from "@/ui/data-table";
import { Change } from "@/ui/figure";
import { useFormat } from "@/ui/use-format";
import { type PARTNER_KINDS, PartnerStateTag } from "./states";

export const regionOf = (row: Pick<PartnerOut, "province" | "city" | "district">): string =>
  [row.province, row.city, row.district].filter(Boolean).join(" ");

const CURRENCY = "CNY";

/** Columns a first look does not need. */
export const HIDDEN_AT_FIRST = ["code", "tags", "channel", "balance", "phone", "uscc"];

export function PartnerLink({ of: row }: { of: Pick<PartnerOut, "id" | "name"> }) {
  return (
    <Link
      to="/partners/$partnerId"
      params={{ partnerId: String(row.id) }}
      className="cell-main cell-clip"
      title={row.name}
    >
      {row.name}
    </Link>
  );
}

function useMasterColumns(): Column<PartnerOut>[] {
  const { t } = useTranslation(["partners", "access"]);
  return useMemo(
    () => [
      {
        key: "name",
        title: t("field.name"),
        width: 260,
        render: (row) => (
          <span className="cell-two">
            <PartnerLink of={row} />
            <span className="quiet">
              <span className="figures">{row.code}</span> ·{" "}
              {t(`access:kind.${row.kind as (typeof PARTNER_KINDS)[number]}`)}
            </span>
          </span>
        ),
      },
      {
        key: "status",
        title: t("field.status"),
        width: 100,
        render: (row) => <PartnerStateTag of={row.status} />,
      },
      { key: "tier", title: t("field.tier"), width: 70, render: (row) => row.tier },
    ],
    [t],
  );
}

function useFigureColumns(figures: Map<number, PartnerFiguresOut> | null): Column<PartnerOut>[] {
  const { t } = useTranslation("partners");
  const format = useFormat();
  return useMemo(() => {
    const cell = (row: PartnerOut) => figures?.get(row.id);
    const figure = (
      key: string,
      title: string,
      width: number,
      say: (one: PartnerFiguresOut) => React.ReactNode,
    ): Column<PartnerOut> => ({
      key,
      title,
      width,
      numeric: true,
      render: (row) => {
        const one = cell(row);
        if (one) return say(one);
        return figures ? (
          "–"
        ) : (
          <span className="figure-waiting" role="status" aria-label={t("figure.waiting")} />
        );
      },
    });
    return [
      figure("sales", t("figure.sales"), 150, (one) => (
        <span className="cell-two">
          <span>{money(one.net_sales, CURRENCY)}</span>
          {one.net_sales_growth && <Change of={{ label: t("figure.year"), growth: one.net_sales_growth }} />}
        </span>
      )),
      figure("open", t("figure.open_orders"), 104, (one) =>
        one.open_orders ? (
          <Link to="/orders" search={{ buyer: String(one.partner_id) } as never}>
            {number(one.open_orders)}
          </Link>
        ) : (
          number(one.open_orders)
        ),
      ),
      figure("available", t("figure.available"), 148, (one) =>
        money(one.available, one.currency ?? CURRENCY),
      ),
      figure("balance", t("figure.balance"), 130, (one) => money(one.balance, one.currency ?? CURRENCY)),
      figure("ordered", t("figure.latest_order"), 110, (one) => format.day(one.latest_order_on)),
      figure("cover", t("figure.cover"), 100, (one) =>
        one.days_of_cover === null ? "–" : t("figure.days", { days: number(one.days_of_cover, 0) }),
      ),
    ];
  }, [t, format, figures]);
}

function useOtherColumns(): Column<PartnerOut>[] {
  const { t } = useTranslation("partners");
  return useMemo(() => {
    const text = (key: string, title: string, width: number, say: (row: PartnerOut) => string) => ({
      key,
      title,
      width,
      render: (row: PartnerOut) => (
        <span className="cell-clip" title={say(row)}>
          {say(row)}
        </span>
      ),
    });
    return [
      text("region", t("field.region"), 190, regionOf),
      text("parent", t("field.parent"), 200, (row) => row.parent_name),
      text("tags", t("field.tags"), 160, (row) => row.tags.join(" · ")),
      text("channel", t("field.channel"), 100, (row) => row.channel),
      text("uscc", t("field.uscc"), 190, (row) => row.uscc),
      text("phone", t("field.phone"), 140, (row) => row.phone),
    ];
  }, [t]);
}

/** Who it is, how it does, where it is. */
export function usePartnerColumns(figures: Map<number, PartnerFiguresOut> | null): Column<PartnerOut>[] {
  const master = useMasterColumns();
  const told = useFigureColumns(figures);
  const others = useOtherColumns();
  const own = useCustomColumns<PartnerOut>("partner");
  return useMemo(() => [...master, ...told, ...others, ...own], [master, told, others, own]);
}
