import { Select } from "antd";
import { useTranslation } from "react-i18next";
import { useListWarehouses } from "@/gen/inventory/inventory";
import type { WarehouseOut } from "@/gen/model";

const NONE: WarehouseOut[] = [];

/** The open warehouses of an organization (one's own). */
export function useWarehouses(organizationId: number) {
  const found = useListWarehouses(
    { organization_id: organizationId, is_active: true, limit: 200 },
    { query: { staleTime: 300_000, enabled: organizationId > 0 } },
  );
  return found.data?.items ?? NONE;
}

interface WarehouseFieldProps {
  organizationId: number;
  value: number | undefined;
  onChange: (warehouseId: number | undefined) => void;
  label?: string;
  allowClear?: boolean;
  except?: number;
}

/** One of the organization's open warehouses. */
export function WarehouseField(props: WarehouseFieldProps) {
  const { organizationId, value, onChange, label, allowClear = false, except } = props;
  const { t } = useTranslation("inventory");
  const places = useWarehouses(organizationId);
  return (
    <Select
      className="filter-choice"
      value={value}
      allowClear={allowClear}
      placeholder={label ?? t("warehouse.one")}
      aria-label={label ?? t("warehouse.one")}
      showSearch={{ optionFilterProp: "label" }}
      popupMatchSelectWidth={false}
      options={places
        .filter((place) => place.id !== except)
        .map((place) => ({ value: place.id, label: place.name }))}
      onChange={(next?: number) => onChange(next)}
    />
  );
}
