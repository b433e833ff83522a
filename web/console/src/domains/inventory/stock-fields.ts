import { useTranslation } from "react-i18next";
import { useListCategories } from "@/gen/catalog/catalog";
import type { Field } from "@/ui/filter-bar";
import { useWarehouses } from "@/ui/warehouse-field";

export const GROUPS = ["PLACE", "LOT", "ORGANIZATION", "SKU"] as const;
export const KINDS = ["BRAND", "DISTRIBUTOR", "SUB_DISTRIBUTOR", "STORE"] as const;
const SOON = ["30", "60", "90"] as const;
const COVER = ["7", "14", "30"] as const;
const DAYS = /^[1-9]\d{0,2}$/;

/** A number of days as the address gives it; the choices and whatever a setting says. */
export const daysOf = (text: string): string | undefined =>
  DAYS.test(text) && Number(text) <= 365 ? text : undefined;

const withThat = (choices: readonly string[], chosen: string | undefined): string[] =>
  chosen && !choices.includes(chosen) ? [...choices, chosen] : [...choices];

interface Narrowing {
  organizationId: number;
  /** Tiers of partners to narrow to; nothing where there are no partners below. */
  tiers: readonly string[];
  soon: string | undefined;
  cover: string | undefined;
}

/** What a list of stock is narrowed by. */
export function useStockFields({ organizationId, tiers, soon, cover }: Narrowing): Field[] {
  const { t } = useTranslation("inventory");
  const categories = useListCategories();
  const places = useWarehouses(organizationId);
  return [
    { kind: "text", name: "q", placeholder: t("stock.search") },
    {
      kind: "choice",
      name: "group",
      placeholder: t("stock.group"),
      options: GROUPS.map((value) => ({ value, label: t(`stock.groups.${value}`) })),
    },
    {
      kind: "choice",
      name: "warehouse",
      placeholder: t("stock.place"),
      options: places.map((place) => ({ value: String(place.id), label: place.name })),
    },
    {
      kind: "choice",
      name: "category",
      placeholder: t("stock.category"),
      options: (categories.data ?? []).map((one) => ({ value: String(one.id), label: one.name })),
    },
    ...(tiers.length > 0
      ? [
          {
            kind: "choice" as const,
            name: "kind",
            placeholder: t("stock.kind"),
            options: KINDS.map((value) => ({ value, label: t(`stock.kinds.${value}`) })),
          },
          {
            kind: "choice" as const,
            name: "tier",
            placeholder: t("stock.tier"),
            options: tiers.map((value) => ({ value, label: value })),
          },
          {
            kind: "choice" as const,
            name: "organization",
            placeholder: t("stock.mine"),
            options: [{ value: String(organizationId), label: t("stock.mine_choice") }],
          },
        ]
      : []),
    {
      kind: "choice",
      name: "soon",
      placeholder: t("stock.expires"),
      options: withThat(SOON, soon).map((days) => ({
        value: days,
        label: t("stock.expires_within", { days }),
      })),
    },
    {
      kind: "choice",
      name: "cover",
      placeholder: t("stock.cover"),
      options: withThat(COVER, cover).map((days) => ({
        value: days,
        label: t("stock.cover_below", { days }),
      })),
    },
    { kind: "day", name: "on", placeholder: t("stock.day") },
  ];
}
