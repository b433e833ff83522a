import { number, UNKNOWN, unitPrice } from "@shared/money";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { ChangeKind, ChangeOut, PriceListPageOut, SideOut } from "@/gen/model";
import { getListPriceChangesQueryKey, listPriceChanges, useDiffPriceList } from "@/gen/prices/prices";
import { usePreferences } from "@/theme/preferences";
import { type Column, DataTable } from "@/ui/data-table";
import { FilterBar } from "@/ui/filter-bar";
import { Card } from "@/ui/page";
import { Refusal } from "@/ui/refusal";
import { StateTag, type Tone } from "@/ui/state-tag";
import { one, useFilters } from "@/ui/use-filters";
import { usePages } from "@/ui/use-pages";
import { Consequences } from "./consequences";

const KINDS = ["raised", "lowered", "added", "removed", "terms"] as const satisfies readonly ChangeKind[];
const TONES: Record<ChangeKind, Tone> = {
  raised: "wait",
  lowered: "note",
  added: "good",
  removed: "bad",
  terms: "idle",
};

/** A change in percent with its sign and the reader's color for a rise. */
export function PercentChange({ of: percent }: { of: string | null }) {
  const { riseIsRed } = usePreferences();
  if (percent === null) return UNKNOWN;
  const isDown = percent.startsWith("-");
  return (
    <span className={isDown === riseIsRed ? "rise-green" : "rise-red"}>
      <span aria-hidden>{isDown ? "▼" : "▲"}</span> {!isDown && "+"}
      {number(percent, 2)}%
    </span>
  );
}

function Side({ of: side, currency }: { of: SideOut | null; currency: string }) {
  const { t } = useTranslation("prices");
  if (!side) return UNKNOWN;
  return (
    <span className="cell-two">
      <span>{unitPrice(side.unit_price, currency)}</span>
      {side.breaks.length > 0 && (
        <span className="quiet">
          {side.breaks
            .map((step) =>
              t("row.break", {
                from: number(step.from_quantity),
                price: unitPrice(step.unit_price, currency),
              }),
            )
            .join("；")}
        </span>
      )}
      {side.floor_price && (
        <span className="quiet">{t("row.floor_at", { price: unitPrice(side.floor_price, currency) })}</span>
      )}
    </span>
  );
}

function useColumns(currency: string): Column<ChangeOut>[] {
  const { t } = useTranslation("prices");
  return useMemo(
    () => [
      {
        key: "goods",
        title: t("row.sku"),
        width: 260,
        render: (row) => (
          <span className="cell-two">
            <span className="cell-main">{row.sku_name}</span>
            <span className="quiet figures">
              {row.sku_code} · {row.unit}
            </span>
          </span>
        ),
      },
      {
        key: "kind",
        title: t("diff.kind"),
        width: 110,
        render: (row) => <StateTag tone={TONES[row.kind]}>{t(`diff.kind_name.${row.kind}`)}</StateTag>,
      },
      {
        key: "before",
        title: t("diff.before"),
        width: 200,
        numeric: true,
        render: (row) => <Side of={row.before} currency={currency} />,
      },
      {
        key: "after",
        title: t("diff.after"),
        width: 200,
        numeric: true,
        render: (row) => <Side of={row.after} currency={currency} />,
      },
      {
        key: "percent",
        title: t("diff.percent"),
        width: 110,
        numeric: true,
        render: (row) => <PercentChange of={row.percent} />,
      },
    ],
    [t, currency],
  );
}

function Summary({ of: version }: { of: PriceListPageOut }) {
  const { t } = useTranslation("prices");
  const { data, error } = useDiffPriceList(version.id, undefined, { query: { staleTime: 0 } });
  if (error) return <Refusal of={error} />;
  if (!data) return null;
  // After the summary the server says what changed of the head, then single rows, which the table shows.
  const heads = data.words.slice(1, 9).filter((line) => line.includes(" → ") && !line.includes("%"));
  return (
    <Card title={t("diff.title")}>
      <p>{data.words[0] ?? t("diff.none")}</p>
      <ul className="words">
        {heads.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </Card>
  );
}

/** Everything that a version changes against the one before it, and what that means for buyers. */
export function VersionDiff({ of: version }: { of: PriceListPageOut }) {
  const { t } = useTranslation("prices");
  const [filters] = useFilters();
  const params = {
    kind: KINDS.find((kind) => kind === one(filters.kind)),
    text: one(filters.text) || undefined,
  };
  const pages = usePages(getListPriceChangesQueryKey(version.id, params), (cursor, signal) =>
    listPriceChanges(version.id, { ...params, cursor }, signal),
  );
  const columns = useColumns(version.currency);
  return (
    <div className="stack">
      <div className="two-columns">
        <Summary of={version} />
        <Card title={t("weigh.title")}>
          <Consequences of={version} />
        </Card>
      </div>
      <FilterBar
        fields={[
          { kind: "text", name: "text", placeholder: t("sheet.search") },
          {
            kind: "choice",
            name: "kind",
            placeholder: t("diff.kind"),
            options: KINDS.map((value) => ({ value, label: t(`diff.kind_name.${value}`) })),
          },
        ]}
      />
      <DataTable
        label={t("diff.title")}
        columns={columns}
        pages={pages}
        rowKey={(row) => `${row.sku_id} ${row.unit}`}
        empty={t("diff.none")}
        card={(row) => (
          <>
            <div className="phone-row">
              <span>{row.sku_name}</span>
              <StateTag tone={TONES[row.kind]}>{t(`diff.kind_name.${row.kind}`)}</StateTag>
            </div>
            <div className="phone-row figures">
              <span>
                {unitPrice(row.before?.unit_price ?? null, version.currency)} →{" "}
                {unitPrice(row.after?.unit_price ?? null, version.currency)} / {row.unit}
              </span>
              <PercentChange of={row.percent} />
            </div>
          </>
        )}
      />
    </div>
  );
}
