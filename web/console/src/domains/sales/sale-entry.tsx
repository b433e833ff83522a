import { uuid7 } from "@shared/ids";
import { App, Checkbox, DatePicker, Input, Segmented } from "antd";
import dayjs from "dayjs";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useRecordSale } from "@/gen/inventory/inventory";
import type { SaleOut } from "@/gen/model";
import { asProblem } from "@/problem";
import { FormDrawer } from "@/ui/form-drawer";
import { PartnerField } from "@/ui/partner-field";
import { useDraft } from "@/ui/use-draft";
import { useWarehouses, WarehouseField } from "@/ui/warehouse-field";
import type { SalesReader } from "./reader";
import { useRefreshSales } from "./refresh";
import { EMPTY, missing, type SaleDraft, saleOf } from "./sale-draft";
import { SaleLines } from "./sale-lines";

interface FieldsProps {
  draft: SaleDraft;
  warehouseId: number | null;
  reader: SalesReader;
  onChange: (change: Partial<SaleDraft>) => void;
}

function ToWhom({ draft, onChange }: Pick<FieldsProps, "draft" | "onChange">) {
  const { t } = useTranslation("sales");
  return (
    <>
      <Segmented<SaleDraft["to"]>
        value={draft.to}
        aria-label={t("field.buyer")}
        options={(["PARTNER", "WALK_IN"] as const).map((value) => ({ value, label: t(`to.${value}`) }))}
        onChange={(to) => onChange({ to })}
      />
      {draft.to === "PARTNER" && (
        <div className="field">
          <span>{t("field.buyer")}</span>
          <PartnerField
            label={t("entry.choose_buyer")}
            value={draft.buyerId ?? undefined}
            onChange={(buyerId) => onChange({ buyerId: buyerId ?? null })}
          />
        </div>
      )}
    </>
  );
}

function Fields({ draft, warehouseId, reader, onChange }: FieldsProps) {
  const { t } = useTranslation("sales");
  return (
    <>
      {!reader.isStore && <ToWhom draft={draft} onChange={onChange} />}
      {draft.to === "WALK_IN" && (
        <label className="field">
          <span>{t("entry.customer")}</span>
          <Input
            value={draft.customer}
            maxLength={200}
            placeholder={t("entry.customer_hint")}
            onChange={(event) => onChange({ customer: event.target.value })}
          />
        </label>
      )}
      <div className="fields">
        <div className="field">
          <span>{t("field.warehouse")}</span>
          <WarehouseField
            organizationId={reader.organizationId}
            value={warehouseId ?? undefined}
            onChange={(next) => onChange({ warehouseId: next ?? null })}
          />
        </div>
        <div className="field">
          <span>{t("field.day")}</span>
          <DatePicker
            value={draft.soldOn ? dayjs(draft.soldOn) : null}
            placeholder={t("entry.today")}
            aria-label={t("field.day")}
            disabledDate={(day) => day.isAfter(dayjs(), "day")}
            onChange={(day) => onChange({ soldOn: day?.format("YYYY-MM-DD") ?? null })}
          />
        </div>
      </div>
    </>
  );
}

interface SaleEntryProps {
  reader: SalesReader;
  onDone: (sale: SaleOut) => void;
  onClose: () => void;
}

/** Records one sale: to a store below, or over the counter; what is typed stays until it was sent. */
export function SaleEntry({ reader, onDone, onClose }: SaleEntryProps) {
  const { t } = useTranslation("sales");
  const { message } = App.useApp();
  const refresh = useRefreshSales();
  const [kept, setKept, clear] = useDraft<SaleDraft>("sale", EMPTY);
  const [id] = useState(() => uuid7());
  const draft: SaleDraft = reader.isStore ? { ...kept, to: "WALK_IN" } : kept;
  const change = (next: Partial<SaleDraft>) => setKept({ ...draft, ...next });
  const places = useWarehouses(reader.organizationId);
  const warehouseId = draft.warehouseId ?? (places.length === 1 ? (places[0]?.id ?? null) : null);
  const record = useRecordSale({
    mutation: {
      onSuccess: (sale) => {
        void message.success(t("entry.done", { number: sale.number }));
        clear();
        refresh();
        onDone(sale);
      },
    },
  });
  const why = missing(draft, warehouseId);
  const mayBeOrder =
    draft.isNoOrder || (record.error && asProblem(record.error).code === "inventory.sale_may_be_order");
  return (
    <FormDrawer
      title={t("entry.title")}
      confirm={t("entry.submit")}
      isReady={why === null}
      isBusy={record.isPending}
      problem={record.error}
      size={720}
      onSubmit={() => warehouseId !== null && record.mutate({ data: saleOf(draft, id, warehouseId) })}
      onClose={onClose}
    >
      <Fields draft={draft} warehouseId={warehouseId} reader={reader} onChange={change} />
      <SaleLines lines={draft.lines} onChange={(lines) => change({ lines })} />
      <label className="field">
        <span>{t("field.note")}</span>
        <Input
          value={draft.note}
          maxLength={500}
          onChange={(event) => change({ note: event.target.value })}
        />
      </label>
      {mayBeOrder && (
        <Checkbox checked={draft.isNoOrder} onChange={(event) => change({ isNoOrder: event.target.checked })}>
          {t("entry.no_order")}
        </Checkbox>
      )}
      {why && <p className="quiet">{t(`entry.missing.${why}`)}</p>}
    </FormDrawer>
  );
}
