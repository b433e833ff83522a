import { Button, Segmented, Select } from "antd";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import type { DimensionOut, MetricOut } from "@/gen/model";
import { useWord } from "@/i18n/server-words";
import { popupWidth } from "@/ui/popup-width";
import { type Filters, many } from "@/ui/use-filters";
import { PERIODS } from "../periods";
import { useMetricWords } from "../tiles";
import { useMetrics } from "../use-metrics";
import { COMPARISONS, EXTRAS, filterKey, isTime, type Question, TOPS } from "./question";

const Days = lazy(() => import("@/ui/day-fields").then((it) => ({ default: it.DaysField })));
const METRICS_MAX = 6;
const SHORT_LIST = 200;

interface PickersProps {
  question: Question;
  filters: Filters;
  change: (next: Filters) => void;
}

function useDimensions(): DimensionOut[] {
  const words = useMetricWords();
  return [
    ...new Map(
      [...words.values()].flatMap((metric) => metric.dimensions).map((one) => [one.name, one]),
    ).values(),
  ];
}

function MetricPicker({ question, change }: PickersProps) {
  const { t } = useTranslation("insights");
  const word = useWord();
  const said = (metric: MetricOut) => word({ zh: metric.explanation_zh, en: metric.explanation_en });
  const known = [...useMetricWords().values()];
  return (
    <Select
      mode="multiple"
      className="filter-wide"
      maxCount={METRICS_MAX}
      popupMatchSelectWidth={popupWidth(440)}
      aria-label={t("analysis.metrics")}
      value={question.metrics}
      options={known.map((metric) => ({ value: metric.name, label: word(metric), said: said(metric) }))}
      optionRender={({ data }) => (
        <span className="option-said">
          <span>{data.label}</span>
          <span className="quiet">{data.said}</span>
        </span>
      )}
      showSearch={{
        filterOption: (text, option) =>
          `${option?.label} ${option?.value} ${option?.said}`.toLowerCase().includes(text.toLowerCase()),
      }}
      onChange={(metric: string[]) => change({ metric })}
    />
  );
}

function DimensionPickers({ question, change }: PickersProps) {
  const { t } = useTranslation("insights");
  const word = useWord();
  const chosen = [...question.rows, ...(question.column ? [question.column] : [])];
  const all = useDimensions();
  // Only one dimension of time can be shown at once.
  const free = (own: readonly string[]) =>
    all
      .filter(({ name }) => own.includes(name) || !chosen.includes(name))
      .filter(({ name }) => own.includes(name) || !isTime(name) || !chosen.some(isTime) || own.some(isTime))
      .map((one) => ({ value: one.name, label: word(one) }));
  const common = { showSearch: { optionFilterProp: "label" }, popupMatchSelectWidth: 240 };
  return (
    <>
      <label className="picker">
        <span className="quiet">{t("explore.rows")}</span>
        <Select
          {...common}
          mode="multiple"
          maxCount={2}
          className="filter-wide"
          aria-label={t("explore.rows")}
          value={question.rows}
          options={free(question.rows)}
          onChange={(rows: string[]) => change({ rows, sort: undefined })}
        />
      </label>
      <label className="picker">
        <span className="quiet">{t("explore.columns")}</span>
        <Select
          {...common}
          allowClear
          className="filter-choice"
          aria-label={t("explore.columns")}
          placeholder={t("by.none")}
          value={question.column ?? undefined}
          options={free(question.column ? [question.column] : [])}
          onChange={(cols?: string) => change({ cols })}
        />
      </label>
    </>
  );
}

function PeriodPickers({ question, filters, change }: PickersProps) {
  const { t } = useTranslation("insights");
  return (
    <>
      <Select
        aria-label={t("explore.period")}
        popupMatchSelectWidth={false}
        value={question.period}
        options={[...PERIODS, "custom" as const].map((value) => ({ value, label: t(`period.${value}`) }))}
        onChange={(period) =>
          change(
            period === "custom"
              ? { period, from: question.days.start, until: question.days.end }
              : { period, from: undefined, until: undefined },
          )
        }
      />
      {question.period === "custom" && (
        <Suspense fallback={null}>
          <Days field={{ kind: "days", from: "from", until: "until" }} filters={filters} change={change} />
        </Suspense>
      )}
      <Select
        aria-label={t("explore.compare")}
        popupMatchSelectWidth={false}
        value={question.compare}
        options={COMPARISONS.map((value) => ({ value, label: t(`compare.${value}`) }))}
        onChange={(compare) => change({ compare })}
      />
    </>
  );
}

