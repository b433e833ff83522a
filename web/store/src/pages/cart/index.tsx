import { useTranslation } from "react-i18next";
import { Page } from "@/ui/page";
import { Empty } from "@/ui/states";

export default function CartPage() {
  const { t } = useTranslation();
  return (
    <Page title={t("tab.cart")} tab="cart">
      <Empty text={t("empty")} />
    </Page>
  );
}
