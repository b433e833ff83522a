import { useQuery } from "@tanstack/react-query";
import { Button, Select } from "antd";
import { useTranslation } from "react-i18next";
import { getListRegionsQueryKey, listRegions } from "@/gen/partners/partners";
import { FormField } from "@/ui/form-field";
import { RegionField } from "@/ui/region-field";
import type { Conditions } from "./audience";
import { OrganizationSelect } from "./organization-select";

const KINDS = ["DISTRIBUTOR", "SUB_DISTRIBUTOR", "STORE", "SERVICE_PROVIDER"] as const;
const TIERS = ["A", "B", "C", "D"];

function RegionName({ code, onRemove }: { code: string; onRemove: () => void }) {
  const { t } = useTranslation("prices");
  const parent = code.endsWith("0000")
    ? ""
    : code.endsWith("00")
      ? `${code.slice(0, 2)}0000`
      : `${code.slice(0, 4)}00`;
  const params = parent ? { parent_code: parent } : {};
  const { data } = useQuery({
    queryKey: getListRegionsQueryKey(params),
    queryFn: ({ signal }) => listRegions(params, signal),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const name = data?.find((one) => one.code === code)?.name ?? code;
  return (
    <span className="tag">
      {name}{" "}
      <Button size="small" type="text" aria-label={t("audience.remove", { name })} onClick={onRemove}>
        ×
      </Button>
    </span>
  );
}

interface AudienceFieldsProps {
  value: Conditions;
  onChange: (next: Conditions) => void;
}

/** Every condition that is named must hold; of its values any. */
export function AudienceFields({ value, onChange }: AudienceFieldsProps) {
  const { t } = useTranslation("prices");
  const set = (change: Partial<Conditions>) => onChange({ ...value, ...change });
  const words = (part: "tiers" | "channels" | "tags", options: string[] = []) => (
    <FormField label={t(`audience.part.${part}`)}>
      <Select<string[]>
        mode="tags"
        style={{ width: "100%" }}
        placeholder={t(`audience.placeholder.${part}`)}
        value={value[part]}
        options={options.map((one) => ({ value: one, label: one }))}
        onChange={(next) => set({ [part]: next.map((one) => one.trim()).filter(Boolean) })}
      />
    </FormField>
  );
  return (
    <div className="form-grid">
      <FormField label={t("audience.part.under_ids")} hint={t("audience.hint.under_ids")}>
        <OrganizationSelect value={value.under_ids} onChange={(under_ids) => set({ under_ids })} />
      </FormField>
      <div>
        <FormField label={t("audience.part.region_codes")}>
          <RegionField
            value=""
            onChange={(code) =>
              code &&
              !value.region_codes.includes(code) &&
              set({ region_codes: [...value.region_codes, code] })
            }
          />
        </FormField>
        {value.region_codes.length > 0 && (
          <div className="tag-row">
            {value.region_codes.map((code) => (
              <RegionName
                key={code}
                code={code}
                onRemove={() => set({ region_codes: value.region_codes.filter((one) => one !== code) })}
              />
            ))}
          </div>
        )}
      </div>
      <FormField label={t("audience.part.kinds")}>
        <Select<string[]>
          mode="multiple"
          style={{ width: "100%" }}
          placeholder={t("audience.placeholder.kinds")}
          value={value.kinds}
          options={KINDS.map((kind) => ({ value: kind, label: t(`audience.kind.${kind}`) }))}
          onChange={(kinds) => set({ kinds })}
        />
      </FormField>
      {words("tiers", TIERS)}
      {words("channels")}
      {words("tags")}
      <FormField label={t("audience.part.organization_ids")} isWide>
        <OrganizationSelect
          value={value.organization_ids}
          onChange={(organization_ids) => set({ organization_ids })}
        />
      </FormField>
    </div>
  );
}
