import { DeleteOutlined } from "@ant-design/icons";
import { compare } from "@shared/decimal";
import type { UnitFactor } from "@shared/quantity";
import { Button, DatePicker, Input } from "antd";
import dayjs from "dayjs";
import { useTranslation } from "react-i18next";
import type { GoodsOut } from "@/gen/model";
import { CaseInput } from "@/ui/case-input";
import { GoodsField } from "@/ui/goods-field";

/** A line somebody is filling in; units are base units, above zero. */
export interface EntryLine {
  key: number;
  goods: GoodsOut;
  units: string | null;
  batch: string;
  expiresOn: string | null;
  note: string;
}

export const isFilled = (line: EntryLine): boolean => line.units !== null && compare(line.units, "0") > 0;

function Line({
  of: line,
  withLot,
  onChange,
  onRemove,
}: {
  of: EntryLine;
  withLot: boolean;
  onChange: (line: EntryLine) => void;
  onRemove: () => void;
}) {
  const { t } = useTranslation("inventory");
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
        value={line.units}
        units={goods.units as UnitFactor[]}
        baseUnit={goods.base_unit}
        label={t("entry.quantity", { name: goods.name })}
        onChange={(units) => onChange({ ...line, units })}
      />
      <Button
        type="text"
        icon={<DeleteOutlined />}
        aria-label={t("entry.remove", { name: goods.name })}
        onClick={onRemove}
      />
      <div className="edit-line-more">
        <Input
          value={line.batch}
          maxLength={60}
          placeholder={t("entry.lot")}
          aria-label={`${t("entry.lot")} ${goods.name}`}
          onChange={(event) => onChange({ ...line, batch: event.target.value })}
        />
        {withLot && (
          <DatePicker
            value={line.expiresOn ? dayjs(line.expiresOn) : null}
            placeholder={t("entry.expires")}
            aria-label={`${t("entry.expires")} ${goods.name}`}
            onChange={(day) => onChange({ ...line, expiresOn: day?.format("YYYY-MM-DD") ?? null })}
          />
        )}
        <Input
          value={line.note}
          maxLength={500}
          placeholder={t("entry.note")}
          aria-label={`${t("entry.note")} ${goods.name}`}
          onChange={(event) => onChange({ ...line, note: event.target.value })}
        />
      </div>
    </li>
  );
}

interface EntryLinesProps {
  lines: readonly EntryLine[];
  onChange: (lines: EntryLine[]) => void;
  /** Goods that come in have an expiry date of their own. */
  withLot?: boolean;
}

/** Goods with quantities, added by scanner or by typing. */
export function EntryLines({ lines, onChange, withLot = false }: EntryLinesProps) {
  const { t } = useTranslation("inventory");
  const add = (goods: GoodsOut) => {
    const key = Math.max(0, ...lines.map((line) => line.key)) + 1;
    onChange([...lines, { key, goods, units: null, batch: "", expiresOn: null, note: "" }]);
  };
  return (
    <div className="stack">
      <GoodsField label={t("entry.add")} onPick={add} />
      <p className="quiet">{lines.length ? t("entry.add_hint") : t("entry.none")}</p>
      {lines.length > 0 && (
        <ul className="edit-lines">
          {lines.map((line) => (
            <Line
              key={line.key}
              of={line}
              withLot={withLot}
              onChange={(changed) => onChange(lines.map((one) => (one.key === changed.key ? changed : one)))}
              onRemove={() => onChange(lines.filter((one) => one.key !== line.key))}
            />
          ))}
        </ul>
      )}
    </div>
  );
}
