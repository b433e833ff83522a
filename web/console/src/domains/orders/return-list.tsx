import { money } from "@shared/money";
import { useNavigate } from "@tanstack/react-router";
import { App, Button } from "antd";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import type { ReturnOut, ReturnState } from "@/gen/model";
import { getListReturnsQueryKey, listReturns, useReceiveReturn, useRejectReturn } from "@/gen/orders/orders";
import { type Column, DataTable } from "@/ui/data-table";
import { FilterBar } from "@/ui/filter-bar";
import { ReasonDialog } from "@/ui/reason-action";
import { one, useFilters } from "@/ui/use-filters";
import { useFormat } from "@/ui/use-format";
import { usePages } from "@/ui/use-pages";
import { useRefreshOrders } from "./refresh";
import { ReturnStateTag } from "./states";

const STATES = ["REQUESTED", "RECEIVED", "REJECTED"] as const satisfies readonly ReturnState[];

type Decision = { kind: "receive" | "reject"; document: ReturnOut };

function DecisionDialog({ decision, onClose }: { decision: Decision; onClose: () => void }) {
  const { t } = useTranslation("orders");
  const { message } = App.useApp();
  const refresh = useRefreshOrders();
  const { kind, document } = decision;
  const mutation = {
    onSuccess: () => {
      void message.success(t(`return.${kind}_done`, { number: document.number }));
      refresh();
      onClose();
    },
  };
  const receive = useReceiveReturn({ mutation });
  const reject = useRejectReturn({ mutation });
  return (
    <ReasonDialog
      isOpen
      isReasonNeeded={kind === "reject"}
      title={t(`return.${kind}_title`, { number: document.number })}
      explanation={t(`return.${kind}_explanation`)}
      confirm={t(`return.${kind}`)}
      isBusy={receive.isPending || reject.isPending}
      problem={receive.error ?? reject.error}
      onClose={onClose}
      onConfirm={(reason) =>
        kind === "receive"
          ? receive.mutate({ returnId: document.id, data: {} })
          : reject.mutate({ returnId: document.id, data: { reason } })
      }
    />
  );
}

function useColumns(decide: (decision: Decision) => void): Column<ReturnOut>[] {
  const { t } = useTranslation("orders");
  const format = useFormat();
  return useMemo(
    () => [
      {
        key: "number",
        title: t("return.list"),
        width: 200,
        render: (row) => <span className="cell-main figures nowrap">{row.number}</span>,
      },
      {
        key: "state",
        title: t("field.state"),
        width: 110,
        render: (row) => <ReturnStateTag of={row.state} />,
      },
      {
        key: "amount",
        title: t("return.field_amount"),
        width: 130,
        numeric: true,
        render: (row) => money(row.gross_amount, row.currency),
      },
      {
        key: "requested",
        title: t("return.field_requested_at"),
        width: 150,
        numeric: true,
        render: (row) => format.instant(row.requested_at),
      },
      {
        key: "reason",
        title: t("return.field_reason"),
        width: 240,
        render: (row) => <span className="cell-clip">{row.reason}</span>,
      },
      {
        key: "decide",
        title: "",
        width: 180,
        render: (row) =>
          row.state === "REQUESTED" && (
            <span className="title-row">
              <Button size="small" type="primary" onClick={() => decide({ kind: "receive", document: row })}>
                {t("return.receive")}
              </Button>
              <Button size="small" onClick={() => decide({ kind: "reject", document: row })}>
                {t("return.reject")}
              </Button>
            </span>
          ),
      },
    ],
    [t, format, decide],
  );
}

/** Goods on their way back: taken in and credited, or refused with a reason. */
export function ReturnList() {
  const { t } = useTranslation("orders");
  const format = useFormat();
  const navigate = useNavigate();
  const [filters] = useFilters();
  const [decision, setDecision] = useState<Decision | null>(null);
  const state = STATES.find((known) => known === one(filters.state));
  const pages = usePages(getListReturnsQueryKey({ state }), (cursor, signal) =>
    listReturns({ state, cursor }, signal),
  );
  const columns = useColumns(setDecision);
  const options = STATES.map((value) => ({ value, label: t(`return_state.${value}`) }));
  const open = (row: ReturnOut) => {
    if (row.order_id) void navigate({ to: "/orders/$orderId", params: { orderId: row.order_id } });
  };
  return (
    <>
      <FilterBar fields={[{ kind: "choice", name: "state", placeholder: t("field.state"), options }]} />
      <DataTable
        label={t("return.list")}
        columns={columns}
        pages={pages}
        rowKey={(row) => row.id}
        empty={t("return.empty")}
        onOpen={open}
        card={(row) => (
          <>
            <div className="phone-row">
              <span className="cell-main figures">{row.number}</span>
              <ReturnStateTag of={row.state} />
            </div>
            <div className="phone-row figures">
              <span className="quiet">{format.instant(row.requested_at)}</span>
              <strong>{money(row.gross_amount, row.currency)}</strong>
            </div>
          </>
        )}
      />
      {decision && <DecisionDialog decision={decision} onClose={() => setDecision(null)} />}
    </>
  );
}
