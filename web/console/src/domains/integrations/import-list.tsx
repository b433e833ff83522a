import { number } from "@shared/money";
import { Link, useNavigate } from "@tanstack/react-router";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { getListImportsQueryKey, listImports } from "@/gen/imports/imports";
import type { ImportEntityOut, ImportOut } from "@/gen/model";
import { type Column, DataTable } from "@/ui/data-table";
import { FilterBar } from "@/ui/filter-bar";
import { StateTag } from "@/ui/state-tag";
import { one, useFilters } from "@/ui/use-filters";
import { useFormat } from "@/ui/use-format";
import { usePages } from "@/ui/use-pages";
import { STATE_TONES, useEntityTitle, useTitle } from "./import-words";

function Summary({ of: row }: { of: ImportOut }) {
  const { t } = useTranslation("imports");
  const totals = row.result ?? row.checked;
  if (!totals) return null;
  return (
    <span className="figures">
      {t("summary", {
        inserted: number(totals.inserted),
        updated: number(totals.updated),
        unchanged: number(totals.unchanged),
        failed: number(totals.failed),
      })}
    </span>
  );
}

/** What was imported, the newest first. */
export function ImportList({ entities }: { entities: readonly ImportEntityOut[] }) {
  const { t } = useTranslation("imports");
  const format = useFormat();
  const navigate = useNavigate();
  const entityTitle = useEntityTitle();
  const title = useTitle();
  const [filters] = useFilters();
  const entity = one(filters.entity);
  const pages = usePages(getListImportsQueryKey({ entity }), (cursor, signal) =>
    listImports({ entity, cursor }, signal),
  );
  const columns = useMemo<Column<ImportOut>[]>(
    () => [
      {
        key: "file",
        title: t("field.file"),
        width: 240,
        render: (row) => (
          <Link to="/imports/$importId" params={{ importId: row.id }} className="cell-main cell-clip">
            {row.file_name}
          </Link>
        ),
      },
      { key: "entity", title: t("field.entity"), width: 110, render: (row) => entityTitle(row) },
      {
        key: "state",
        title: t("field.state"),
        width: 110,
        render: (row) => <StateTag tone={STATE_TONES[row.state]}>{t(`state.${row.state}`)}</StateTag>,
      },
      { key: "result", title: t("field.result"), width: 370, render: (row) => <Summary of={row} /> },
      {
        key: "created",
        title: t("field.created_at"),
        width: 136,
        numeric: true,
        render: (row) => format.instant(row.created_at),
      },
    ],
    [t, format, entityTitle],
  );
  const options = entities.map((known) => ({ value: known.name, label: title(known) }));
  return (
    <>
      <FilterBar fields={[{ kind: "choice", name: "entity", placeholder: t("field.entity"), options }]} />
      <DataTable
        label={t("title")}
        columns={columns}
        pages={pages}
        rowKey={(row) => row.id}
        empty={t("empty")}
        onOpen={(row) => void navigate({ to: "/imports/$importId", params: { importId: row.id } })}
        card={(row) => (
          <>
            <div className="phone-row">
              <span className="cell-main cell-clip">{row.file_name}</span>
              <StateTag tone={STATE_TONES[row.state]}>{t(`state.${row.state}`)}</StateTag>
            </div>
            <div className="quiet">{entityTitle(row)}</div>
            <Summary of={row} />
          </>
        )}
      />
    </>
  );
}
