import { add } from "@shared/decimal";
import { money } from "@shared/money";
import { useNavigate } from "@tanstack/react-router";
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import type { OrderRow, OrderState, StateOut } from "@/gen/model";
import { confirmOrder } from "@/gen/orders/orders";
import { BulkResults } from "@/ui/bulk";
import { ExportButton } from "@/ui/export-button";
import { useBulk } from "@/ui/use-bulk";
import type { OrderReader } from "./reader";
import { useRefreshOrders } from "./refresh";

/** So many ids an export takes at once. */
const EXPORT_MAX = 500;

interface ConfirmManyProps {
  rows: readonly OrderRow[];
  state: OrderState;
  step: "CONFIRM" | "FINANCE";
  action: "confirm" | "confirm_finance";
  onDone: () => void;
}

/** One approval for many orders: each is asked for on its own and says what became of it. */
function ConfirmMany({ rows, state, step, action, onDone }: ConfirmManyProps) {
  const { t } = useTranslation("orders");
  const bulk = useBulk<StateOut>(useRefreshOrders());
  const waiting = rows.filter((row) => row.state === state);
  const others = rows.length - waiting.length;
  const start = () =>
    bulk.ask(
      waiting.map((row) => ({ key: row.id, name: `${row.number} · ${row.buyer_name}` })),
      (id) => confirmOrder(id, { step }),
    );
  const close = () => {
    bulk.close();
    if (bulk.rows.every((row) => row.state === "DONE")) onDone();
  };
  return (
    <>
      <Button type="primary" disabled={waiting.length === 0} onClick={start}>
        {t(`bulk.${action}`, { count: waiting.length })}
      </Button>
      <BulkResults
        of={{ ...bulk, close }}
        title={t(`action.${action}`)}
        question={{
          confirm: t(`bulk.${action}`, { count: waiting.length }),
          text: (
            <>
              <p>{t(`bulk.${action}_text`)}</p>
              {others > 0 && <p className="quiet">{t("bulk.others", { count: others })}</p>}
              <ChosenSum rows={waiting} />
            </>
          ),
        }}
        say={(result) => t("bulk.now", { state: t(`state.${result.state}`) })}
      />
    </>
  );
}

/** Sum of the chosen, as long as they are in one currency. */
function ChosenSum({ rows }: { rows: readonly OrderRow[] }) {
  const { t } = useTranslation("orders");
  const currency = rows[0]?.currency;
  if (!currency || rows.some((row) => row.currency !== currency)) return null;
  const sum = add("0", ...rows.map((row) => row.gross_amount));
  return <span className="figures bulk-sum">{t("bulk.sum", { amount: money(sum, currency) })}</span>;
}

interface OrderBulkProps {
  rows: readonly OrderRow[];
  reader: OrderReader;
  onDone: () => void;
}

/** For the chosen orders: approve, fetch the goods, take along as a workbook. */
export function OrderBulk({ rows, reader, onDone }: OrderBulkProps) {
  const { t } = useTranslation("orders");
  const navigate = useNavigate();
  const ready = rows.filter((row) => row.state === "CONFIRMED" || row.state === "PARTIALLY_SHIPPED");
  const id = rows
    .slice(0, EXPORT_MAX)
    .map((row) => row.id)
    .join(",");
  return (
    <>
      <ChosenSum rows={rows} />
      {reader.mayConfirm && (
        <ConfirmMany rows={rows} state="SUBMITTED" step="CONFIRM" action="confirm" onDone={onDone} />
      )}
      {reader.mayApproveMoney && (
        <ConfirmMany
          rows={rows}
          state="AWAITING_FINANCE"
          step="FINANCE"
          action="confirm_finance"
          onDone={onDone}
        />
      )}
      {reader.mayShip && (
        <Button
          disabled={ready.length === 0}
          onClick={() =>
            void navigate({
              to: "/warehouse/pick",
              search: { order: ready.map((row) => row.id) } as never,
            })
          }
        >
          {t("bulk.pick", { count: ready.length })}
        </Button>
      )}
      {/* Of rows that left the list nothing is exported: no id would mean all orders. */}
      {reader.mayExport && rows.length > 0 && (
        <>
          <ExportButton name="orders" filters={{ id }} fileName={t("list.title")} label={t("bulk.export")} />
          <ExportButton
            name="order_lines"
            filters={{ id }}
            fileName={t("line.title")}
            label={t("bulk.export_lines")}
          />
        </>
      )}
    </>
  );
}