function ValuesPicker({ dimension, question, filters, change }: PickersProps & { dimension: string }) {
  const { t } = useTranslation("insights");
  const word = useWord();
  const known = useDimensions().find(({ name }) => name === dimension);
  const label = word(known, dimension);
  const { data, isPending } = useMetrics({
    metrics: question.metrics.slice(0, 1),
    dimensions: [dimension],
    ...question.days,
    order_by: [{ by: question.metrics[0] ?? "", descending: true }],
    limit: SHORT_LIST,
  });
  return (
    <label className="picker">
      <span className="quiet">{label}</span>
      <Select
        mode="multiple"
        allowClear
        className="filter-choice"
        maxTagCount="responsive"
        aria-label={label}
        placeholder={t("explore.any")}
        loading={isPending}
        popupMatchSelectWidth={260}
        value={many(filters[filterKey(dimension)])}
        options={data?.rows.map(({ keys, labels }) => ({
          value: keys[0] ?? "",
          label: labels[0] || keys[0] || t("unknown"),
        }))}
        showSearch={{ optionFilterProp: "label" }}
        onChange={(values: string[]) => change({ [filterKey(dimension)]: values })}
      />
    </label>
  );
}

function FilterPickers(props: PickersProps) {
  const { t } = useTranslation("insights");
  const word = useWord();
  const [added, setAdded] = useState<string[]>([]);
  const shown = [...new Set([...props.question.filters.map(({ dimension }) => dimension), ...added])];
  const all = useDimensions();
  return (
    <>
      {shown.map((dimension) => (
        <ValuesPicker key={dimension} {...props} dimension={dimension} />
      ))}
      <Select
        className="filter-choice"
        aria-label={t("explore.add_filter")}
        placeholder={t("explore.add_filter")}
        popupMatchSelectWidth={240}
        value={null}
        options={all
          .filter(({ name }) => !isTime(name) && !shown.includes(name))
          .map((one) => ({ value: one.name, label: word(one) }))}
        showSearch={{ optionFilterProp: "label" }}
        onChange={(name: string | null) => name && setAdded([...added, name])}
      />
      {shown.length > 0 && (
        <Button
          type="text"
          onClick={() => {
            setAdded([]);
            props.change(Object.fromEntries(shown.map((name) => [filterKey(name), undefined])));
          }}
        >
          {t("explore.drop_filters")}
        </Button>
      )}
    </>
  );
}

/** What is asked: figures, dimensions, days, filters and how it is laid out. */
export function Pickers(props: PickersProps) {
  const { question, change } = props;
  const { t } = useTranslation("insights");
  return (
    <>
      <div className="filter-bar">
        <div className="picker">
          <span className="quiet">{t("analysis.metrics")}</span>
          <MetricPicker {...props} />
        </div>
        <DimensionPickers {...props} />
      </div>
      <div className="filter-bar">
        <PeriodPickers {...props} />
        <FilterPickers {...props} />
      </div>
      <div className="filter-bar">
        <Select
          aria-label={t("explore.top")}
          popupMatchSelectWidth={false}
          value={question.top ?? 0}
          options={[0, ...TOPS].map((count) => ({
            value: count,
            label: count ? t("explore.top_n", { count }) : t("explore.all_rows"),
          }))}
          onChange={(top) => change({ top: top ? String(top) : undefined })}
        />
        <Select
          mode="multiple"
          className="filter-wide"
          aria-label={t("explore.show")}
          placeholder={t("explore.show")}
          value={[...question.extras]}
          options={EXTRAS.map((value) => ({ value, label: t(`explore.extra.${value}`) }))}
          onChange={(show: string[]) => change({ show: show.length ? show : "none" })}
        />
        <Segmented
          value={question.view}
          options={(["table", "chart"] as const).map((value) => ({ value, label: t(`view.${value}`) }))}
          onChange={(view) => change({ view })}
        />
      </div>
    </>
  );
}
