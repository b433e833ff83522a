import { App, Button, Popconfirm } from "antd";
import { useTranslation } from "react-i18next";
import { useSetProductStatus } from "@/gen/catalog/catalog";
import type { ProductOut } from "@/gen/model";
import { wordsOf } from "@/ui/refusal";
import { useCatalogRefresh } from "./refresh";

/** Stops a product with all its skus, or sells it again. */
export function ProductStatus({ of: product }: { of: ProductOut }) {
  const { t } = useTranslation(["catalog", "common"]);
  const { message } = App.useApp();
  const refresh = useCatalogRefresh();
  const isActive = product.status === "ACTIVE";
  const move = useSetProductStatus({
    mutation: {
      onSuccess: (kept) => {
        void message.success(t(isActive ? "sku.stopped" : "sku.resumed", { name: kept.name }));
        refresh();
      },
      onError: (problem) => void message.error(wordsOf(problem).title),
    },
  });
  return (
    <Popconfirm
      title={t(isActive ? "product.stop_sure" : "product.resume_sure", { name: product.name })}
      description={t(isActive ? "product.stop_text" : "product.resume_text")}
      okText={t(isActive ? "action.stop" : "action.resume")}
      cancelText={t("common:action.back")}
      onConfirm={() =>
        move.mutate({
          productId: product.id,
          data: { status: isActive ? "STOPPED" : "ACTIVE", version: product.version },
        })
      }
    >
      <Button danger={isActive} loading={move.isPending}>
        {t(isActive ? "action.stop" : "action.resume")}
      </Button>
    </Popconfirm>
  );
}
