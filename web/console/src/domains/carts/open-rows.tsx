import { Button, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { CartLineIn } from "@/gen/model";
import { asProblem } from "@/problem";
import { Card } from "@/ui/page";
import { popupWidth } from "@/ui/popup-width";
import { wordsOf } from "@/ui/refusal";
import { StateTag } from "@/ui/state-tag";
import { lineOf, type OpenRow, withGoods } from "./entered-rows";
import { QuantityField } from "./quantity-field";
import { type Sides, SkuField } from "./sku-field";
import { firstUnit, ProblemWords, unitNames } from "./words";

interface RowProps {
  row: OpenRow;
  sides: Sides;
  onAdd: (lines: CartLineIn[]) => Promise<unknown>;
  onChange: (row: OpenRow) => void;
  onDone: (key: string) => void;
}

function useBecause(): (row: OpenRow) => string {
  const { t } = useTranslation("carts");
  return (row) => {
    if (row.because === "ambiguous") return t("open.ambiguous", { count: row.candidates.length });
    if (row.because === "not_found") return t("open.not_found");
    if (row.because === "quantity_missing") return t("open.quantity_missing");
    return wordsOf({ ...asProblem(null), code: row.because }).title;
  };
}

function GoodsChoice({ row, sides, onChange }: Pick<RowProps, "row" | "sides" | "onChange">) {
  const { t } = useTranslation("carts");
  if (row.candidates.length > 0) {
    return (
      <Select<number>
        className="open-goods"
        value={row.skuId ?? undefined}
        placeholder={t("open.choose")}
        aria-label={t("open.choose_for", { text: row.text })}
        showSearch={{ optionFilterProp: "label" }}
        popupMatchSelectWidth={popupWidth(360)}
        options={row.candidates.map((one) => ({
          value: one.sku_id,
          label: `${one.sku_name} ${one.specification} ${one.sku_code}`,
        }))}
        onChange={(id: number) => {
          const goods = row.candidates.find((one) => one.sku_id === id);
          if (goods) onChange(withGoods(row, { id, name: goods.sku_name, unit: goods.unit }));
        }}
      />
    );
  }
  if (row.skuId !== null) {
    return (
      <span className="open-goods">
        {row.name}{" "}
        {row.state === "UNKNOWN" && (
          <Button type="link" size="small" onClick={() => onChange({ ...row, skuId: null, name: "" })}>
            {t("open.other")}
          </Button>
        )}
      </span>
    );
  }
  return (
    <span className="open-goods">
      <SkuField
        sides={sides}
        label={t("open.choose_for", { text: row.text })}
        onPick={(offer) =>
          onChange(
            withGoods(row, {
              id: offer.sku_id,
              name: offer.sku_name,
              unit: firstUnit(offer),
              units: unitNames(offer.units),
            }),
          )
        }
      />
    </span>
  );
}

function Row({ row, sides, onAdd, onChange, onDone }: RowProps) {
  const { t } = useTranslation("carts");
  const because = useBecause();
  const [problem, setProblem] = useState<unknown>(null);
  const [isBusy, setIsBusy] = useState(false);
  const line = lineOf(row);
  const add = async () => {
    if (!line || isBusy) return;
    setIsBusy(true);
    try {
      await onAdd([line]);
      onDone(row.key);
    } catch (error) {
      setProblem(error);
      setIsBusy(false);
    }
  };
  return (
    <li className="open-row">
      <span className="cell-two open-said">
        <span className="cell-main">{row.text}</span>
        <StateTag tone={row.state === "UNKNOWN" ? "bad" : "wait"}>{because(row)}</StateTag>
      </span>
      <GoodsChoice row={row} sides={sides} onChange={onChange} />
      <QuantityField
        label={t("entry.quantity_of", { name: row.name || row.text })}
        quantity={row.quantity}
        unit={row.unit}
        units={row.units}
        onQuantity={(quantity) => onChange({ ...row, quantity })}
        onUnit={(unit) => onChange({ ...row, unit })}
        onEnter={() => void add()}
      />
      <Button type="primary" disabled={!line} loading={isBusy} onClick={() => void add()}>
        {t("open.add")}
      </Button>
      <Button type="text" onClick={() => onDone(row.key)}>
        {t("open.drop")}
      </Button>
      {problem !== null && <ProblemWords of={problem} />}
    </li>
  );
}

interface OpenRowsProps {
  rows: readonly OpenRow[];
  sides: Sides;
  onAdd: (lines: CartLineIn[]) => Promise<unknown>;
  onRows: (rows: OpenRow[]) => void;
}

/** What of a list is not in the cart yet: each row is settled where it stands, none is lost. */
export function OpenRows({ rows, sides, onAdd, onRows }: OpenRowsProps) {
  const { t } = useTranslation("carts");
  if (rows.length === 0) return null;
  return (
    <Card
      flush
      title={t("open.title", { count: rows.length })}
      extra={
        <Button type="text" onClick={() => onRows([])}>
          {t("open.drop_all")}
        </Button>
      }
    >
      <ul className="open-rows">
        {rows.map((row) => (
          <Row
            key={row.key}
            row={row}
            sides={sides}
            onAdd={onAdd}
            onChange={(next) => onRows(rows.map((one) => (one.key === next.key ? next : one)))}
            onDone={(key) => onRows(rows.filter((one) => one.key !== key))}
          />
        ))}
      </ul>
    </Card>
  );
}
