import { isZero } from "@shared/decimal";
import { quantity } from "@shared/quantity";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useRecordCountEntries } from "@/gen/inventory/inventory";
import type { CountOut, GoodsOut } from "@/gen/model";
import { Action } from "@/ui/action";
import { Field } from "@/ui/field";
import { Refused } from "@/ui/refused";
import { say } from "@/ui/said";
import { useReasons } from "@/ui/use-reasons";
import { AmountField } from "./amount-field";

export interface Chosen {
  goods: GoodsOut;
  lot: string;
  units: string;
}

interface Props {
  count: CountOut;
  of: Chosen;
  onDone: () => void;
}

/** How many of the chosen goods were found. The book is not shown: who knows it counts towards it. */
export function CountEntry({ count, of: chosen, onDone }: Props) {
  const { t } = useTranslation("store-stock");
  const { goods } = chosen;
  const [units, setUnits] = useState(chosen.units);
  const [lot, setLot] = useState(chosen.lot);
  const record = useRecordCountEntries({
    mutation: {
      onSuccess: (_, { data }) => {
        const found = String(data.rows[0]?.units ?? "0");
        say(
          t("counting.saved", { name: goods.name, quantity: quantity(found, goods.units, goods.base_unit) }),
        );
        onDone();
      },
    },
  });
  const { reasonOf, rest } = useReasons(record.error, {
    "rows.0": units,
    ...(count.by_lot && { "rows.0.lot": lot }),
  });
  const lacksLot = count.by_lot && lot.trim() === "";
  const save = (found: string) =>
    record.mutate({
      countId: count.id,
      data: { rows: [{ sku_code: goods.code, units: found, lot: lot.trim() }] },
    });
  return (
    <>
      <p className="soft count-goods">
        {goods.code} {goods.specification}
      </p>
      {count.by_lot && (
        <Field
          label={t("counting.lot")}
          value={lot}
          problem={lacksLot ? t("counting.lot_none") : reasonOf("rows.0.lot")}
          onChange={setLot}
        />
      )}
      <p className="field-label">{t("counting.quantity")}</p>
      <AmountField
        label={`${goods.name} ${t("counting.quantity")}`}
        value={units}
        units={goods.units}
        baseUnit={goods.base_unit}
        isWhole={goods.is_whole}
        problem={reasonOf("rows.0")}
        onChange={setUnits}
      />
      {rest && <Refused error={rest} />}
      <div className="two-actions asked-actions">
        <Action kind="plain" isDisabled={lacksLot} isBusy={record.isPending} onClick={() => save("0")}>
          {t("counting.zero")}
        </Action>
        <Action
          isDisabled={units === "" || lacksLot || isZero(units)}
          isBusy={record.isPending}
          onClick={() => save(units)}
        >
          {t("counting.save")}
        </Action>
      </div>
    </>
  );
}
