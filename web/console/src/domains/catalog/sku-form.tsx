import { rate } from "@shared/money";
import { App, Checkbox, Input, InputNumber, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useCreateSku, useUpdateSku } from "@/gen/catalog/catalog";
import type { ProductOut, SkuOut } from "@/gen/model";
import { FormDrawer } from "@/ui/form-drawer";
import { FormField, fieldProblem } from "@/ui/form-field";
import { useCatalogRefresh } from "./refresh";
import { bodyOf, draftOf, gtinProblem, type SkuDraft, TAX_RATES } from "./sku-draft";
import { UnitRows } from "./unit-rows";

interface SkuFormProps {
  product: ProductOut;
  of?: SkuOut;
  seesCosts: boolean;
  onClose: () => void;
}

function Limits({
  draft,
  change,
  problem,
}: {
  draft: SkuDraft;
  change: (next: Partial<SkuDraft>) => void;
  problem: unknown;
}) {
  const { t } = useTranslation("catalog");
  const figure = (
    name: "minimum" | "multiple" | "limit" | "periodLimit",
    field: string,
    label: string,
    hint?: string,
  ) => (
    <FormField label={label} hint={hint} problem={fieldProblem(problem, field)}>
      <InputNumber
        stringMode
        min="0"
        suffix={draft.baseUnit}
        value={draft[name] || null}
        onChange={(value) => change({ [name]: value === null ? "" : String(value) })}
      />
    </FormField>
  );
  return (
    <div className="fields">
      {figure("minimum", "order_minimum", t("sku.minimum"))}
      {figure("multiple", "order_multiple", t("sku.multiple"))}
      {figure("limit", "order_limit", t("sku.limit"))}
      {figure("periodLimit", "period_limit", t("sku.period_limit"))}
      <FormField label={t("sku.period_days")} problem={fieldProblem(problem, "period_days")}>
        <InputNumber
          min={1}
          max={3660}
          precision={0}
          suffix={t("sku.day")}
          value={draft.periodDays}
          onChange={(periodDays) => change({ periodDays })}
        />
      </FormField>
    </div>
  );
}

/** A sku with its units: what is ordered, counted and scanned. */
export function SkuForm({ product, of: sku, seesCosts, onClose }: SkuFormProps) {
  const { t } = useTranslation("catalog");
  const { message } = App.useApp();
  const refresh = useCatalogRefresh();
  const [begin] = useState(() => draftOf(sku));
  const [draft, setDraft] = useState(begin);
  const change = (next: Partial<SkuDraft>) => setDraft((before) => ({ ...before, ...next }));
  const mutation = {
    onSuccess: () => {
      void message.success(t(sku ? "sku.changed" : "sku.made", { name: draft.name }));
      refresh();
      onClose();
    },
  };
  const create = useCreateSku({ mutation });
  const update = useUpdateSku({ mutation });
  const problem = create.error ?? update.error;
  const codes = [draft.baseBarcode, ...draft.units.map((unit) => unit.barcode)];
  const isReady =
    draft.name.trim() !== "" &&
    draft.baseUnit.trim() !== "" &&
    (Boolean(sku) || draft.code.trim() !== "") &&
    codes.every((code) => gtinProblem(code) === null) &&
    draft.units.every((unit) => unit.unit.trim() !== "" && unit.numerator && unit.denominator);
  const submit = () => {
    const { code, ...body } = bodyOf(draft);
    if (sku) update.mutate({ skuId: sku.id, data: { ...body, version: sku.version } });
    else create.mutate({ productId: product.id, data: { ...body, code } });
  };
  return (
    <FormDrawer
      title={sku ? t("sku.edit", { name: sku.name }) : t("sku.new", { name: product.name })}
      confirm={t("form.save")}
      isReady={isReady}
      isBusy={create.isPending || update.isPending}
      isDirty={draft !== begin}
      problem={problem}
      size={820}
      onClose={onClose}
      onSubmit={submit}
    >
      <div className="fields">
        <FormField label={t("sku.name")} problem={fieldProblem(problem, "name")}>
          <Input
            value={draft.name}
            maxLength={200}
            onChange={(event) => change({ name: event.target.value })}
          />
        </FormField>
        {!sku && (
          <FormField label={t("sku.code")} problem={fieldProblem(problem, "code")}>
            <Input
              value={draft.code}
              maxLength={60}
              onChange={(event) => change({ code: event.target.value })}
            />
          </FormField>
        )}
        <FormField label={t("sku.specification")}>
          <Input
            value={draft.specification}
            maxLength={200}
            onChange={(event) => change({ specification: event.target.value })}
          />
        </FormField>
        <FormField label={t("sku.tax_rate")} problem={fieldProblem(problem, "tax_rate")}>
          <Select
            value={draft.taxRate}
            onChange={(taxRate) => change({ taxRate })}
            options={TAX_RATES.map((value) => ({ value, label: rate(value, 0) }))}
          />
        </FormField>
        <FormField label={t("sku.shelf_life")}>
          <InputNumber
            min={1}
            max={36_600}
            precision={0}
            suffix={t("sku.day")}
            value={draft.shelfLife}
            onChange={(shelfLife) => change({ shelfLife })}
          />
        </FormField>
        {seesCosts && (
          <FormField label={t("sku.cost")}>
            <InputNumber
              stringMode
              min="0"
              suffix={draft.baseUnit ? `/ ${draft.baseUnit}` : undefined}
              value={draft.cost || null}
              onChange={(cost) => change({ cost: cost === null ? "" : String(cost) })}
            />
          </FormField>
        )}
      </div>
      <Checkbox checked={!draft.isWhole} onChange={(event) => change({ isWhole: !event.target.checked })}>
        {t("sku.weighed")}
      </Checkbox>
      <UnitRows draft={draft} change={change} />
      <h3>{t("sku.limits")}</h3>
      <Limits draft={draft} change={change} problem={problem} />
    </FormDrawer>
  );
}
