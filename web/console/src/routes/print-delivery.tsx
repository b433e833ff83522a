import { useQueries } from "@tanstack/react-query";
import { Checkbox, Segmented } from "antd";
import { useTranslation } from "react-i18next";
import { DeliveryNote } from "@/domains/fulfilment/paper/delivery-note";
import { getGetShipmentQueryOptions } from "@/gen/fulfilment/fulfilment";
import { PrintFrame } from "@/ui/print-frame";
import { Refusal } from "@/ui/refusal";
import { PageSkeleton } from "@/ui/states";
import { many, one, useFilters } from "@/ui/use-filters";

const COPIES = ["kept", "customer", "finance"] as const;

/** Delivery notes of one or several shipments, once or in three copies. */
export function PrintDeliveryPage() {
  const { t } = useTranslation("fulfilment");
  const [filters, change] = useFilters();
  const ids = many(filters.id);
  const withAmounts = one(filters.amounts) === "1";
  const isTriple = one(filters.copies) === "3";
  const found = useQueries({ queries: ids.map((id) => getGetShipmentQueryOptions(id)) });
  const problem = found.find((query) => query.error)?.error;
  const papers = found.flatMap((query) => (query.data ? [query.data] : []));
  const copies = isTriple ? COPIES.map((copy) => t(`print.copy.${copy}`)) : [undefined];
  return (
    <PrintFrame
      title={t("print.delivery")}
      isEmpty={ids.length === 0}
      tools={
        <>
          <Segmented
            value={isTriple ? "3" : "1"}
            aria-label={t("print.copies")}
            options={[
              { value: "1", label: t("print.single") },
              { value: "3", label: t("print.triple") },
            ]}
            onChange={(next) => change({ copies: next === "3" ? "3" : undefined })}
          />
          <Checkbox
            checked={withAmounts}
            onChange={(event) => change({ amounts: event.target.checked ? "1" : undefined })}
          >
            {t("print.with_amounts")}
          </Checkbox>
        </>
      }
    >
      <Refusal of={problem} />
      {!problem && papers.length < ids.length ? (
        <PageSkeleton />
      ) : (
        papers.flatMap((paper) =>
          copies.map((copy) => (
            <DeliveryNote key={`${paper.id} ${copy}`} of={paper} copy={copy} withAmounts={withAmounts} />
          )),
        )
      )}
    </PrintFrame>
  );
}
