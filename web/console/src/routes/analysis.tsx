import { DownloadOutlined } from "@ant-design/icons";
import { Button, Segmented, Select, Skeleton } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { type Drill, DrillDrawer } from "@/domains/insights/drill-drawer";
import { MetricTable } from "@/domains/insights/metric-table";
import { daysOf, isPeriod, PERIODS } from "@/domains/insights/periods";
import { useMetricWords } from "@/domains/insights/tiles";
import { useMetrics } from "@/domains/insights/use-metrics";
import { save } from "@/download";
import { exportMetrics } from "@/gen/metrics/metrics";
import type { MetricQueryIn } from "@/gen/model";
import { Page } from "@/ui/page";
import { Refusal } from "@/ui/refusal";
import { many, one, useFilters } from "@/ui/use-filters";
import { useFormat } from "@/ui/use-format";

/** The question in the URL: which metrics, by what, in which period. */
function useQuestion() {
  const [filters, change] = useFilters();
  const format = useFormat();
  const asked = one(filters.period);
  const period = isPeriod(asked) ? asked : "month";
  const metrics = many(filters.metric).length > 0 ? many(filters.metric) : ["net_sales", "orders"];
  const dimensions =
    filters.by === undefined ? ["organization_1"] : many(filters.by).filter((name) => name !== "none");
  const days = daysOf(period, format.today());
  const query: MetricQueryIn = {
    metrics,
    dimensions,
    ...days,
    compare: "last_year",
    with_total: true,
    limit: 500,
  };
  return { period, metrics, dimensions, days, query, change };
}

function Pickers({ question }: { question: ReturnType<typeof useQuestion> }) {
  const { t } = useTranslation("insights");
  const { language } = useFormat();
  const words = [...useMetricWords().values()];
  const nameOf = (one: { zh: string; en: string }) => (language === "en" ? one.en : one.zh);
  const known = new Map(
    words.flatMap((metric) => metric.dimensions).map((dimension) => [dimension.name, dimension]),
  );
  return (
    <div className="filter-bar">
      <Select
        mode="multiple"
        className="filter-wide"
        maxCount={6}
        aria-label={t("analysis.metrics")}
        value={question.metrics}
        options={words.map((metric) => ({
          value: metric.name,
          label: nameOf(metric),
          title: metric.explanation_zh,
        }))}
        showSearch={{ optionFilterProp: "label" }}
        onChange={(metric: string[]) => question.change({ metric })}
      />
      <Select
        mode="multiple"
        className="filter-wide"
        maxCount={3}
        aria-label={t("analysis.by")}
        placeholder={t("by.none")}
        value={question.dimensions}
        options={[...known.values()].map((dimension) => ({
          value: dimension.name,
          label: nameOf(dimension),
        }))}
        showSearch={{ optionFilterProp: "label" }}
        onChange={(by: string[]) => question.change({ by: by.length > 0 ? by : "none" })}
      />
      <Segmented
        value={question.period}
        options={PERIODS.map((value) => ({ value, label: t(`period.${value}`) }))}
        onChange={(period) => question.change({ period })}
      />
    </div>
  );
}

/** Any metric by any dimension it knows, under the reader's reach; the same figures as a file. */
export function AnalysisPage() {
  const { t } = useTranslation(["insights", "common"]);
  const format = useFormat();
  const question = useQuestion();
  const answer = useMetrics(question.query);
  const [drill, setDrill] = useState<Drill | null>(null);
  const [problem, setProblem] = useState<unknown>(null);
  const [isSaving, setIsSaving] = useState(false);
  const exportAll = async () => {
    setIsSaving(true);
    setProblem(null);
    try {
      save(await exportMetrics(question.query), "metrics.csv", "text/csv");
    } catch (error) {
      setProblem(error);
    } finally {
      setIsSaving(false);
    }
  };
  const freshness = answer.data?.freshness.complete_at;
  return (
    <Page
      title={t("analysis.title")}
      note={freshness && t("freshness", { at: format.instant(freshness) })}
      actions={
        <Button icon={<DownloadOutlined />} loading={isSaving} onClick={() => void exportAll()}>
          {t("common:action.export")}
        </Button>
      }
    >
      <Pickers question={question} />
      <Refusal of={problem} />
      {answer.error && <Refusal of={answer.error} onRetry={() => void answer.refetch()} />}
      {answer.isPending && <Skeleton active paragraph={{ rows: 10 }} />}
      {answer.data && !answer.error && (
        <MetricTable
          answer={answer.data}
          onDrill={(metric, cell) => setDrill({ metric, cell, ...question.days })}
        />
      )}
      <DrillDrawer drill={drill} currency={answer.data?.currency ?? "CNY"} onClose={() => setDrill(null)} />
    </Page>
  );
}
