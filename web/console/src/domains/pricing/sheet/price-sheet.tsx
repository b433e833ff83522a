import { Skeleton } from "antd";
import { useTranslation } from "react-i18next";
import type { PriceListPageOut } from "@/gen/model";
import { useGetPriceSheet } from "@/gen/prices/prices";
import { Refusal } from "@/ui/refusal";
import { one, useFilters } from "@/ui/use-filters";
import { Editor } from "./editor";

/** The rows of a version: read once in one go, then edited here; `row` in the address leads to one of them. */
export function PriceSheet({ of: version, userId }: { of: PriceListPageOut; userId: number }) {
  const { t } = useTranslation("common");
  const [filters] = useFilters();
  const { data, error, refetch } = useGetPriceSheet(version.id, {
    query: { staleTime: Number.POSITIVE_INFINITY, gcTime: 0, refetchOnWindowFocus: false },
  });
  if (error) return <Refusal of={error} onRetry={() => void refetch()} />;
  if (!data) {
    return (
      <div className="card card-body" role="status" aria-label={t("state.loading")}>
        <Skeleton active title={false} paragraph={{ rows: 16, width: "100%" }} />
      </div>
    );
  }
  const [skuId, unit = ""] = one(filters.row).split(" ");
  const jump = skuId ? { skuId: Number(skuId), unit } : null;
  // Another life of the version (approved, taken back) is another sheet.
  return (
    <Editor key={`${version.id} ${version.state}`} of={version} sheet={data} userId={userId} jump={jump} />
  );
}
