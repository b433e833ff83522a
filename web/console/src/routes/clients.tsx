import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useSession } from "@/domains/access/session";
import { ClientForm } from "@/domains/administration/client-form";
import { ClientList } from "@/domains/administration/client-list";
import { Page } from "@/ui/page";

export function ClientsPage() {
  const { t } = useTranslation("administration");
  const { scopes } = useSession();
  const [isNew, setIsNew] = useState(false);
  return (
    <Page
      title={t("client.title")}
      note={t("client.note")}
      actions={
        <>
          <Button href="/api/docs" target="_blank" rel="noreferrer">
            {t("client.docs")}
          </Button>
          <Button type="primary" onClick={() => setIsNew(true)}>
            {t("client.new")}
          </Button>
        </>
      }
    >
      <ClientList scopes={scopes} />
      {isNew && <ClientForm mine={scopes} onClose={() => setIsNew(false)} />}
    </Page>
  );
}
