import { number } from "@shared/money";
import { Link } from "@tanstack/react-router";
import { Button } from "antd";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import type { CalendarVersionOut, PriceCalendarOut, PriceGapOut, PriceOverlapOut } from "@/gen/model";
import { Card } from "@/ui/page";
import { StateTag } from "@/ui/state-tag";
import { useFormat } from "@/ui/use-format";
import { useReasonText } from "./reasons";

/** So many are told at first. */
const FIRST = 6;

function VersionLink({ of: version }: { of: CalendarVersionOut }) {
  const { t } = useTranslation("prices");
  return (
    <Link to="/price-lists/$versionId" params={{ versionId: version.id }}>
      {version.name} {t("field.version_no", { no: version.version_no })}
    </Link>
  );
}

/** The days of an overlap or a gap in words; the end is the first day that no longer belongs. */
export function useDays(): (of: { from_day: string; to_day: string | null }) => string {
  const { t } = useTranslation("prices");
  const format = useFormat();
  return ({ from_day: from, to_day: to }) =>
    to
      ? t("calendar.days", { from: format.day(from), to: format.day(to) })
      : t("calendar.days_open", { from: format.day(from) });
}

function useGoods(): (count: number, named: readonly string[]) => string {
  const { t } = useTranslation(["prices", "common"]);
  return (count, named) => {
    const names = named.join(t("common:list.separator"));
    return count > named.length
      ? t("prices:calendar.goods_more", { names, goods: number(count), count })
      : names;
  };
}

/** Who wins and why, in one sentence. */
export function useOverlapWords(): (overlap: PriceOverlapOut) => string {
  const { t } = useTranslation("prices");
  const days = useDays();
  const why = useReasonText();
  return (overlap) =>
    t("calendar.wins", {
      days: days(overlap),
      wins: overlap.wins.name,
      loses: overlap.loses.name,
      why: why(overlap.reason),
    });
}

/** Which goods are without a price, in one sentence. */
export function useGapWords(): (gap: PriceGapOut) => string {
  const { t } = useTranslation("prices");
  const days = useDays();
  const goods = useGoods();
  return (gap) =>
    t("calendar.bare", { days: days(gap), name: gap.after.name, goods: goods(gap.goods, gap.goods_named) });
}

function Some({ children }: { children: ReactNode[] }) {
  const { t } = useTranslation("prices");
  const [isAll, setIsAll] = useState(false);
  return (
    <>
      <ul className="findings">{isAll ? children : children.slice(0, FIRST)}</ul>
      {!isAll && children.length > FIRST && (
        <Button type="link" onClick={() => setIsAll(true)}>
          {t("calendar.all", { count: children.length })}
        </Button>
      )}
    </>
  );
}

function Overlap({ of: overlap }: { of: PriceOverlapOut }) {
  const { t } = useTranslation("prices");
  const goods = useGoods();
  const words = useOverlapWords();
  const { buyers } = overlap;
  return (
    <>
      <p>{words(overlap)}</p>
      <p className="quiet">
        {t("calendar.shared", { goods: goods(overlap.goods, overlap.goods_named) })}
        {" · "}
        {buyers === null
          ? t("calendar.everyone")
          : t("audience.count", { count: buyers, partners: number(buyers) })}
      </p>
      <p className="calendar-links">
        <VersionLink of={overlap.wins} />
        <VersionLink of={overlap.loses} />
      </p>
    </>
  );
}

/** What the picture marks, in words: goods without a price first, then which of two lists counts and why. */
export function PriceMeetings({ of: calendar }: { of: PriceCalendarOut }) {
  const { t } = useTranslation("prices");
  const gapWords = useGapWords();
  const { gaps, overlaps, overlaps_left: left } = calendar;
  return (
    <>
      {gaps.length > 0 && (
        <Card title={t("calendar.gaps", { count: gaps.length })}>
          <Some>
            {gaps.map((gap) => (
              <li key={`${gap.after.id} ${gap.from_day}`}>
                <StateTag tone="bad">{t("calendar.gap")}</StateTag>
                <div>
                  <p>{gapWords(gap)}</p>
                  <p className="calendar-links">
                    <VersionLink of={gap.after} />
                  </p>
                </div>
              </li>
            ))}
          </Some>
        </Card>
      )}
      {overlaps.length > 0 && (
        <Card title={t("calendar.overlaps", { count: overlaps.length + left })}>
          <Some>
            {overlaps.map((overlap) => (
              <li key={`${overlap.wins.id} ${overlap.loses.id}`}>
                <StateTag tone={overlap.reason === "LOWER_LEVEL" ? "idle" : "wait"}>
                  {t(overlap.reason === "LOWER_LEVEL" ? "calendar.by_level" : "calendar.same_level")}
                </StateTag>
                <div>
                  <Overlap of={overlap} />
                </div>
              </li>
            ))}
          </Some>
          {left > 0 && <p className="quiet">{t("calendar.left", { count: left })}</p>}
        </Card>
      )}
    </>
  );
}
