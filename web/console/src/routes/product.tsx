import { useParams } from "@tanstack/react-router";
import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useSession } from "@/domains/access/session";
import { GoodsState } from "@/domains/catalog/goods";
import { ProductForm } from "@/domains/catalog/product-form";
import { ProductPictures } from "@/domains/catalog/product-pictures";
import { ProductStatus } from "@/domains/catalog/product-status";
import { SkuCards } from "@/domains/catalog/sku-cards";
import { useGetProduct } from "@/gen/catalog/catalog";
import { CustomFacts } from "@/ui/custom-values";
import { Card, Page } from "@/ui/page";
import { Pairs } from "@/ui/pairs";
import { Refusal } from "@/ui/refusal";
import { PageSkeleton } from "@/ui/states";

export function ProductPage() {
  const { t } = useTranslation("catalog");
  const { scopes, userId } = useSession();
  const { productId = "" } = useParams({ strict: false }) as { productId?: string };
  const { data: product, error, refetch } = useGetProduct(Number(productId));
  const [isEditing, setIsEditing] = useState(false);
  const list = { label: t("list.title"), to: "/products" };
  const mayChange = scopes.has("catalog:write");
  if (error && !product) {
    return (
      <Page title={t("list.title")} crumbs={[list]}>
        <Refusal of={error} onRetry={() => void refetch()} />
      </Page>
    );
  }
  if (!product) return <PageSkeleton />;
  return (
    <Page
      crumbs={[list, { label: product.name }]}
      title={
        <>
          {product.name} <GoodsState of={product.status} />
        </>
      }
      note={[product.code, product.category_path, product.brand_name].filter(Boolean).join(" · ")}
      actions={
        mayChange && (
          <>
            <ProductStatus of={product} />
            <Button type="primary" onClick={() => setIsEditing(true)}>
              {t("form.open")}
            </Button>
          </>
        )
      }
    >
      <div className="two-columns">
        <SkuCards of={product} mayChange={mayChange} seesCosts={scopes.has("costs:read")} />
        <div className="stack">
          <ProductPictures of={product} mayChange={mayChange} userId={userId} />
          <Card title={t("product.master")}>
            <Pairs
              of={[
                [t("form.code"), product.code],
                [t("field.category"), product.category_path],
                [t("field.brand"), product.brand_name],
                [t("form.description"), product.description],
              ]}
            />
            <dl className="facts">
              <CustomFacts entity="product" values={product.custom} />
            </dl>
          </Card>
        </div>
      </div>
      {isEditing && <ProductForm of={product} onClose={() => setIsEditing(false)} />}
    </Page>
  );
}
