import { compare, isZero } from "@shared/decimal";
import { money } from "@shared/money";
import { Checkbox } from "antd";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import type { PartnerBalanceOut } from "@/gen/model";
import { getListBalancesQueryKey, listBalances } from "@/gen/money/money";
import { type Column, DataTable } from "@/ui/data-table";
import { Nought } from "@/ui/nought";
import { PartnerField } from "@/ui/partner-field";
import { type Filters, one, useFilters } from "@/ui/use-filters";
import { usePages } from "@/ui/use-pages";
import { StatementDrawer } from "./statement-drawer";

/** Where nothing is the rule, so that what is there is seen. */
const QUIET: ReadonlySet<string> = new Set(["overdue", "held"]);

const isLate = (row: PartnerBalanceOut): boolean => compare(row.overdue, "0") > 0;

function useColumns(): Column<PartnerBalanceOut>[] {
  const { t } = useTranslation("money");
  return useMemo(() => {
    const amount = (
      key: "balance" | "overdue" | "held" | "limit" | "available",
    ): Column<PartnerBalanceOut> => ({
      key,
      title: t(`field.${key}`),
      width: 128,
      numeric: true,
      render: (row) => {
        const text = money(row[key], row.currency);
        if (key === "available") return <strong>{text}</strong>;
        if (QUIET.has(key) && isZero(row[key])) return <Nought text={text} />;
        return <span className={key === "overdue" && isLate(row) ? "work-late" : undefined}>{text}</span>;
      },
    });
    return [
      {
        key: "buyer",
        title: t("field.buyer"),
        width: 206,
        render: (row) => <span className="cell-main cell-clip">{row.buyer_name}</span>,
      },
      {
        key: "seller",
        title: t("field.seller"),
        width: 168,
        render: (row) => <span className="cell-clip">{row.seller_name}</span>,
      },
      amount("balance"),
      amount("overdue"),
      amount("held"),
      amount("limit"),
      amount("available"),
    ];
  }, [t]);
}

/** What the address says, as the list and its export take it. */
export const balancesWanted = (filters: Filters) => ({
  buyer_id: Number(one(filters.buyer)) || undefined,
  seller_id: Number(one(filters.seller)) || undefined,
  overdue: one(filters.overdue) === "true" || undefined,
});

/** Who has prepaid, who owes, and what may still be ordered for; a row opens the month's statement. */
export function BalanceList({ findsPartners, mayExport }: { findsPartners: boolean; mayExport: boolean }) {
  const { t } = useTranslation("money");
  const [filters, change] = useFilters();
  const [opened, setOpened] = useState<PartnerBalanceOut | null>(null);
  const wanted = balancesWanted(filters);
  const onlyOverdue = wanted.overdue ?? false;
  const pages = usePages(getListBalancesQueryKey(wanted), (cursor, signal) =>
    listBalances({ ...wanted, cursor }, signal),
  );
  const columns = useColumns();
  return (
    <>
      <div className="filter-line">
        {findsPartners && (
          <PartnerField
            className="filter-wide"
            label={t("field.buyer")}
            value={wanted.buyer_id}
            onChange={(id) => change({ buyer: id === undefined ? undefined : String(id) })}
          />
        )}
        <Checkbox
          checked={onlyOverdue}
          onChange={(event) => change({ overdue: event.target.checked ? "true" : undefined })}
        >
          {t("only_overdue")}
        </Checkbox>
      </div>
      <DataTable
        label={t("title")}
        columns={columns}
        pages={pages}
        rowKey={(row) => `${row.buyer_id} ${row.seller_id} ${row.currency}`}
        empty={t("empty")}
        onOpen={setOpened}
        card={(row) => (
          <>
            <div className="phone-row">
              <span className="cell-main cell-clip">{row.buyer_name}</span>
              <span className="figures nowrap">
                <span className="quiet">{t("field.available")} </span>
                <strong>{money(row.available, row.currency)}</strong>
              </span>
            </div>
            <div className="phone-row quiet figures">
              <span>
                {t("field.balance")} {money(row.balance, row.currency)}
              </span>
              {!isZero(row.held) && (
                <span>
                  {t("field.held")} {money(row.held, row.currency)}
                </span>
              )}
            </div>
            {isLate(row) && (
              <div className="work-late figures">
                {t("field.overdue")} {money(row.overdue, row.currency)}
              </div>
            )}
          </>
        )}
      />
      {opened && <StatementDrawer of={opened} mayExport={mayExport} onClose={() => setOpened(null)} />}
    </>
  );
}
