import { shift } from "@shared/dates";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { ListOrdersParams, OrderState } from "@/gen/model";
import { customWanted, useCustomFilters } from "@/ui/custom-filters";
import type { Field } from "@/ui/filter-bar";
import type { View } from "@/ui/saved-views";
import { type Filters, many, one, useFilters } from "@/ui/use-filters";
import type { OrderReader } from "./reader";
import { ORDER_STATES } from "./states";

const OPEN: readonly OrderState[] = [
  "AWAITING_BUYER",
  "SUBMITTED",
  "AWAITING_FINANCE",
  "CONFIRMED",
  "PARTIALLY_SHIPPED",
  "SHIPPED",
];
/** What people look at on its own, in the order in which an order goes through them. */
const STEPS: readonly OrderState[] = [
  "AWAITING_BUYER",
  "SUBMITTED",
  "AWAITING_FINANCE",
  "CONFIRMED",
  "SHIPPED",
];

const idOf = (value: string | string[] | undefined): number | undefined => {
  const id = Number.parseInt(one(value), 10);
  return Number.isNaN(id) ? undefined : id;
};

/** What the URL says, as the API asks for it; the API's `date_until` is the day after. */
export function paramsOf(filters: Filters): ListOrdersParams {
  const states = many(filters.state).filter((state): state is OrderState =>
    ORDER_STATES.some((known) => known === state),
  );
  const until = one(filters.until);
  const behalf = one(filters.behalf);
  return {
    state: states.length ? states : undefined,
    text: one(filters.text) || undefined,
    buyer_id: idOf(filters.buyer),
    seller_id: idOf(filters.seller),
    on_behalf: behalf ? behalf === "true" : undefined,
    is_late: one(filters.late) === "true" || undefined,
    custom: customWanted(filters),
    date_from: one(filters.from) || undefined,
    date_until: until ? shift(until, { days: 1 }) : undefined,
  };
}

/** The same, as an export takes it. */
export function exportOf(filters: Filters): Record<string, string | number | undefined> {
  const { state, on_behalf, is_late, buyer_id, seller_id, text, date_from, date_until, custom } =
    paramsOf(filters);
  return {
    state: state?.join(","),
    on_behalf: on_behalf === undefined || on_behalf === null ? undefined : String(on_behalf),
    is_late: is_late ? "true" : undefined,
    custom: custom?.join("\n"),
    buyer_id: buyer_id ?? undefined,
    seller_id: seller_id ?? undefined,
    text,
    date_from: date_from ?? undefined,
    date_until: date_until ?? undefined,
  };
}

/** The house's views: what goes on, each step of it, and for a dealer what it buys and what it sells. */
export function useOrderViews(reader: OrderReader): View[] {
  const { t } = useTranslation("orders");
  return useMemo(() => {
    const own = String(reader.organizationId);
    const sides: View[] = reader.isStaff
      ? []
      : [
          { key: "bought", label: t("view.bought"), filters: { buyer: own } },
          ...(reader.isStore ? [] : [{ key: "sold", label: t("view.sold"), filters: { seller: own } }]),
        ];
    return [
      { key: "all", label: t("view.all"), filters: {} },
      { key: "open", label: t("view.open"), filters: { state: [...OPEN] } },
      ...sides,
      ...STEPS.map((state) => ({ key: state, label: t(`state.${state}`), filters: { state: [state] } })),
      { key: "late", label: t("field.late_yes"), filters: { late: "true" } },
      { key: "behalf", label: t("view.behalf"), filters: { behalf: "true" } },
    ];
  }, [t, reader.organizationId, reader.isStaff, reader.isStore]);
}

export function useOrderFields(reader: OrderReader): Field[] {
  const { t } = useTranslation("orders");
  const isLate = one(useFilters()[0].late) === "true";
  const own = useCustomFilters("order");
  return useMemo(
    () => [
      { kind: "text", name: "text", placeholder: t("list.search") },
      {
        kind: "choice",
        name: "state",
        several: true,
        placeholder: t("field.state"),
        options: ORDER_STATES.map((state) => ({ value: state, label: t(`state.${state}`) })),
      },
      ...(reader.mayReadPartners && !reader.isStore
        ? ([
            { kind: "partner", name: "buyer", placeholder: t("field.buyer") },
            ...(reader.isStaff ? [{ kind: "partner", name: "seller", placeholder: t("field.seller") }] : []),
          ] as Field[])
        : []),
      {
        kind: "choice",
        name: "behalf",
        placeholder: t("field.on_behalf"),
        options: [
          { value: "true", label: t("field.on_behalf_yes") },
          { value: "false", label: t("field.on_behalf_no") },
        ],
      },
      // Chosen by the view or the desk's alert: shown only then, the row is full.
      ...(isLate
        ? ([
            {
              kind: "choice",
              name: "late",
              placeholder: t("field.late"),
              options: [{ value: "true", label: t("field.late_yes") }],
            },
          ] as Field[])
        : []),
      ...own,
      { kind: "days", from: "from", until: "until" },
    ],
    [t, isLate, own, reader.mayReadPartners, reader.isStore, reader.isStaff],
  );
}
