import { useTranslation } from "react-i18next";
import { ReceiveList } from "@/domains/fulfilment/receive-list";
import { Page } from "@/ui/page";

/** What is under way to us. */
export function ReceivePage() {
  const { t } = useTranslation("fulfilment");
  return (
    <Page title={t("receive.title")} note={t("receive.about")}>
      <ReceiveList />
    </Page>
  );
}
