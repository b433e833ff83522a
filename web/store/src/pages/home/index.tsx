import { useTranslation } from "react-i18next";
import { useGetSession } from "@/gen/access/access";
import { Page } from "@/ui/page";
import { Answered } from "@/ui/states";

export default function HomePage() {
  const { t } = useTranslation();
  const session = useGetSession();
  return (
    <Page title={t("tab.home")} tab="home">
      <Answered of={session}>{({ name }) => <p>{t("home.hello", { name })}</p>}</Answered>
    </Page>
  );
}
