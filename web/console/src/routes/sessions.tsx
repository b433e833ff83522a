import { useTranslation } from "react-i18next";
import { DeviceList } from "@/domains/access/device-list";
import { Page } from "@/ui/page";

export function SessionsPage() {
  const { t } = useTranslation("access");
  return (
    <Page title={t("device.title")} note={t("device.note")}>
      <DeviceList />
    </Page>
  );
}
