import { Link } from "@tanstack/react-router";
import { Button, Segmented, Tooltip } from "antd";
import { useTranslation } from "react-i18next";
import { useGetPriceCalendar, useListPriceLists } from "@/gen/prices/prices";
import { Refusal } from "@/ui/refusal";
import { EmptyState } from "@/ui/states";
import { one, useFilters } from "@/ui/use-filters";
import { useFormat } from "@/ui/use-format";
import { dateOf, dayNumber, monthFrom, monthsOf, type Track, tracksOf } from "./calendar";
import { LEVELS } from "./head-form";
import { useValidity } from "./price-list-table";
import { PriceMeetings, useGapWords, useOverlapWords } from "./price-meetings";
import { VERSION_STATES, VersionStateTag } from "./states";

const SPANS = { quarter: 3, half: 6, year: 12 } as const;
type Span = keyof typeof SPANS;
const LISTS_MAX = 200;

function Line({ track, from, to, today }: { track: Track; from: number; to: number; today: number }) {
  const { t } = useTranslation("prices");
  const validity = useValidity();
  const gapWords = useGapWords();
  const overlapWords = useOverlapWords();
  const place = (start: number, end: number) => ({
    left: `${((start - from) / (to - from)) * 100}%`,
    width: `${((end - start) / (to - from)) * 100}%`,
  });
  return (
    <div className="calendar-line">
      <div className="calendar-name" title={track.name}>
        {track.name} <span className="quiet figures">{track.code}</span>
      </div>
      <div className="calendar-track">
        {track.gaps.map((gap) => (
          <Tooltip key={`${gap.said.after.id} ${gap.from}`} title={gapWords(gap.said)}>
            <span className="calendar-gap" style={place(gap.from, gap.to)}>
              {t("calendar.gap_of", { count: gap.said.goods })}
            </span>
          </Tooltip>
        ))}
        {track.bars.map(({ version, from: start, to: end }) => (
          <Link
            key={version.id}
            className={`calendar-bar calendar-${version.state}`}
            style={place(start, end)}
            to="/price-lists/$versionId"
            params={{ versionId: version.id }}
            title={`${version.audience_words} · ${validity(version)}`}
            aria-label={t("calendar.open", {
              name: version.name,
              no: version.version_no,
              state: t(`state.${version.state}`),
              validity: validity(version),
            })}
          >
            {t("field.version_no", { no: version.version_no })} · {version.audience_words}
          </Link>
        ))}
        {track.lost.map((lost) => (
          <Tooltip key={`${lost.said.wins.id} ${lost.said.loses.id}`} title={overlapWords(lost.said)}>
            <span className="calendar-lost" style={place(lost.from, lost.to)} />
          </Tooltip>
        ))}
        {today >= from && today < to && (
          <span className="calendar-today" style={{ left: place(today, today).left }} />
        )}
      </div>
    </div>
  );
}

/** Price lists in time, level by level: what counts when, what comes, where nothing is promised. */
export function PriceCalendar() {
  const { t } = useTranslation("prices");
  const format = useFormat();
  const [filters, change] = useFilters();
  const span: Span =
    (["quarter", "half", "year"] as const).find((name) => name === one(filters.span)) ?? "half";
  const start = one(filters.start) || monthFrom(format.today(), -1);
  const end = monthFrom(start, SPANS[span]);
  const [from, to] = [dayNumber(start), dayNumber(end)];
  const { data, error } = useListPriceLists({ from_day: start, to_day: end, limit: LISTS_MAX });
  const marks = useGetPriceCalendar({ from_day: start, to_day: end });
  if (error) return <Refusal of={error} />;
  const versions = data?.items ?? [];
  const groups = LEVELS.map((level) => ({
    level,
    tracks: tracksOf(
      versions.filter((version) => version.level === level),
      marks.data ?? { gaps: [], overlaps: [] },
      from,
      to,
    ),
  })).filter(({ tracks }) => tracks.length > 0);
  const move = (months: number) => change({ start: monthFrom(start, months) });
  return (
    <div className="stack">
      <section className="card" aria-label={t("calendar.title")}>
        <div className="psheet-tools">
          <Button onClick={() => move(-SPANS[span])}>{t("calendar.earlier")}</Button>
          <Button onClick={() => change({ start: undefined })}>{t("calendar.today")}</Button>
          <Button onClick={() => move(SPANS[span])}>{t("calendar.later")}</Button>
          <Segmented<Span>
            aria-label={t("calendar.span")}
            value={span}
            options={(["quarter", "half", "year"] as const).map((value) => ({
              value,
              label: t(`calendar.${value}`),
            }))}
            onChange={(next) => change({ span: next })}
          />
          <span className="calendar-legend">
            {VERSION_STATES.map((state) => (
              <VersionStateTag key={state} of={state} />
            ))}
          </span>
        </div>
        {data && groups.length === 0 && <EmptyState text={t("calendar.empty")} />}
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls sideways, also by keys */}
        <section className="calendar" tabIndex={0} aria-label={t("calendar.title")}>
          <div className="calendar-body">
            <div className="calendar-months" aria-hidden>
              {monthsOf(from, to).map((day) => (
                <span
                  key={day}
                  className="calendar-month figures"
                  style={{ left: `${((day - from) / (to - from)) * 100}%` }}
                >
                  {dateOf(day).slice(0, 7)}
                </span>
              ))}
            </div>
            {groups.map(({ level, tracks }) => (
              <div key={level}>
                <h2 className="calendar-level">{t(`level_name.${level}`)}</h2>
                {tracks.map((track) => (
                  <Line
                    key={track.code}
                    track={track}
                    from={from}
                    to={to}
                    today={dayNumber(format.today())}
                  />
                ))}
              </div>
            ))}
          </div>
        </section>
        <p className="calendar-note quiet">{t("calendar.marks")}</p>
      </section>
      {marks.error && <Refusal of={marks.error} onRetry={() => void marks.refetch()} />}
      {marks.data && <PriceMeetings of={marks.data} />}
    </div>
  );
}
