import { useTranslation } from "react-i18next";
import { Page } from "@/ui/page";
import { Empty } from "@/ui/states";

export default function MinePage() {
  const { t } = useTranslation();
  return (
    <Page title={t("tab.mine")} tab="mine">
      <Empty text={t("empty")} />
    </Page>
  );
}
