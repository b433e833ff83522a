import { useTranslation } from "react-i18next";
import { HealthBoard } from "@/domains/administration/health-board";
import { Page } from "@/ui/page";

export function HealthPage() {
  const { t } = useTranslation("administration");
  return (
    <Page title={t("health.title")} note={t("health.note")}>
      <HealthBoard />
    </Page>
  );
}
