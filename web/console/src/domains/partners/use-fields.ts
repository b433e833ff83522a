import { useTranslation } from "react-i18next";
import { useListOrganizations } from "@/gen/access/access";
import { usePartnerTotals } from "@/gen/partners/partners";
import { useCustomFilters } from "@/ui/custom-filters";
import type { Field } from "@/ui/filter-bar";
import { ENDING_DAYS, GAPS } from "./filters";
import { PARTNER_KINDS, PARTNER_STATES } from "./states";

const same = (values: readonly string[]) => values.map((value) => ({ value, label: value }));

/** The branches right below the reader's own organization. */
export function useBranches(organizationId: number) {
  const { data } = useListOrganizations(
    { parent_id: organizationId, limit: 200 },
    { query: { staleTime: 300_000, enabled: organizationId > 0 } },
  );
  return (data?.items ?? []).filter((one) => one.kind === "BRANCH");
}

/** The filters of the list; words come from the partners there are. */
export function usePartnerFields(organizationId: number): Field[] {
  const { t } = useTranslation(["partners", "access"]);
  const { data } = usePartnerTotals({}, { query: { staleTime: 60_000 } });
  const branches = useBranches(organizationId);
  const own = useCustomFilters("partner");
  const words = (counts: Record<string, number> | undefined) =>
    same(
      Object.keys(counts ?? {})
        .filter(Boolean)
        .sort((one, other) => one.localeCompare(other, "zh")),
    );
  const choice = (name: string, placeholder: string, options: { value: string; label: string }[]): Field => ({
    kind: "choice",
    name,
    placeholder,
    options,
  });
  const fields: Field[] = [
    { kind: "text", name: "text", placeholder: t("list.search") },
    choice(
      "kind",
      t("field.kind"),
      PARTNER_KINDS.map((value) => ({ value, label: t(`access:kind.${value}`) })),
    ),
    choice(
      "status",
      t("field.status"),
      PARTNER_STATES.map((value) => ({ value, label: t(`state.${value}`) })),
    ),
    choice("tier", t("field.tier"), words(data?.by_tier)),
    choice("province", t("field.province"), words(data?.by_province)),
    choice("tag", t("field.tag"), words(data?.by_tag)),
    choice(
      "contract",
      t("filter.contract"),
      ENDING_DAYS.map((value) => ({ value, label: t(`filter.ending.${value}`) })),
    ),
    choice(
      "licence",
      t("filter.licence"),
      ENDING_DAYS.map((value) => ({ value, label: t(`filter.ending.${value}`) })),
    ),
    choice(
      "gap",
      t("filter.gap"),
      GAPS.map((value) => ({ value, label: t(`gap.${value}`) })),
    ),
    ...own,
  ];
  if (branches.length > 1) {
    fields.splice(
      1,
      0,
      choice(
        "under",
        t("field.branch"),
        branches.map(({ id, name }) => ({ value: String(id), label: name })),
      ),
    );
  }
  return fields;
}
