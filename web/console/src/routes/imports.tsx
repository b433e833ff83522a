import { PlusOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ImportList } from "@/domains/integrations/import-list";
import { StartDialog } from "@/domains/integrations/import-start";
import { useListImportEntities } from "@/gen/imports/imports";
import { Page } from "@/ui/page";
import { Refusal } from "@/ui/refusal";

export function ImportsPage() {
  const { t } = useTranslation("imports");
  const [isStarting, setIsStarting] = useState(false);
  const entities = useListImportEntities();
  const known = entities.data?.items ?? [];
  return (
    <Page
      title={t("title")}
      note={t("note")}
      actions={
        <Button
          type="primary"
          icon={<PlusOutlined aria-hidden />}
          disabled={known.length === 0}
          onClick={() => setIsStarting(true)}
        >
          {t("new")}
        </Button>
      }
    >
      <Refusal of={entities.error} />
      <ImportList entities={known} />
      {isStarting && <StartDialog entities={known} onClose={() => setIsStarting(false)} />}
    </Page>
  );
}
