import { useParams } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { ImportActions, ImportDocument } from "@/domains/integrations/import-document";
import { STATE_TONES, useEntityTitle } from "@/domains/integrations/import-words";
import { useGetImport, useListImportEntities } from "@/gen/imports/imports";
import { Page } from "@/ui/page";
import { Refusal } from "@/ui/refusal";
import { StateTag } from "@/ui/state-tag";
import { PageSkeleton } from "@/ui/states";

const BUSY_MS = 1_500;

export function ImportPage() {
  const { t } = useTranslation("imports");
  const { importId } = useParams({ strict: false }) as { importId: string };
  const { data, error, refetch } = useGetImport(importId, {
    query: {
      refetchInterval: ({ state }) =>
        state.data?.state === "RUNNING" || state.data?.state === "CHECKING" ? BUSY_MS : false,
    },
  });
  const entities = useListImportEntities();
  const entityTitle = useEntityTitle();
  if (error) return <Refusal of={error} onRetry={() => void refetch()} />;
  if (!data) return <PageSkeleton />;
  return (
    <Page
      crumbs={[{ label: t("title"), to: "/imports" }, { label: data.file_name }]}
      title={
        <span className="title-row">
          {data.file_name}
          <StateTag tone={STATE_TONES[data.state]}>{t(`state.${data.state}`)}</StateTag>
        </span>
      }
      note={`${entityTitle(data)} · ${t(`mode.${data.mode}`)}`}
      actions={<ImportActions of={data} />}
    >
      <ImportDocument of={data} entity={entities.data?.items.find((one) => one.name === data.entity)} />
    </Page>
  );
}
