import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useSession } from "@/domains/access/session";
import { Brands } from "@/domains/catalog/brands";
import { Categories } from "@/domains/catalog/categories";
import { ProductForm } from "@/domains/catalog/product-form";
import { ProductList, productParams } from "@/domains/catalog/product-list";
import { ScopeRules } from "@/domains/catalog/scope-rules";
import { WhyCheck } from "@/domains/catalog/why-check";
import { ExportButton } from "@/ui/export-button";
import { Page } from "@/ui/page";
import { NoPermission } from "@/ui/states";
import { useFilters } from "@/ui/use-filters";

export function ProductsPage() {
  const { t } = useTranslation("catalog");
  const { scopes, isStaff } = useSession();
  const [filters] = useFilters();
  const [isNew, setIsNew] = useState(false);
  const { text, category_id, brand_id, status } = productParams(filters);
  return (
    <Page
      title={t("list.title")}
      note={isStaff ? undefined : t("list.own_range")}
      actions={
        <>
          {isStaff && scopes.has("exports:run") && (
            <ExportButton
              name="skus"
              fileName="skus"
              filters={{
                text,
                category_id: category_id ?? undefined,
                brand_id: brand_id ?? undefined,
                status: status ?? undefined,
              }}
            />
          )}
          {scopes.has("catalog:write") && (
            <Button type="primary" onClick={() => setIsNew(true)}>
              {t("form.new")}
            </Button>
          )}
        </>
      }
    >
      <ProductList />
      {isNew && <ProductForm onClose={() => setIsNew(false)} />}
    </Page>
  );
}

export function CategoriesPage() {
  const { t } = useTranslation("catalog");
  const { scopes } = useSession();
  const mayChange = scopes.has("catalog:write");
  return (
    <Page
      title={t("master.title")}
      note={t("master.note")}
      crumbs={[{ label: t("list.title"), to: "/products" }, { label: t("master.title") }]}
    >
      <div className="two-columns">
        <Categories mayChange={mayChange} />
        <Brands mayChange={mayChange} />
      </div>
    </Page>
  );
}

export function ScopePage() {
  const { t } = useTranslation("catalog");
  const { scopes } = useSession();
  if (!scopes.has("policies:read")) return <NoPermission />;
  return (
    <Page
      title={t("scope.title")}
      note={t("scope.note")}
      crumbs={[{ label: t("list.title"), to: "/products" }, { label: t("scope.title") }]}
    >
      <div className="stack">
        <ScopeRules mayChange={scopes.has("catalog:write")} />
        <WhyCheck />
      </div>
    </Page>
  );
}
