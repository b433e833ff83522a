import { uuid7 } from "@shared/ids";
import { useNavigate } from "@tanstack/react-router";
import { App, Button, Checkbox, Input, InputNumber, Select, Tag } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useListCategories } from "@/gen/catalog/catalog";
import { usePlanCount } from "@/gen/inventory/inventory";
import type { GoodsOut } from "@/gen/model";
import { GoodsField } from "@/ui/goods-field";
import { Card } from "@/ui/page";
import { Refusal } from "@/ui/refusal";
import { useDraft } from "@/ui/use-draft";
import { useWarehouses, WarehouseField } from "@/ui/warehouse-field";
import { useRefreshStock } from "./refresh";

interface Draft {
  warehouseId: number | null;
  categoryIds: number[];
  skus: Pick<GoodsOut, "sku_id" | "name">[];
  is_blind: boolean;
  freezes: boolean;
  by_lot: boolean;
  recountAbove: string | null;
  note: string;
}
const EMPTY: Draft = {
  warehouseId: null,
  categoryIds: [],
  skus: [],
  is_blind: true,
  freezes: false,
  by_lot: false,
  recountAbove: null,
  note: "",
};
const SWITCHES = [
  ["is_blind", "count.blind", "count.blind_hint"],
  ["freezes", "count.freezes", "count.freezes_hint"],
  ["by_lot", "count.by_lot", null],
] as const;

function Scope({ draft, change }: { draft: Draft; change: (part: Partial<Draft>) => void }) {
  const { t } = useTranslation("inventory");
  const categories = useListCategories();
  return (
    <Card title={t("count.scope")}>
      <div className="stack">
        <label className="field">
          <span>{t("count.categories")}</span>
          <Select
            mode="multiple"
            allowClear
            value={draft.categoryIds}
            showSearch={{ optionFilterProp: "label" }}
            options={(categories.data ?? []).map((one) => ({ value: one.id, label: one.name }))}
            onChange={(categoryIds: number[]) => change({ categoryIds })}
          />
        </label>
        <div className="field">
          <span>{t("count.skus")}</span>
          <GoodsField
            label={t("count.skus")}
            onPick={(goods) =>
              change({
                skus: [
                  ...draft.skus.filter((one) => one.sku_id !== goods.sku_id),
                  { sku_id: goods.sku_id, name: goods.name },
                ],
              })
            }
          />
          <span className="tag-row">
            {draft.skus.map((one) => (
              <Tag
                key={one.sku_id}
                closable={{ "aria-label": t("entry.remove", { name: one.name }) }}
                onClose={() => change({ skus: draft.skus.filter((other) => other !== one) })}
              >
                {one.name}
              </Tag>
            ))}
          </span>
        </div>
        <p className="quiet">{t("count.categories_hint")}</p>
      </div>
    </Card>
  );
}

/** Plans a stock-take: where, what, and how. */
export function CountForm({ organizationId }: { organizationId: number }) {
  const { t } = useTranslation("inventory");
  const { message } = App.useApp();
  const navigate = useNavigate();
  const refresh = useRefreshStock();
  const [draft, setDraft, clear] = useDraft<Draft>("count", EMPTY);
  const change = (part: Partial<Draft>) => setDraft({ ...draft, ...part });
  const [id] = useState(() => uuid7());
  const places = useWarehouses(organizationId);
  const warehouseId = draft.warehouseId ?? (places.length === 1 ? (places[0]?.id ?? null) : null);
  const plan = usePlanCount({
    mutation: {
      onSuccess: (made) => {
        void message.success(t("count.planned", { number: made.number }));
        clear();
        refresh();
        void navigate({ to: "/warehouse/counts/$countId", params: { countId: made.id } });
      },
    },
  });
  const submit = () => {
    if (warehouseId === null) return;
    const { categoryIds, skus, recountAbove, note, is_blind, freezes, by_lot } = draft;
    plan.mutate({
      data: {
        id,
        warehouse_id: warehouseId,
        category_ids: categoryIds,
        sku_ids: skus.map((one) => one.sku_id),
        recount_above: recountAbove,
        note,
        is_blind,
        freezes,
        by_lot,
      },
    });
  };
  return (
    <div className="stack">
      <Card>
        <div className="fields">
          <div className="field">
            <span>{t("entry.warehouse")}</span>
            <WarehouseField
              organizationId={organizationId}
              value={warehouseId ?? undefined}
              onChange={(next) => change({ warehouseId: next ?? null })}
            />
          </div>
          <label className="field">
            <span>{t("count.recount_above")}</span>
            <InputNumber<string>
              stringMode
              min="0"
              value={draft.recountAbove}
              placeholder={t("count.recount_hint")}
              onChange={(recountAbove) => change({ recountAbove })}
            />
          </label>
          <label className="field">
            <span>{t("count.remark")}</span>
            <Input
              value={draft.note}
              maxLength={500}
              onChange={(event) => change({ note: event.target.value })}
            />
          </label>
        </div>
        <div className="stack section-gap">
          {SWITCHES.map(([name, label, hint]) => (
            <Checkbox
              key={name}
              checked={draft[name]}
              onChange={(event) => change({ [name]: event.target.checked })}
            >
              {t(label)} {hint && <span className="quiet">{t(hint)}</span>}
            </Checkbox>
          ))}
        </div>
      </Card>
      <Scope draft={draft} change={change} />
      <Refusal of={plan.error} />
      <div className="entry-foot">
        <span className="quiet">{warehouseId === null ? t("entry.choose_warehouse") : ""}</span>
        <Button type="primary" disabled={warehouseId === null} loading={plan.isPending} onClick={submit}>
          {t("count.plan")}
        </Button>
      </div>
    </div>
  );
}
