import { DownloadOutlined } from "@ant-design/icons";
import { App, Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { save } from "@/download";
import { downloadExport, startExport } from "@/gen/exports/exports";
import { asProblem } from "@/problem";
import { wordsOf } from "./refusal";

interface ExportButtonProps {
  /** The list as the API names it. */
  name: string;
  /** As the screen is filtered; what is empty is left out. */
  filters: Record<string, string | number | undefined>;
  fileName: string;
  /** Where one screen exports more than one thing. */
  label?: string;
}

/** The list as a workbook: at once, or as a job when it is long. */
export function ExportButton({ name, filters, fileName, label }: ExportButtonProps) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const [isBusy, setIsBusy] = useState(false);
  const wanted = Object.fromEntries(
    Object.entries(filters)
      .filter(([, value]) => value !== undefined && value !== "")
      .map(([key, value]) => [key, String(value)]),
  );
  const run = async () => {
    setIsBusy(true);
    try {
      const file = await downloadExport({ name, filters: wanted, format: "xlsx" });
      save(file, `${fileName}.xlsx`);
    } catch (error) {
      const problem = asProblem(error);
      if (!problem.code.endsWith("export_too_large")) {
        void message.error(wordsOf(problem).title);
      } else {
        await startExport({ name, filters: wanted, format: "xlsx" }).then(
          () => void message.success(t("export.started")),
          (refused) => void message.error(wordsOf(asProblem(refused)).title),
        );
      }
    } finally {
      setIsBusy(false);
    }
  };
  return (
    <Button icon={<DownloadOutlined />} loading={isBusy} onClick={() => void run()}>
      {label ?? t("action.export")}
    </Button>
  );
}
