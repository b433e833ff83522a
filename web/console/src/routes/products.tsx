import { useTranslation } from "react-i18next";
import { ProductList } from "@/domains/catalog/product-list";
import { Page } from "@/ui/page";

export function ProductsPage() {
  const { t } = useTranslation("catalog");
  return (
    <Page title={t("list.title")}>
      <ProductList />
    </Page>
  );
}
