import { useTranslation } from "react-i18next";
import { Page } from "@/ui/page";
import { Empty } from "@/ui/states";

export default function FindPage() {
  const { t } = useTranslation();
  return (
    <Page title={t("tab.find")} tab="find">
      <Empty text={t("empty")} />
    </Page>
  );
}
