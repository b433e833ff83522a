import { Alert } from "antd";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { AnswerOut, FiguresOut } from "@/gen/model";
import type { Column } from "@/ui/data-table";
import { Change } from "@/ui/figure";
import { Card } from "@/ui/page";
import { SimpleTable } from "@/ui/simple-table";
import { EmptyState } from "@/ui/states";
import { useFormat } from "@/ui/use-format";
import { fullText } from "./figure-text";

interface MetricTableProps {
  answer: AnswerOut;
  onDrill: (metric: string, cell: Record<string, string | null>) => void;
}

function useColumns(answer: AnswerOut, onDrill: MetricTableProps["onDrill"]): Column<FiguresOut>[] {
  const { t } = useTranslation("insights");
  const { language } = useFormat();
  return useMemo(() => {
    const names: Column<FiguresOut>[] = answer.dimensions.map((dimension, index) => ({
      key: dimension.name,
      title: language === "en" ? dimension.en : dimension.zh,
      width: 220,
      render: (row) =>
        row === answer.total
          ? index === 0
            ? t("analysis.total")
            : ""
          : row.labels[index] || row.keys[index] || t("unknown"),
    }));
    const figures = answer.metrics.flatMap<Column<FiguresOut>>((metric, index) => [
      {
        key: metric.name,
        title: language === "en" ? metric.en : metric.zh,
        width: 150,
        numeric: true,
        render: (row) => {
          const text = fullText({
            value: row.values[index] ?? null,
            unit: metric.unit,
            currency: answer.currency,
          });
          const cell = Object.fromEntries(
            answer.dimensions.map((dimension, at) => [dimension.name, row.keys[at] ?? null]),
          );
          return (
            <button
              type="button"
              className="figure-link"
              onClick={() => onDrill(metric.name, row === answer.total ? {} : cell)}
            >
              {text}
            </button>
          );
        },
      },
      {
        key: `${metric.name} growth`,
        title: t("delta.growth"),
        width: 110,
        numeric: true,
        render: (row) => <Change of={{ label: "", growth: row.growth?.[index] }} />,
      },
    ]);
    return [...names, ...figures];
  }, [answer, onDrill, language, t]);
}

/** The figures of an answer with their sum on top; every figure opens its documents. */
export function MetricTable({ answer, onDrill }: MetricTableProps) {
  const { t } = useTranslation("insights");
  const columns = useColumns(answer, onDrill);
  const rows = answer.total && answer.dimensions.length > 0 ? [answer.total, ...answer.rows] : answer.rows;
  if (answer.rows.length === 0) return <EmptyState text={t("analysis.empty")} />;
  return (
    <Card flush>
      {answer.is_cut && <Alert banner type="info" title={t("analysis.cut", { count: answer.rows.length })} />}
      <SimpleTable
        columns={columns}
        rows={rows}
        rowKey={(row) => (row === answer.total ? "total" : row.keys.join(" "))}
      />
    </Card>
  );
}
