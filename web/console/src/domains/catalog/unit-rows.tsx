import { DeleteOutlined } from "@ant-design/icons";
import { Button, Input, InputNumber, Radio } from "antd";
import { useTranslation } from "react-i18next";
import { gtinDigit, gtinProblem, type SkuDraft, type UnitDraft } from "./sku-draft";

export function BarcodeInput({
  label,
  value,
  onChange,
}: {
  label: string;
  value: string;
  onChange: (text: string) => void;
}) {
  const { t } = useTranslation("catalog");
  const problem = gtinProblem(value);
  return (
    <span className="cell-two">
      <Input
        aria-label={label}
        className="figures"
        inputMode="numeric"
        placeholder={t("unit.barcode")}
        status={problem ? "error" : undefined}
        value={value}
        maxLength={20}
        onChange={(event) => onChange(event.target.value)}
      />
      {problem && (
        <span className="field-error" role="alert">
          {problem === "checksum" ? t("gtin.checksum", { digit: gtinDigit(value) }) : t(`gtin.${problem}`)}
        </span>
      )}
    </span>
  );
}

function UnitRow({
  of: unit,
  baseUnit,
  onChange,
  onRemove,
}: {
  of: UnitDraft;
  baseUnit: string;
  onChange: (next: Partial<UnitDraft>) => void;
  onRemove: () => void;
}) {
  const { t } = useTranslation("catalog");
  const name = unit.unit || t("unit.new");
  const base = baseUnit || t("unit.base");
  return (
    <li className="unit-row">
      <span className="unit-factor">
        <span>1</span>
        <Input
          className="unit-name"
          aria-label={t("unit.name")}
          placeholder={t("unit.name")}
          value={unit.unit}
          maxLength={60}
          onChange={(event) => onChange({ unit: event.target.value })}
        />
        <span>=</span>
        <InputNumber
          className="unit-number"
          aria-label={t("unit.numerator", { unit: name })}
          min={1}
          precision={0}
          value={unit.numerator}
          onChange={(numerator) => onChange({ numerator })}
        />
        <span>/</span>
        <InputNumber
          className="unit-number"
          aria-label={t("unit.denominator", { unit: name })}
          min={1}
          precision={0}
          value={unit.denominator}
          onChange={(denominator) => onChange({ denominator })}
        />
        <span>{base}</span>
      </span>
      <BarcodeInput
        label={t("unit.barcode_of", { unit: name })}
        value={unit.barcode}
        onChange={(barcode) => onChange({ barcode })}
      />
      <InputNumber
        className="unit-step"
        stringMode
        min="0"
        aria-label={t("unit.step_of", { unit: name })}
        placeholder={t("unit.step")}
        value={unit.step || null}
        suffix={unit.unit}
        onChange={(step) => onChange({ step: step === null ? "" : String(step) })}
      />
      <Radio value={unit.key} aria-label={t("unit.order_in", { unit: name })}>
        {t("unit.order_unit")}
      </Radio>
      <Button
        type="text"
        icon={<DeleteOutlined />}
        aria-label={t("unit.remove", { unit: name })}
        onClick={onRemove}
      />
    </li>
  );
}

/** The units of a sku: exact fractions of the base unit, each with its barcode and step; one is ordered in. */
export function UnitRows({ draft, change }: { draft: SkuDraft; change: (next: Partial<SkuDraft>) => void }) {
  const { t } = useTranslation("catalog");
  const set = (key: number, next: Partial<UnitDraft>) =>
    change({ units: draft.units.map((unit) => (unit.key === key ? { ...unit, ...next } : unit)) });
  const ordered = draft.units.find((unit) => unit.isOrderUnit)?.key ?? -1;
  return (
    <fieldset className="units">
      <legend className="field-label">{t("unit.title")}</legend>
      <p className="quiet">{t("unit.hint")}</p>
      <Radio.Group
        className="unit-rows"
        value={ordered}
        onChange={(event) =>
          change({
            units: draft.units.map((unit) => ({ ...unit, isOrderUnit: unit.key === event.target.value })),
          })
        }
      >
        <ul>
          <li className="unit-row">
            <span className="unit-factor">
              <Input
                className="unit-name"
                aria-label={t("unit.base")}
                placeholder={t("unit.base")}
                value={draft.baseUnit}
                maxLength={60}
                onChange={(event) => change({ baseUnit: event.target.value })}
              />
              <span className="quiet">{t("unit.base_note")}</span>
            </span>
            <BarcodeInput
              label={t("unit.barcode_of", { unit: draft.baseUnit || t("unit.base") })}
              value={draft.baseBarcode}
              onChange={(baseBarcode) => change({ baseBarcode })}
            />
            <Radio value={-1} aria-label={t("unit.order_in", { unit: draft.baseUnit || t("unit.base") })}>
              {t("unit.order_unit")}
            </Radio>
          </li>
          {draft.units.map((unit) => (
            <UnitRow
              key={unit.key}
              of={unit}
              baseUnit={draft.baseUnit}
              onChange={(next) => set(unit.key, next)}
              onRemove={() => change({ units: draft.units.filter((one) => one.key !== unit.key) })}
            />
          ))}
        </ul>
      </Radio.Group>
      <Button
        type="dashed"
        onClick={() =>
          change({
            units: [
              ...draft.units,
              {
                key: Math.max(-1, ...draft.units.map((unit) => unit.key)) + 1,
                unit: "",
                numerator: null,
                denominator: 1,
                barcode: "",
                step: "",
                isOrderUnit: false,
              },
            ],
          })
        }
      >
        {t("unit.add")}
      </Button>
    </fieldset>
  );
}
