import { number } from "@shared/money";
import { Link, useNavigate } from "@tanstack/react-router";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { ListPartnersParams, PartnerOut } from "@/gen/model";
import { getListPartnersQueryKey, listPartners, usePartnerTotals } from "@/gen/partners/partners";
import { type Column, DataTable } from "@/ui/data-table";
import { type Field, FilterBar } from "@/ui/filter-bar";
import { type Filters, one, useFilters } from "@/ui/use-filters";
import { usePages } from "@/ui/use-pages";
import { PARTNER_KINDS, PARTNER_STATES, PartnerStateTag } from "./states";

function paramsOf(filters: Filters): ListPartnersParams {
  const under = Number.parseInt(one(filters.under), 10);
  return {
    text: one(filters.text) || undefined,
    kind: PARTNER_KINDS.find((kind) => kind === one(filters.kind)),
    status: PARTNER_STATES.find((status) => status === one(filters.status)),
    tier: one(filters.tier) || undefined,
    province: one(filters.province) || undefined,
    under_id: Number.isNaN(under) ? undefined : under,
  };
}

/** How many partners the filters let through, in words. */
export function PartnerTotals() {
  const { t } = useTranslation("partners");
  const [filters] = useFilters();
  const { data } = usePartnerTotals(paramsOf(filters));
  return data ? t("list.count", { count: data.total, partners: number(data.total) }) : null;
}

const regionOf = (row: PartnerOut): string =>
  [row.province, row.city, row.district].filter(Boolean).join(" ");

function useColumns(): Column<PartnerOut>[] {
  const { t } = useTranslation(["partners", "access"]);
  return useMemo(
    () => [
      {
        key: "name",
        title: t("field.name"),
        width: 300,
        render: (row) => (
          <Link
            to="/partners/$partnerId"
            params={{ partnerId: String(row.id) }}
            className="cell-main cell-clip"
            title={row.name}
          >
            {row.name}
          </Link>
        ),
      },
      {
        key: "code",
        title: t("field.code"),
        width: 120,
        render: (row) => <span className="figures">{row.code}</span>,
      },
      {
        key: "status",
        title: t("field.status"),
        width: 100,
        render: (row) => <PartnerStateTag of={row.status} />,
      },
      {
        key: "kind",
        title: t("field.kind"),
        width: 110,
        render: (row) => t(`access:kind.${row.kind as (typeof PARTNER_KINDS)[number]}`),
      },
      { key: "tier", title: t("field.tier"), width: 70, render: (row) => row.tier },
      { key: "region", title: t("field.region"), width: 200, render: (row) => regionOf(row) },
      {
        key: "parent",
        title: t("field.parent"),
        width: 220,
        render: (row) => (
          <span className="cell-clip" title={row.parent_name}>
            {row.parent_name}
          </span>
        ),
      },
    ],
    [t],
  );
}

/** Every partner the reader may see, by pinyin. */
export function PartnerList() {
  const { t } = useTranslation(["partners", "access"]);
  const [filters] = useFilters();
  const navigate = useNavigate();
  const params = paramsOf(filters);
  const { data: totals } = usePartnerTotals({});
  const pages = usePages(getListPartnersQueryKey(params), (cursor, signal) =>
    listPartners({ ...params, cursor }, signal),
  );
  const columns = useColumns();
  const tiers = Object.keys(totals?.by_tier ?? {})
    .filter(Boolean)
    .sort();
  const fields: Field[] = [
    { kind: "text", name: "text", placeholder: t("list.search") },
    {
      kind: "choice",
      name: "kind",
      placeholder: t("field.kind"),
      options: PARTNER_KINDS.map((value) => ({ value, label: t(`access:kind.${value}`) })),
    },
    {
      kind: "choice",
      name: "status",
      placeholder: t("field.status"),
      options: PARTNER_STATES.map((value) => ({ value, label: t(`state.${value}`) })),
    },
    {
      kind: "choice",
      name: "tier",
      placeholder: t("field.tier"),
      options: tiers.map((value) => ({ value, label: value })),
    },
  ];
  return (
    <>
      <FilterBar fields={fields} />
      <DataTable
        label={t("list.title")}
        columns={columns}
        pages={pages}
        rowKey={(row) => row.id}
        empty={t("list.empty")}
        onOpen={(row) => void navigate({ to: "/partners/$partnerId", params: { partnerId: String(row.id) } })}
        card={(row) => (
          <>
            <div className="phone-row">
              <Link to="/partners/$partnerId" params={{ partnerId: String(row.id) }} className="cell-main">
                {row.name}
              </Link>
              <PartnerStateTag of={row.status} />
            </div>
            <div className="quiet">{[row.code, row.tier, regionOf(row)].filter(Boolean).join(" · ")}</div>
          </>
        )}
      />
    </>
  );
}
