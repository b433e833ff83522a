import { compare } from "@shared/decimal";
import { uuid7 } from "@shared/ids";
import { useQueries } from "@tanstack/react-query";
import { App, Button, Input } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { findGoods, getFindGoodsQueryKey, useCorrectSale } from "@/gen/inventory/inventory";
import type { GoodsOut, SaleLineIn, SaleLineOut, SaleOut } from "@/gen/model";
import { FormDrawer } from "@/ui/form-drawer";
import { FormField } from "@/ui/form-field";
import { useRefreshSales } from "./refresh";
import { isFilled, type SaleLine } from "./sale-draft";
import { SaleLines } from "./sale-lines";

const SHOWN = 5;

/** The goods of a sale with their units, so that they are counted in cases again; null while they are asked for. */
function useGoods(codes: readonly string[]): Map<string, GoodsOut> | null {
  const found = useQueries({
    queries: codes.map((code) => ({
      queryKey: getFindGoodsQueryKey({ text: code, limit: SHOWN }),
      queryFn: ({ signal }: { signal: AbortSignal }) => findGoods({ text: code, limit: SHOWN }, signal),
      staleTime: 600_000,
    })),
  });
  if (found.some((one) => one.isPending)) return null;
  return new Map(found.flatMap(({ data }) => (data ?? []).map((goods) => [goods.code, goods] as const)));
}

/** Goods that can no longer be found are corrected by the piece. */
const byPiece = (line: SaleLineOut): GoodsOut => ({
  code: line.sku_code,
  name: line.sku_name,
  sku_id: line.sku_id,
  specification: "",
  base_unit: "",
  scanned_unit: "",
  is_whole: true,
  units: [],
});

const same = (one: string | null, other: string | null): boolean =>
  one === null || other === null ? one === other : compare(one, other) === 0;

/** Whether the lines say something else than what was recorded. */
export const isChanged = (lines: readonly SaleLine[], before: readonly SaleLineOut[]): boolean =>
  lines.length !== before.length ||
  lines.some((line) => {
    const old = before.find((one) => one.line_no === line.key);
    return !old || !same(old.units, line.units) || !same(old.amount, line.amount);
  });

/** The corrected lines as the API takes them: lot and receipt stay those of the line that was recorded. */
export const correctedLines = (lines: readonly SaleLine[], before: readonly SaleLineOut[]): SaleLineIn[] =>
  lines.map((line) => {
    const old = before.find((one) => one.line_no === line.key && one.sku_code === line.goods.code);
    return {
      sku_code: line.goods.code,
      units: line.units ?? "0",
      amount: line.amount,
      lot: old?.lot || null,
      external_id: old?.external_id ?? "",
      external_line: old?.external_line ?? "",
    };
  });

interface FormProps {
  sale: SaleOut;
  goods: Map<string, GoodsOut>;
  onDone: (made: SaleOut) => void;
  onClose: () => void;
}

function Form({ sale, goods, onDone, onClose }: FormProps) {
  const { t } = useTranslation("sales");
  const { message } = App.useApp();
  const refresh = useRefreshSales();
  const before = sale.lines.filter((line) => !line.is_reversed);
  const [ids] = useState(() => ({ id: uuid7(), reversal_id: uuid7() }));
  const [reason, setReason] = useState("");
  const [lines, setLines] = useState<SaleLine[]>(() =>
    before.map((line) => ({
      key: line.line_no,
      goods: goods.get(line.sku_code) ?? byPiece(line),
      units: line.units,
      amount: line.amount,
    })),
  );
  const isDirty = isChanged(lines, before);
  const correct = useCorrectSale({
    mutation: {
      onSuccess: (made) => {
        void message.success(t("correct.done", { number: sale.number, made: made.number }));
        refresh();
        onDone(made);
      },
    },
  });
  const note = reason.trim();
  return (
    <FormDrawer
      size={720}
      title={t("correct.title", { number: sale.number })}
      confirm={t("correct.action")}
      isReady={isDirty && lines.length > 0 && lines.every(isFilled) && note !== ""}
      isBusy={correct.isPending}
      isDirty={isDirty || reason !== ""}
      problem={correct.error}
      onClose={onClose}
      onSubmit={() =>
        correct.mutate({ saleId: sale.id, data: { ...ids, note, lines: correctedLines(lines, before) } })
      }
    >
      <p className="quiet">{t("correct.explanation")}</p>
      <SaleLines lines={lines} onChange={setLines} />
      <FormField label={t("correct.reason")}>
        <Input maxLength={500} value={reason} onChange={(event) => setReason(event.target.value)} />
      </FormField>
    </FormDrawer>
  );
}

/** Says what was really sold: the old lines are taken back, these stand instead, on the same day. */
export function SaleCorrection({ of: sale, onDone }: { of: SaleOut; onDone: (made: SaleOut) => void }) {
  const { t } = useTranslation("sales");
  const [isOpen, setIsOpen] = useState(false);
  const codes = [...new Set(sale.lines.map((line) => line.sku_code))];
  const goods = useGoods(isOpen ? codes : []);
  return (
    <>
      <Button loading={isOpen && goods === null} onClick={() => setIsOpen(true)}>
        {t("correct.action")}
      </Button>
      {isOpen && goods && (
        <Form
          sale={sale}
          goods={goods}
          onDone={(made) => {
            setIsOpen(false);
            onDone(made);
          }}
          onClose={() => setIsOpen(false)}
        />
      )}
    </>
  );
}
