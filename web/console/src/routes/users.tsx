import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useSession } from "@/domains/access/session";
import { UserForm } from "@/domains/access/user-form";
import { UserList } from "@/domains/access/user-list";
import { Page } from "@/ui/page";

export function UsersPage() {
  const { t } = useTranslation("access");
  const { scopes, isStaff } = useSession();
  const [isNew, setIsNew] = useState(false);
  const mayAdd = scopes.has("users:write");
  return (
    <Page
      title={t("user.title")}
      note={t(isStaff ? "user.note" : "user.note_partner")}
      actions={
        mayAdd && (
          <Button type="primary" onClick={() => setIsNew(true)}>
            {t("user.new")}
          </Button>
        )
      }
    >
      <UserList />
      {isNew && <UserForm onClose={() => setIsNew(false)} />}
    </Page>
  );
}
