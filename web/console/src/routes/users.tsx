import { useTranslation } from "react-i18next";
import { UserList } from "@/domains/access/user-list";
import { Page } from "@/ui/page";

export function UsersPage() {
  const { t } = useTranslation("access");
  return (
    <Page title={t("user.title")}>
      <UserList />
    </Page>
  );
}
