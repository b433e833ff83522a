import { isZero } from "@shared/decimal";
import { money, UNKNOWN, unitPrice } from "@shared/money";
import { quantity, type UnitFactor } from "@shared/quantity";
import { Button } from "antd";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import type { LineOut, OrderOut } from "@/gen/model";
import type { Column } from "@/ui/data-table";
import { SimpleTable } from "@/ui/simple-table";
import { TraceDrawer } from "@/ui/trace-drawer";

/** A base quantity of a line as its sku is counted: largest unit first, the base unit last. */
export function lineQuantity(line: LineOut, value: string | null): string {
  const units = line.units as unknown as UnitFactor[];
  return quantity(value, units, units.at(-1)?.unit ?? "");
}

const orDash = (line: LineOut, value: string): string =>
  isZero(value) ? UNKNOWN : lineQuantity(line, value);

type Progress = "allocated" | "backordered" | "shipped" | "received" | "cancelled" | "returned";

function useColumns(order: OrderOut, onWhy: (line: LineOut) => void): Column<LineOut>[] {
  const { t } = useTranslation("orders");
  return useMemo<Column<LineOut>[]>(() => {
    // How far the order is: a column of dashes would only push the others out.
    const has = (name: Progress) => order.lines.some((line) => !isZero(line[name]));
    const done = (["shipped", "received", "cancelled", "returned"] as const).filter(has).map((name) => ({
      key: name,
      title: t(`line.${name}`),
      width: 80,
      numeric: true,
      render: (line: LineOut) => orDash(line, line[name]),
    }));
    const promised: Column<LineOut> = {
      key: "promised",
      title: t("line.allocated"),
      width: 88,
      numeric: true,
      render: (line) => (
        <span className="cell-two">
          <span>{orDash(line, line.allocated)}</span>
          {!isZero(line.backordered) && (
            <span className="tone-wait backordered">
              {t("line.backordered", { quantity: lineQuantity(line, line.backordered) })}
            </span>
          )}
        </span>
      ),
    };
    return [
      {
        key: "sku",
        title: t("line.sku"),
        width: 176,
        render: (line) => (
          <span className="cell-two">
            <span className="cell-main">{line.sku_name}</span>
            <span className="quiet figures">{line.sku_code}</span>
          </span>
        ),
      },
      {
        key: "ordered",
        title: t("line.ordered"),
        width: 84,
        numeric: true,
        render: (line) => lineQuantity(line, line.ordered),
      },
      {
        key: "price",
        title: t("line.unit_price"),
        width: 156,
        numeric: true,
        render: (line) => (
          <span className="nowrap">
            {unitPrice(line.unit_price, order.currency)} / {line.unit}{" "}
            <Button type="link" size="small" className="why" onClick={() => onWhy(line)}>
              {t("line.why")}
            </Button>
          </span>
        ),
      },
      {
        key: "amount",
        title: t("line.gross_amount"),
        width: 104,
        numeric: true,
        render: (line) => money(line.gross_amount, order.currency),
      },
      ...(has("allocated") || has("backordered") ? [promised] : []),
      ...done,
    ];
  }, [t, order, onWhy]);
}

function LineCard({
  of: line,
  currency,
  onWhy,
}: {
  of: LineOut;
  currency: string;
  onWhy: (line: LineOut) => void;
}) {
  const { t } = useTranslation("orders");
  const progress = (["shipped", "received", "cancelled", "returned"] as const)
    .filter((name) => !isZero(line[name]))
    .map((name) => `${t(`line.${name}`)} ${lineQuantity(line, line[name])}`);
  return (
    <>
      <div className="phone-row">
        <span className="cell-main">{line.sku_name}</span>
        <strong className="figures">{lineQuantity(line, line.ordered)}</strong>
      </div>
      <div className="phone-row figures">
        <span className="quiet">
          {unitPrice(line.unit_price, currency)} / {line.unit}{" "}
          <Button type="link" size="small" className="why" onClick={() => onWhy(line)}>
            {t("line.why")}
          </Button>
        </span>
        <span>{money(line.gross_amount, currency)}</span>
      </div>
      {!isZero(line.backordered) && (
        <div className="tone-wait backordered">
          {t("line.backordered", { quantity: lineQuantity(line, line.backordered) })}
        </div>
      )}
      {progress.length > 0 && <div className="quiet figures">{progress.join(" · ")}</div>}
    </>
  );
}

/** What was ordered and how far each line has come; every price opens its reason. */
export function OrderLines({ of: order }: { of: OrderOut }) {
  const [asked, setAsked] = useState<LineOut | null>(null);
  const columns = useColumns(order, setAsked);
  return (
    <>
      <SimpleTable
        columns={columns}
        rows={order.lines}
        rowKey={(line) => line.line_no}
        card={(line) => <LineCard of={line} currency={order.currency} onWhy={setAsked} />}
      />
      <TraceDrawer
        isOpen={asked !== null}
        trace={asked?.trace}
        title={asked?.sku_name ?? ""}
        onClose={() => setAsked(null)}
      />
    </>
  );
}
