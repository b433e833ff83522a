import { money } from "@shared/money";
import { quantity, type UnitFactor } from "@shared/quantity";
import { Link } from "@tanstack/react-router";
import { App, Button, Drawer, Skeleton } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { ReturnLineOut, ReturnOut } from "@/gen/model";
import { useGetReturn, useReceiveReturn, useRejectReturn } from "@/gen/orders/orders";
import { Attachments } from "@/ui/attachments";
import { Comments } from "@/ui/comments";
import type { Column } from "@/ui/data-table";
import { Card } from "@/ui/page";
import { Pairs } from "@/ui/pairs";
import { ReasonDialog } from "@/ui/reason-action";
import { Refusal } from "@/ui/refusal";
import { SimpleTable } from "@/ui/simple-table";
import { StockEntries } from "@/ui/stock-entries";
import { useFormat } from "@/ui/use-format";
import { WarehouseField } from "@/ui/warehouse-field";
import type { OrderReader } from "./reader";
import { useRefreshOrders } from "./refresh";
import { ReturnStateTag } from "./states";

type Decision = "receive" | "reject";

/** Takes the goods back into a place of one's own, or refuses them with a reason. */
function DecisionDialog({
  of: document,
  kind,
  reader,
  onClose,
}: {
  of: ReturnOut;
  kind: Decision;
  reader: OrderReader;
  onClose: () => void;
}) {
  const { t } = useTranslation("orders");
  const { message } = App.useApp();
  const refresh = useRefreshOrders();
  const [warehouseId, setWarehouseId] = useState<number>();
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
          ? receive.mutate({ returnId: document.id, data: { warehouse_id: warehouseId } })
          : reject.mutate({ returnId: document.id, data: { reason } })
      }
    >
      {kind === "receive" && (
        <div className="field">
          <span>{t("return.into")}</span>
          <WarehouseField
            allowClear
            label={t("return.into_same")}
            organizationId={reader.organizationId}
            value={warehouseId}
            onChange={setWarehouseId}
          />
        </div>
      )}
    </ReasonDialog>
  );
}

const inUnits = (line: ReturnLineOut): string => {
  const units = line.units as unknown as UnitFactor[];
  return quantity(line.returned, units, units.at(-1)?.unit ?? "");
};

function Lines({ of: document }: { of: ReturnOut }) {
  const { t } = useTranslation("orders");
  const columns: Column<ReturnLineOut>[] = [
    {
      key: "goods",
      title: t("line.sku"),
      width: 220,
      render: (line) => (
        <span className="cell-two">
          <span className="cell-main">{line.sku_name}</span>
          <span className="quiet figures">{line.sku_code}</span>
        </span>
      ),
    },
    { key: "returned", title: t("return.quantity"), width: 110, numeric: true, render: inUnits },
    {
      key: "amount",
      title: t("return.field_amount"),
      width: 120,
      numeric: true,
      render: (line) => money(line.gross_amount, document.currency),
    },
  ];
  return (
    <SimpleTable
      columns={columns}
      rows={document.lines}
      rowKey={(line) => line.line_no}
      card={(line) => (
        <div className="phone-row">
          <span className="cell-main">{line.sku_name}</span>
          <span className="figures">
            {inUnits(line)} · {money(line.gross_amount, document.currency)}
          </span>
        </div>
      )}
    />
  );
}

function Body({ of: document, reader }: { of: ReturnOut; reader: OrderReader }) {
  const { t } = useTranslation("orders");
  const format = useFormat();
  return (
    <div className="stack">
      <Pairs
        of={[
          [t("field.buyer"), document.buyer_name],
          [t("field.seller"), document.seller_name],
          [
            t("return.order"),
            document.order_id && (
              <Link to="/orders/$orderId" params={{ orderId: document.order_id }} className="figures">
                {document.order_number || t("shipment.order")}
              </Link>
            ),
          ],
          [t("return.field_amount"), money(document.gross_amount, document.currency)],
          [t("return.field_requested_at"), format.instant(document.requested_at)],
          [t("return.field_received_at"), format.instant(document.received_at)],
          [t("return.field_reason"), document.reason],
        ]}
      />
      <Card flush title={t("line.title")}>
        <Lines of={document} />
      </Card>
      <Attachments
        subjectType="return"
        subjectId={document.id}
        mayWrite={reader.mayAttach}
        userId={reader.userId}
        isPhotoFirst
      />
      <Comments subjectType="return" subjectId={document.id} isStaff={reader.isStaff} />
    </div>
  );
}

interface ReturnDrawerProps {
  returnId: string | null;
  reader: OrderReader;
  onClose: () => void;
}

/** One return: what comes back and why, its photos, and what may be decided about it. */
export function ReturnDrawer({ returnId, reader, onClose }: ReturnDrawerProps) {
  const { t } = useTranslation("orders");
  const [decision, setDecision] = useState<Decision | null>(null);
  const found = useGetReturn(returnId ?? "", { query: { enabled: returnId !== null } });
  const document = returnId === null ? undefined : found.data;
  const may = (kind: Decision) => document?.allowed_actions.includes(kind) ?? false;
  return (
    <Drawer
      open={returnId !== null}
      size={720}
      onClose={onClose}
      title={
        <span className="title-row">
          <span className="figures">{document?.number ?? t("return.list")}</span>
          {document && <ReturnStateTag of={document.state} />}
        </span>
      }
      footer={
        document && (
          <span className="word-buttons">
            {may("receive") && (
              <Button type="primary" onClick={() => setDecision("receive")}>
                {t("return.receive")}
              </Button>
            )}
            {may("reject") && (
              <Button danger onClick={() => setDecision("reject")}>
                {t("return.reject")}
              </Button>
            )}
            {reader.mayReadStock && (
              <StockEntries sourceType="return" sourceId={document.id} title={document.number} />
            )}
          </span>
        )
      }
    >
      {found.error && !document ? (
        <Refusal of={found.error} onRetry={() => void found.refetch()} />
      ) : document ? (
        <Body of={document} reader={reader} />
      ) : (
        <Skeleton active paragraph={{ rows: 8 }} />
      )}
      {decision && document && (
        <DecisionDialog of={document} kind={decision} reader={reader} onClose={() => setDecision(null)} />
      )}
    </Drawer>
  );
}
