import { number } from "@shared/money";
import { Link, useNavigate } from "@tanstack/react-router";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { ListPriceListsParams, PriceListOut } from "@/gen/model";
import { getListPriceListsQueryKey, listPriceLists } from "@/gen/prices/prices";
import { type Column, DataTable } from "@/ui/data-table";
import { type Field, FilterBar } from "@/ui/filter-bar";
import { one, useFilters } from "@/ui/use-filters";
import { businessDayOf, useFormat } from "@/ui/use-format";
import { usePages } from "@/ui/use-pages";
import { VERSION_STATES, VersionStateTag } from "./states";

interface Validity {
  valid_from: string;
  valid_to: string | null;
  /** When another version took its place, or somebody ended it. */
  ended_at?: string | null;
}

/** How long a version is promised, or was in force, in words. */
export function useValidity(): (version: Validity) => string {
  const { t } = useTranslation("prices");
  const format = useFormat();
  return useMemo(
    () =>
      ({ valid_from, valid_to, ended_at }) => {
        const from = format.day(valid_from);
        const ended = ended_at ? businessDayOf(ended_at) : null;
        if (ended && ended < valid_from) return t("validity.never", { from, to: format.day(ended) });
        if (ended && !(valid_to && valid_to <= ended))
          return t("validity.ended", { from, to: format.day(ended) });
        return valid_to
          ? t("validity.closed", { from, to: format.day(valid_to) })
          : t("validity.open", { from });
      },
    [t, format],
  );
}

function useColumns(): Column<PriceListOut>[] {
  const { t } = useTranslation("prices");
  const validity = useValidity();
  return useMemo(
    () => [
      {
        key: "name",
        title: t("field.name"),
        width: 240,
        render: (row) => (
          <span className="cell-two">
            <Link to="/price-lists/$versionId" params={{ versionId: row.id }} className="cell-main">
              {row.name}
            </Link>
            <span className="quiet figures">
              {row.code} · {t("field.version_no", { no: row.version_no })}
            </span>
          </span>
        ),
      },
      {
        key: "state",
        title: t("field.state"),
        width: 108,
        render: (row) => <VersionStateTag of={row.state} />,
      },
      { key: "level", title: t("field.level"), width: 152, render: (row) => t(`level_name.${row.level}`) },
      { key: "validity", title: t("field.validity"), width: 196, render: validity },
      {
        key: "width",
        title: t("field.width"),
        width: 160,
        // Counted when it was published; a draft says whom it means.
        render: (row) =>
          row.width === null
            ? row.audience_words
            : t("audience.count", { count: row.width, partners: number(row.width) }),
      },
      {
        key: "priority",
        title: t("field.priority"),
        width: 76,
        numeric: true,
        render: (row) => row.priority,
      },
      { key: "currency", title: t("field.currency"), width: 76, render: (row) => row.currency },
    ],
    [t, validity],
  );
}

/** Versions of price lists, the newest first. */
export function PriceListTable() {
  const { t } = useTranslation("prices");
  const navigate = useNavigate();
  const [filters] = useFilters();
  const validity = useValidity();
  const params: ListPriceListsParams = {
    text: one(filters.text) || undefined,
    state: VERSION_STATES.find((state) => state === one(filters.state)),
    on: one(filters.on) || undefined,
  };
  const pages = usePages(getListPriceListsQueryKey(params), (cursor, signal) =>
    listPriceLists({ ...params, cursor }, signal),
  );
  const columns = useColumns();
  const fields: Field[] = [
    { kind: "text", name: "text", placeholder: t("list.search") },
    {
      kind: "choice",
      name: "state",
      placeholder: t("field.state"),
      options: VERSION_STATES.map((value) => ({ value, label: t(`state.${value}`) })),
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
        onOpen={(row) => void navigate({ to: "/price-lists/$versionId", params: { versionId: row.id } })}
        card={(row) => (
          <>
            <div className="phone-row">
              <Link to="/price-lists/$versionId" params={{ versionId: row.id }} className="cell-main">
                {row.name}
              </Link>
              <VersionStateTag of={row.state} />
            </div>
            <div className="quiet">
              {t(`level_name.${row.level}`)} · {validity(row)}
            </div>
          </>
        )}
      />
    </>
  );
}
