import { money, number } from "@shared/money";
import { useNavigate } from "@tanstack/react-router";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import type { PartnerFiguresOut, PartnerOut } from "@/gen/model";
import { getListPartnersQueryKey, listPartners, usePartnerTotals } from "@/gen/partners/partners";
import { ColumnChoice, useColumnChoice } from "@/ui/column-choice";
import { DataTable } from "@/ui/data-table";
import { Change } from "@/ui/figure";
import { FilterBar } from "@/ui/filter-bar";
import { SavedViews, type View } from "@/ui/saved-views";
import { useFilters } from "@/ui/use-filters";
import { useFormat } from "@/ui/use-format";
import { usePages } from "@/ui/use-pages";
import { HIDDEN_AT_FIRST, PartnerLink, regionOf, usePartnerColumns } from "./columns";
import { paramsOf } from "./filters";
import { PartnerBulk } from "./partner-bulk";
import { PartnerStateTag } from "./states";
import { usePartnerFields } from "./use-fields";
import { useFigures } from "./use-figures";

/** How many partners the filters let through, in words. */
export function PartnerTotals() {
  const { t } = useTranslation("partners");
  const [filters] = useFilters();
  const { today } = useFormat();
  const { data } = usePartnerTotals(paramsOf(filters, today()));
  return data ? t("list.count", { count: data.total, partners: number(data.total) }) : null;
}

function Card({ of: row, figures }: { of: PartnerOut; figures?: PartnerFiguresOut }) {
  const { t } = useTranslation("partners");
  return (
    <>
      <div className="phone-row">
        <PartnerLink of={row} />
        <PartnerStateTag of={row.status} />
      </div>
      <div className="quiet">{[row.code, row.tier, regionOf(row)].filter(Boolean).join(" · ")}</div>
      {figures && (
        <div className="phone-row figures">
          <span>
            {t("figure.sales")} {money(figures.net_sales, "CNY")}
          </span>
          {figures.net_sales_growth && (
            <Change of={{ label: t("figure.year"), growth: figures.net_sales_growth }} />
          )}
        </div>
      )}
    </>
  );
}

/** Every partner the reader may see, by pinyin, with what it is about at one glance. */
export function PartnerList({ organizationId, views }: { organizationId: number; views?: View[] }) {
  const { t } = useTranslation("partners");
  const [filters] = useFilters();
  const navigate = useNavigate();
  const { today } = useFormat();
  const [chosen, setChosen] = useState<(string | number)[]>([]);
  const params = paramsOf(filters, today());
  const pages = usePages(getListPartnersQueryKey(params), (cursor, signal) =>
    listPartners({ ...params, cursor }, signal),
  );
  const ids = useMemo(() => pages.rows.map((row) => row.id), [pages.rows]);
  const figures = useFigures(ids);
  const columns = usePartnerColumns(figures);
  const choice = useColumnChoice("partners", columns, HIDDEN_AT_FIRST);
  const fields = usePartnerFields(organizationId);
  const tools = <ColumnChoice columns={columns} choice={choice} />;
  const mayChange = pages.rows.some((row) => row.allowed_actions.length > 0);
  return (
    <>
      {views && <SavedViews page="partners" views={views} extra={tools} />}
      <FilterBar fields={fields} />
      {!views && <div className="list-tools">{tools}</div>}
      <DataTable
        label={t("list.title")}
        columns={choice.shown}
        pages={pages}
        rowKey={(row) => row.id}
        empty={t("list.empty")}
        selection={
          mayChange
            ? {
                keys: chosen,
                onChange: setChosen,
                nameOf: (row) => row.name,
                isFixed: (row) => row.allowed_actions.length === 0,
                bar: (rows) => <PartnerBulk rows={rows} onDone={() => setChosen([])} />,
              }
            : undefined
        }
        onOpen={(row) => void navigate({ to: "/partners/$partnerId", params: { partnerId: String(row.id) } })}
        card={(row) => <Card of={row} figures={figures?.get(row.id)} />}
      />
    </>
  );
}
