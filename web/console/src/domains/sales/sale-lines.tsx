import { DeleteOutlined } from "@ant-design/icons";
import type { UnitFactor } from "@shared/quantity";
import { Button, InputNumber } from "antd";
import { useTranslation } from "react-i18next";
import type { GoodsOut } from "@/gen/model";
import { CaseInput } from "@/ui/case-input";
import { GoodsField } from "@/ui/goods-field";
import type { SaleLine } from "./sale-draft";

interface LineProps {
  of: SaleLine;
  onChange: (line: SaleLine) => void;
  onRemove: () => void;
}

function Line({ of: line, onChange, onRemove }: LineProps) {
  const { t } = useTranslation("sales");
  const { goods } = line;
  return (
    <li>
      <span className="cell-two">
        <span className="cell-main">{goods.name}</span>
        <span className="quiet figures">
          {goods.code} {goods.specification}
        </span>
      </span>
      <CaseInput
        autoFocus
        value={line.units}
        units={goods.units as UnitFactor[]}
        baseUnit={goods.base_unit}
        label={t("entry.quantity_of", { name: goods.name })}
        onChange={(units) => onChange({ ...line, units })}
      />
      <Button
        type="text"
        icon={<DeleteOutlined />}
        aria-label={t("entry.remove", { name: goods.name })}
        onClick={onRemove}
      />
      <div className="edit-line-more">
        <InputNumber<string>
          stringMode
          controls={false}
          min="0"
          precision={2}
          prefix="¥"
          value={line.amount}
          placeholder={t("entry.amount")}
          aria-label={t("entry.amount_of", { name: goods.name })}
          onChange={(amount) => onChange({ ...line, amount })}
        />
      </div>
    </li>
  );
}

/** The goods sold, each with its quantity and what was paid for it. */
export function SaleLines({
  lines,
  onChange,
}: {
  lines: readonly SaleLine[];
  onChange: (lines: SaleLine[]) => void;
}) {
  const { t } = useTranslation("sales");
  const add = (goods: GoodsOut) => {
    const key = Math.max(0, ...lines.map((line) => line.key)) + 1;
    onChange([...lines, { key, goods, units: null, amount: null }]);
  };
  return (
    <div className="stack">
      <GoodsField label={t("entry.add")} onPick={add} />
      {lines.length === 0 ? (
        <p className="quiet">{t("entry.none")}</p>
      ) : (
        <ul className="edit-lines">
          {lines.map((line) => (
            <Line
              key={line.key}
              of={line}
              onChange={(changed) => onChange(lines.map((one) => (one.key === changed.key ? changed : one)))}
              onRemove={() => onChange(lines.filter((one) => one.key !== line.key))}
            />
          ))}
        </ul>
      )}
    </div>
  );
}
