import { add, isZero } from "@shared/decimal";
import { money, number, rate } from "@shared/money";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { OrderOut } from "@/gen/model";
import { useWarehouseName } from "@/lookups";
import { Attachments } from "@/ui/attachments";
import { Comments } from "@/ui/comments";
import { CustomFacts } from "@/ui/custom-values";
import { Card } from "@/ui/page";
import { StockEntries } from "@/ui/stock-entries";
import { useFormat } from "@/ui/use-format";
import { BuyersWord } from "./buyers-word";
import { OrderComplaints } from "./order-complaints";
import { lineQuantity, OrderLines } from "./order-lines";
import { OrderShipments } from "./order-shipments";
import { OrderTimeline } from "./order-timeline";
import type { OrderReader } from "./reader";
import { ReturnStateTag } from "./states";

/** The share of the wanted units that has left, as a fraction for showing; null when nothing is wanted. */
export function shippedShare(order: OrderOut): string | null {
  const sum = (pick: "ordered" | "cancelled" | "shipped") =>
    Number(add("0", ...order.lines.map((line) => line[pick])));
  const wanted = sum("ordered") - sum("cancelled");
  return wanted > 0 ? (sum("shipped") / wanted).toFixed(4) : null;
}

function KeyFigures({ of: order }: { of: OrderOut }) {
  const { t } = useTranslation("orders");
  const format = useFormat();
  return (
    <dl className="card key-figures figures">
      <div>
        <dt>{t("field.gross_amount")}</dt>
        <dd>{money(order.gross_amount, order.currency)}</dd>
      </div>
      <div>
        <dt>{t("field.shipped_share")}</dt>
        <dd>{rate(shippedShare(order))}</dd>
      </div>
      <div>
        <dt>{t("field.wanted_date")}</dt>
        <dd>{format.day(order.wanted_date)}</dd>
      </div>
      <div>
        <dt>{t("field.buyer")}</dt>
        <dd className="key-text">{order.buyer_name}</dd>
      </div>
      <div>
        <dt>{t("field.seller")}</dt>
        <dd className="key-text">{order.seller_name}</dd>
      </div>
    </dl>
  );
}

const ADDRESS = ["contact", "name", "phone", "province", "city", "district", "line", "detail", "address"];

function Facts({ of: order }: { of: OrderOut }) {
  const { t } = useTranslation("orders");
  const format = useFormat();
  const address = order.address as Record<string, unknown>;
  const shipTo = ADDRESS.map((part) => address[part])
    .filter((part) => typeof part === "string" && part)
    .join(" ");
  const pairs: [string, string][] = [
    [t("field.submitted_at"), format.instant(order.submitted_at)],
    [t("field.line_count"), number(order.line_count)],
    [t("field.net_amount"), money(order.net_amount, order.currency)],
    [t("field.tax_amount"), money(order.tax_amount, order.currency)],
    [t("field.shortage_mode"), t(`shortage.${order.shortage_mode}`)],
    [t("field.on_behalf"), order.on_behalf ? t("field.on_behalf_yes") : ""],
    [t("field.external_number"), order.external_number],
    [t("field.address"), shipTo],
    [t("field.buyer_note"), order.buyer_note],
  ];
  return (
    <dl className="pairs figures">
      {pairs
        .filter(([, value]) => value)
        .map(([name, value]) => (
          <div key={name} className="pair">
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      <CustomFacts entity="order" values={order.custom} className="pair" />
    </dl>
  );
}

function Promises({ of: order }: { of: OrderOut }) {
  const { t } = useTranslation("orders");
  const nameOf = useWarehouseName();
  const holds = order.holds.filter((hold) => !isZero(hold.remaining));
  if (holds.length === 0) return <p className="quiet">{t("holds.none")}</p>;
  return (
    <ul className="holds">
      {holds.map((hold) => {
        const line = order.lines.find((one) => one.line_no === hold.line_no);
        return (
          <li key={`${hold.hold_id}`}>
            <span>{hold.is_money ? t("holds.money") : (line?.sku_name ?? "")}</span>
            <span className="quiet">{hold.warehouse_id === null ? "" : nameOf(hold.warehouse_id)}</span>
            <span className="figures nowrap">
              {hold.is_money
                ? money(hold.remaining, order.currency)
                : line && lineQuantity(line, hold.remaining)}
            </span>
          </li>
        );
      })}
    </ul>
  );
}

function Returns({ of: order }: { of: OrderOut }) {
  const { t } = useTranslation("orders");
  const format = useFormat();
  if (order.returns.length === 0) return null;
  return (
    <Card title={t("return.list")}>
      <ul className="holds">
        {order.returns.map((document) => (
          <li key={document.id}>
            <span className="title-row">
              <Link to="/returns" search={{ open: document.id } as never} className="figures">
                {document.number}
              </Link>{" "}
              <ReturnStateTag of={document.state} />
            </span>
            <span className="quiet">
              {format.instant(document.requested_at)} · {document.reason}
            </span>
            <span className="figures">{money(document.gross_amount, document.currency)}</span>
          </li>
        ))}
      </ul>
    </Card>
  );
}

/** An order: what matters first, the lines on the left, what happened on the right. */
export function OrderDocument({ of: order, reader }: { of: OrderOut; reader: OrderReader }) {
  const { t } = useTranslation("orders");
  return (
    <>
      <BuyersWord of={order} />
      <KeyFigures of={order} />
      <div className="document">
        <div className="stack">
          <Card flush title={t("line.title")}>
            <OrderLines of={order} />
          </Card>
          <OrderShipments of={order} />
          <Returns of={order} />
          <OrderComplaints of={order} userId={reader.userId} />
          <Attachments
            subjectType="order"
            subjectId={order.id}
            mayWrite={reader.mayAttach}
            userId={reader.userId}
          />
        </div>
        <div className="stack">
          <Card title={t("timeline.title")}>
            <OrderTimeline of={order} />
          </Card>
          <Card
            title={t("holds.title")}
            extra={
              reader.mayReadStock && (
                <StockEntries sourceType="order" sourceId={order.id} title={order.number} />
              )
            }
          >
            <Promises of={order} />
          </Card>
          <Card title={t("field.title")}>
            <Facts of={order} />
          </Card>
          <Comments subjectType="order" subjectId={order.id} isStaff={reader.isStaff} />
        </div>
      </div>
    </>
  );
}
