import { useTranslation } from "react-i18next";
import { Page } from "@/ui/page";

export default function Soon() {
  const { t } = useTranslation("store-cart");
  return <Page title={t("title")}>{null}</Page>;
}
