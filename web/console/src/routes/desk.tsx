import { useTranslation } from "react-i18next";
import { Page } from "@/ui/page";

export function DeskPage() {
  const { t } = useTranslation();
  return <Page title={t("menu.desk")}>…</Page>;
}
