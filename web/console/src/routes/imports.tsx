import { PlusOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ImportList } from "@/domains/integrations/import-list";
import { StartDialog } from "@/domains/integrations/import-start";
import { useListImportEntities } from "@/gen/imports/imports";
import { Page } from "@/ui/page";
import { Refusal } from "@/ui/refusal";
import { one, useFilters } from "@/ui/use-filters";

export function ImportsPage() {
  const { t } = useTranslation("imports");
  const [filters, change] = useFilters();
  // A link may come with what is to be imported, such as sales.
  const asked = one(filters.start);
  const [isStarting, setIsStarting] = useState(asked !== "");
  const close = () => {
    setIsStarting(false);
    if (asked) change({ start: undefined });
  };
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
      {isStarting && known.length > 0 && (
        <StartDialog entities={known} first={asked || undefined} onClose={close} />
      )}
    </Page>
  );
}
