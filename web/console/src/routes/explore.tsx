import { DownloadOutlined } from "@ant-design/icons";
import { Alert, Button, Dropdown, Skeleton } from "antd";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { useSession } from "@/domains/access/session";
import { type Drill, DrillDrawer } from "@/domains/insights/drill-drawer";
import { BelowTag } from "@/domains/insights/explore/below-tag";
import { Pickers } from "@/domains/insights/explore/pickers";
import { PivotChart } from "@/domains/insights/explore/pivot-chart";
import { PivotTable } from "@/domains/insights/explore/pivot-table";
import { fileQuery, readQuestion } from "@/domains/insights/explore/question";
import { usePivot } from "@/domains/insights/explore/use-pivot";
import { save } from "@/download";
import { exportMetrics } from "@/gen/metrics/metrics";
import type { FileFormat, MetricQueryIn } from "@/gen/model";
import { Card, Page } from "@/ui/page";
import { Refusal } from "@/ui/refusal";
import { SavedViews, type View } from "@/ui/saved-views";
import { EmptyState } from "@/ui/states";
import { useFilters } from "@/ui/use-filters";
import { useFormat } from "@/ui/use-format";

/** Headquarters look at branches; below a partner stand its customers. */
const partsOf = (isStaff: boolean): "organization_1" | "partner" => (isStaff ? "organization_1" : "partner");

function useViews(isStaff: boolean): View[] {
  const { t } = useTranslation("insights");
  const parts = partsOf(isStaff);
  return [
    { key: "regions", label: t(`explore.views.${parts}`), filters: {} },
    {
      key: "months",
      label: t(`explore.views.${parts}_months`),
      filters: { metric: "net_sales", rows: parts, cols: "month", period: "months_12" },
    },
    {
      key: "goods",
      label: t("explore.views.goods"),
      filters: { metric: ["net_sales", "units"], rows: ["category_1", "product"], period: "year" },
    },
    {
      key: "partners",
      label: t("explore.views.partners"),
      filters: { metric: ["net_sales", "orders", "return_rate"], rows: "partner", period: "year", top: "20" },
    },
    {
      key: "service",
      label: t("explore.views.service"),
      filters: {
        metric: ["line_fill_rate", "order_cycle_time_p50"],
        rows: parts,
        cols: "month",
        period: "months_12",
      },
    },
  ];
}

const FORMATS: readonly FileFormat[] = ["xlsx", "csv"];

/** The figures of the screen as a file of either kind. */
function useFile(query: () => MetricQueryIn) {
  const { t } = useTranslation("insights");
  const [problem, setProblem] = useState<unknown>(null);
  const [isBusy, setIsBusy] = useState(false);
  const fetch = async (format: FileFormat) => {
    setIsBusy(true);
    setProblem(null);
    try {
      save(await exportMetrics(query(), { file_format: format }), `${t("analysis.title")}.${format}`);
    } catch (refused) {
      setProblem(refused);
    } finally {
      setIsBusy(false);
    }
  };
  return { fetch, isBusy, problem };
}

/** Any figures by rows and columns, under the reader's reach; the same as chart, table and file. */
export function ExplorePage() {
  const { t } = useTranslation(["insights", "common"]);
  const format = useFormat();
  const [filters, change] = useFilters();
  const today = format.today();
  const { isStaff } = useSession();
  const question = useMemo(() => readQuestion(filters, today, partsOf(isStaff)), [filters, today, isStaff]);
  const { pivot, keys, answer, error, retry, asked, count } = usePivot(question);
  const [drill, setDrill] = useState<Drill | null>(null);
  const file = useFile(() => fileQuery(asked, keys));
  const sort = (by: string) =>
    change({ sort: `${by}:${question.sort.by === by && question.sort.descending ? "asc" : "desc"}` });
  const [metric] = answer?.metrics ?? [];
  const freshness = answer?.freshness.complete_at;
  return (
    <Page
      title={t("analysis.title")}
      note={freshness && t("freshness", { at: format.instant(freshness) })}
      actions={
        <Dropdown
          menu={{
            items: FORMATS.map((key) => ({ key, label: t(`explore.file.${key}`) })),
            onClick: ({ key }) => void file.fetch(key as FileFormat),
          }}
        >
          <Button icon={<DownloadOutlined />} loading={file.isBusy}>
            {t("common:action.export")}
          </Button>
        </Dropdown>
      }
    >
      <SavedViews page="explore" views={useViews(isStaff)} />
      <Pickers question={question} filters={filters} change={change} />
      <BelowTag question={question} count={count} onClose={() => change({ below: undefined })} />
      <Refusal of={file.problem} />
      {error && <Refusal of={error} onRetry={retry} />}
      {!pivot && !error && <Skeleton active paragraph={{ rows: 12 }} />}
      {pivot && pivot.rows.length <= 1 && <EmptyState text={t("analysis.empty")} />}
      {pivot && pivot.rows.length > 1 && answer && metric && (
        <Card flush={question.view === "table"}>
          {pivot.isCut && <Alert banner type="info" title={t("explore.cut")} />}
          {question.view === "table" ? (
            <PivotTable
              question={question}
              pivot={pivot}
              metrics={answer.metrics}
              currency={answer.currency}
              onSort={sort}
              onDrill={(name, cell) =>
                setDrill({ metric: name, cell, ...question.days, filters: question.filters })
              }
            />
          ) : (
            <PivotChart question={question} pivot={pivot} metric={metric} currency={answer.currency} />
          )}
        </Card>
      )}
      <DrillDrawer drill={drill} currency={answer?.currency ?? "CNY"} onClose={() => setDrill(null)} />
    </Page>
  );
}
