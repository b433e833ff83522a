import { useTranslation } from "react-i18next";
import { JobList } from "@/domains/jobs/job-list";
import { Page } from "@/ui/page";

export function JobsPage() {
  const { t } = useTranslation("jobs");
  return (
    <Page title={t("title")} note={t("note")}>
      <JobList />
    </Page>
  );
}
