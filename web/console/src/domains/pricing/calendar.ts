// Versions laid out in time: bars, and on them what the server says of goods without a price and of versions that lose.
import type { PriceCalendarOut, PriceGapOut, PriceListOut, PriceOverlapOut } from "@/gen/model";
import { businessDayOf } from "@/ui/use-format";

const DAY_MS = 86_400_000;

export const dayNumber = (date: string): number => Math.floor(Date.parse(`${date}T00:00:00Z`) / DAY_MS);
export const dateOf = (day: number): string => new Date(day * DAY_MS).toISOString().slice(0, 10);

export interface Bar {
  version: PriceListOut;
  /** Days since 1970; the end is the first day that no longer belongs, cut at the end of the picture. */
  from: number;
  to: number;
}

/** A stretch of a track, cut to the picture, and what is to be said of it. */
export interface Stretch<Said> {
  from: number;
  to: number;
  said: Said;
}

export interface Track {
  code: string;
  name: string;
  bars: Bar[];
  /** Goods of this list that nothing prices. */
  gaps: Stretch<PriceGapOut>[];
  /** Where another list wins over this one. */
  lost: Stretch<PriceOverlapOut>[];
}

/** The last day a version counts before: its end, or the day it was taken out of force. */
function endOf(version: PriceListOut): string | null {
  const ended = version.state === "ENDED" && version.ended_at ? businessDayOf(version.ended_at) : null;
  if (!ended) return version.valid_to;
  return version.valid_to && version.valid_to < ended ? version.valid_to : ended;
}

function stretch<Said extends { from_day: string; to_day: string | null }>(
  said: Said,
  from: number,
  to: number,
): Stretch<Said>[] {
  const start = Math.max(dayNumber(said.from_day), from);
  const end = Math.min(said.to_day ? dayNumber(said.to_day) : to, to);
  return start < end ? [{ from: start, to: end, said }] : [];
}

/** One line for each list, its versions as bars; the marks are what the server found out about them. */
export function tracksOf(
  versions: readonly PriceListOut[],
  marks: Pick<PriceCalendarOut, "gaps" | "overlaps">,
  from: number,
  to: number,
): Track[] {
  const tracks = new Map<string, Track>();
  for (const version of versions) {
    if (version.state === "ENDED" && version.publish_no === null) continue; // given up: it never counted
    const start = dayNumber(version.valid_from);
    const ended = endOf(version);
    const end = Math.min(ended ? dayNumber(ended) : to, to);
    if (end <= from || start >= to || end <= start) continue;
    const { code, name } = version;
    const track = tracks.get(code) ?? { code, name, bars: [], gaps: [], lost: [] };
    track.bars.push({ version, from: Math.max(start, from), to: end });
    tracks.set(code, track);
  }
  for (const track of tracks.values()) {
    track.bars.sort(
      (one, other) => one.from - other.from || one.version.version_no - other.version.version_no,
    );
    const { code } = track;
    track.gaps = marks.gaps
      .filter(({ after }) => after.code === code)
      .flatMap((gap) => stretch(gap, from, to));
    track.lost = marks.overlaps
      .filter(({ loses, wins }) => loses.code === code && wins.code !== code)
      .flatMap((overlap) => stretch(overlap, from, to));
  }
  return [...tracks.values()].sort((one, other) => (one.code < other.code ? -1 : 1));
}

/** The first days of the months in a span. */
export function monthsOf(from: number, to: number): number[] {
  const months: number[] = [];
  const first = new Date(from * DAY_MS);
  for (let month = first.getUTCMonth(); ; month += 1) {
    const day = Math.floor(Date.UTC(first.getUTCFullYear(), month, 1) / DAY_MS);
    if (day >= to) return months;
    if (day >= from) months.push(day);
  }
}

/** The first day of a month, so many months from another. */
export function monthFrom(date: string, months: number): string {
  const [year = 1970, month = 1] = date.split("-").map(Number);
  return new Date(Date.UTC(year, month - 1 + months, 1)).toISOString().slice(0, 10);
}
