import { Input, Select } from "antd";
import { useTranslation } from "react-i18next";
import { usePartnerTotals } from "@/gen/partners/partners";
import { CustomFieldsForm } from "@/ui/custom-fields";
import { FormField, fieldProblem } from "@/ui/form-field";
import { RegionField } from "@/ui/region-field";
import type { PartnerDraft } from "./partner-draft";
import type { Checks } from "./use-checks";

interface PartnerFieldsProps {
  draft: PartnerDraft;
  change: (next: Partial<PartnerDraft>) => void;
  checks: Checks;
  problem: unknown;
}

/** What is wrong with a code, in the words of its facts. */
function useUsccWords({ usccProblem: problem }: Checks): string | null {
  const { t } = useTranslation("partners");
  if (!problem) return null;
  const { because, ...facts } = problem.facts as Record<string, string | number>;
  switch (because) {
    case "length":
      return t("uscc.length", { length: facts.length });
    case "character":
      return t("uscc.character", { position: facts.position, character: facts.character });
    case "checksum":
      return t("uscc.checksum", { expected: facts.expected });
    default:
      return t("uscc.wrong");
  }
}

/** The master data of a partner; the code is judged while it is typed. */
export function PartnerFields({ draft, change, checks, problem }: PartnerFieldsProps) {
  const { t } = useTranslation("partners");
  const { data } = usePartnerTotals({}, { query: { staleTime: 60_000 } });
  const words = (counts: Record<string, number> | undefined) =>
    Object.keys(counts ?? {})
      .filter(Boolean)
      .sort()
      .map((value) => ({ value, label: value }));
  const usccWords = useUsccWords(checks);
  const text = (name: keyof PartnerDraft & string, field: string, label: string, isWide = false) => (
    <FormField label={label} isWide={isWide} problem={fieldProblem(problem, field)}>
      <Input
        value={String(draft[name] ?? "")}
        maxLength={200}
        onChange={(event) => change({ [name]: event.target.value })}
      />
    </FormField>
  );
  return (
    <div className="fields">
      {text("name", "name", t("field.name_needed"), true)}
      {text("shortName", "short_name", t("field.short_name"))}
      <FormField
        label={t("field.uscc")}
        problem={usccWords ?? fieldProblem(problem, "uscc")}
        hint={checks.isUsccRight ? t("uscc.right") : t("uscc.hint")}
      >
        <Input
          className="figures"
          value={draft.uscc}
          maxLength={24}
          onChange={(event) => change({ uscc: event.target.value.toUpperCase() })}
        />
      </FormField>
      <FormField label={t("field.tier")} problem={fieldProblem(problem, "tier")}>
        <Select
          allowClear
          value={draft.tier || undefined}
          onChange={(tier?: string) => change({ tier: tier ?? "" })}
          options={words(data?.by_tier)}
        />
      </FormField>
      {text("channel", "channel", t("field.channel"))}
      <FormField label={t("field.tags")}>
        <Select
          mode="tags"
          value={draft.tags}
          tokenSeparators={[",", "，"]}
          onChange={(tags: string[]) => change({ tags })}
          options={words(data?.by_tag)}
        />
      </FormField>
      {text("phone", "phone", t("field.phone"))}
      <FormField label={t("field.region")} problem={fieldProblem(problem, "region_code")}>
        <RegionField value={draft.regionCode} onChange={(regionCode) => change({ regionCode })} />
      </FormField>
      {text("address", "address", t("field.address"), true)}
      <div className="field-wide">
        <CustomFieldsForm
          entity="partner"
          values={draft.custom}
          problem={problem}
          onChange={(custom) => change({ custom })}
        />
      </div>
    </div>
  );
}
