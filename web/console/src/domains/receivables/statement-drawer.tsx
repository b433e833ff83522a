import { money } from "@shared/money";
import { Link } from "@tanstack/react-router";
import { DatePicker, Drawer } from "antd";
import dayjs from "dayjs";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import type { PartnerBalanceOut, StatementLineOut } from "@/gen/model";
import { useGetStatement } from "@/gen/money/money";
import type { Column } from "@/ui/data-table";
import { ExportButton } from "@/ui/export-button";
import { Refusal } from "@/ui/refusal";
import { SimpleTable } from "@/ui/simple-table";
import { EmptyState, PageSkeleton } from "@/ui/states";
import { useFormat } from "@/ui/use-format";
import { sourceName, sumOf } from "./statement-lines";

/** Which account and which days, as the API, the export and the paper ask for them. */
const asked = (account: PartnerBalanceOut, month: dayjs.Dayjs) => ({
  buyer_id: account.buyer_id,
  seller_id: account.seller_id,
  currency: account.currency,
  first: month.startOf("month").format("YYYY-MM-DD"),
  last: month.endOf("month").format("YYYY-MM-DD"),
});

function Document({ of: row }: { of: StatementLineOut }) {
  const { t } = useTranslation("money");
  return (
    <span>
      <span className="cell-main">{sourceName(row.source_type, t)}</span>{" "}
      {row.source_type === "shipment" ? (
        <Link
          className="figures"
          to="/warehouse/shipments/$shipmentId"
          params={{ shipmentId: row.source_id }}
        >
          {row.document_number}
        </Link>
      ) : (
        <span className="quiet figures">{row.document_number}</span>
      )}
    </span>
  );
}

function useColumns(currency: string): Column<StatementLineOut>[] {
  const { t } = useTranslation("money");
  const format = useFormat();
  return useMemo(
    () => [
      {
        key: "document",
        title: t("statement.document"),
        width: 200,
        render: (row) => <Document of={row} />,
      },
      {
        key: "at",
        title: t("statement.at"),
        width: 150,
        numeric: true,
        render: (row) => format.instant(row.effective_at),
      },
      {
        key: "change",
        title: t("statement.change"),
        width: 130,
        numeric: true,
        render: (row) => money(row.change, currency),
      },
      {
        key: "after",
        title: t("statement.after"),
        width: 130,
        numeric: true,
        render: (row) => money(row.balance, currency),
      },
    ],
    [t, format, currency],
  );
}

function Month({ of: account, month }: { of: PartnerBalanceOut; month: dayjs.Dayjs }) {
  const { t } = useTranslation("money");
  const format = useFormat();
  const { data, error, refetch } = useGetStatement(asked(account, month));
  const columns = useColumns(account.currency);
  if (error) return <Refusal of={error} onRetry={() => void refetch()} />;
  if (!data) return <PageSkeleton />;
  return (
    <div className="stack">
      <dl className="card key-figures figures">
        <div>
          <dt>{t("statement.opening")}</dt>
          <dd>{money(data.opening, data.currency)}</dd>
        </div>
        <div>
          <dt>{t("statement.came")}</dt>
          <dd>{money(sumOf(data.lines, false), data.currency)}</dd>
        </div>
        <div>
          <dt>{t("statement.went")}</dt>
          <dd>{money(sumOf(data.lines, true), data.currency)}</dd>
        </div>
        <div>
          <dt>{t("statement.closing")}</dt>
          <dd>{money(data.closing, data.currency)}</dd>
        </div>
      </dl>
      <p className="quiet">{t("statement.sign")}</p>
      {data.lines.length === 0 ? (
        <EmptyState text={t("statement.empty")} />
      ) : (
        <SimpleTable
          columns={columns}
          rows={data.lines}
          rowKey={(row) => row.transfer_id}
          card={(row) => (
            <>
              <div className="phone-row">
                <Document of={row} />
                <strong className="figures">{money(row.change, data.currency)}</strong>
              </div>
              <div className="phone-row quiet figures">
                <span>{format.instant(row.effective_at)}</span>
                <span>{money(row.balance, data.currency)}</span>
              </div>
            </>
          )}
        />
      )}
    </div>
  );
}

/** One month between a customer and its seller: what stood before, what moved, what stands. */
export function StatementDrawer({
  of: account,
  mayExport,
  onClose,
}: {
  of: PartnerBalanceOut;
  mayExport: boolean;
  onClose: () => void;
}) {
  const { t } = useTranslation("money");
  const format = useFormat();
  const [month, setMonth] = useState(() => dayjs(format.today()));
  const params = asked(account, month);
  return (
    <Drawer
      open
      size={720}
      onClose={onClose}
      title={t("statement.title", { name: account.buyer_name })}
      extra={
        <DatePicker
          picker="month"
          allowClear={false}
          value={month}
          aria-label={t("statement.month")}
          disabledDate={(day) => day.isAfter(dayjs(), "month")}
          onChange={(day) => day && setMonth(day)}
        />
      }
    >
      <div className="stack">
        <div className="statement-tools">
          <Link
            to="/print/statement"
            search={
              Object.fromEntries(
                Object.entries(params).map(([name, value]) => [name, String(value)]),
              ) as never
            }
            target="_blank"
          >
            {t("statement.print")}
          </Link>
          {mayExport && (
            <ExportButton
              name="statement"
              filters={params}
              fileName={`${account.buyer_name}-${params.first.slice(0, 7)}`}
            />
          )}
        </div>
        <Month of={account} month={month} />
      </div>
    </Drawer>
  );
}
