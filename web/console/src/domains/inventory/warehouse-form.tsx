import { App, Input, InputNumber, Modal } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useCreateWarehouse, useUpdateWarehouse } from "@/gen/inventory/inventory";
import type { WarehouseOut } from "@/gen/model";
import { Refusal } from "@/ui/refusal";
import { useRefreshStock } from "./refresh";

const TEXTS = ["name", "code", "city", "region_code", "address"] as const;
type Text = (typeof TEXTS)[number];
const LABELS = {
  name: "warehouse.name",
  code: "warehouse.code",
  city: "warehouse.city",
  region_code: "warehouse.region",
  address: "warehouse.address",
} as const;
const HINTS = { code: "warehouse.code_hint", region_code: "warehouse.region_hint" } as const;

interface WarehouseFormProps {
  /** Null: a new one. */
  of: WarehouseOut | null;
  organizationId: number;
  onClose: () => void;
}

/** Makes or changes a warehouse. */
export function WarehouseForm({ of: place, organizationId, onClose }: WarehouseFormProps) {
  const { t } = useTranslation(["inventory", "common"]);
  const { message } = App.useApp();
  const refresh = useRefreshStock();
  const [values, setValues] = useState<Record<Text, string>>(() => ({
    name: place?.name ?? "",
    code: place?.code ?? "",
    city: place?.city ?? "",
    region_code: place?.region_code ?? "",
    address: place?.address ?? "",
  }));
  const [priority, setPriority] = useState(place?.priority ?? 100);
  const [isTried, setIsTried] = useState(false);
  const done = {
    mutation: {
      onSuccess: (saved: WarehouseOut) => {
        void message.success(t("warehouse.saved", { name: saved.name }));
        refresh();
        onClose();
      },
    },
  };
  const create = useCreateWarehouse(done);
  const update = useUpdateWarehouse(done);
  const isNameless = values.name.trim() === "";
  const save = () => {
    setIsTried(true);
    if (isNameless) return;
    const data = { ...values, name: values.name.trim(), priority };
    if (place) update.mutate({ warehouseId: place.id, data: { ...data, version: place.version } });
    else create.mutate({ data: { ...data, organization_id: organizationId } });
  };
  return (
    <Modal
      open
      title={place ? `${t("warehouse.edit")} · ${place.name}` : t("warehouse.add")}
      okText={t("warehouse.save")}
      cancelText={t("common:action.back")}
      confirmLoading={create.isPending || update.isPending}
      onOk={save}
      onCancel={onClose}
    >
      <div className="stack">
        {TEXTS.map((name) => (
          <label className="field" key={name}>
            <span>{t(LABELS[name])}</span>
            <Input
              value={values[name]}
              maxLength={name === "name" || name === "address" ? 200 : 60}
              status={name === "name" && isTried && isNameless ? "error" : undefined}
              placeholder={name in HINTS ? t(HINTS[name as keyof typeof HINTS]) : undefined}
              onChange={(event) => setValues({ ...values, [name]: event.target.value })}
            />
            {name === "name" && isTried && isNameless && (
              <span className="field-error">{t("warehouse.name_needed")}</span>
            )}
          </label>
        ))}
        <label className="field">
          <span>{t("warehouse.priority")}</span>
          <InputNumber min={0} max={10000} value={priority} onChange={(next) => setPriority(next ?? 100)} />
          <span className="quiet">{t("warehouse.priority_hint")}</span>
        </label>
        <Refusal of={create.error ?? update.error} />
      </div>
    </Modal>
  );
}
