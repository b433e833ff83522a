// Versions laid out in time: bars, gaps between the versions of one list, and who overlaps whom.
import type { PriceListOut } from "@/gen/model";

const DAY_MS = 86_400_000;

export const dayNumber = (date: string): number => Math.floor(Date.parse(`${date}T00:00:00Z`) / DAY_MS);
export const dateOf = (day: number): string => new Date(day * DAY_MS).toISOString().slice(0, 10);

export interface Bar {
  version: PriceListOut;
  /** Days since 1970; the end is the first day that no longer belongs, cut at the end of the picture. */
  from: number;
  to: number;
}

export interface Gap {
  from: number;
  to: number;
}

export interface Track {
  code: string;
  name: string;
  bars: Bar[];
  gaps: Gap[];
}

/** The last day a version counts before: its end, or the day it was taken out of force. */
function endOf(version: PriceListOut): string | null {
  const ended = version.state === "ENDED" ? (version.ended_at?.slice(0, 10) ?? null) : null;
  if (!ended) return version.valid_to;
  return version.valid_to && version.valid_to < ended ? version.valid_to : ended;
}

/** One line for each list, its versions as bars; a gap is a time between two of them when nothing was promised. */
export function tracksOf(versions: readonly PriceListOut[], from: number, to: number): Track[] {
  const tracks = new Map<string, Track>();
  for (const version of versions) {
    if (version.state === "ENDED" && version.publish_no === null) continue; // given up: it never counted
    const start = dayNumber(version.valid_from);
    const ended = endOf(version);
    const end = Math.min(ended ? dayNumber(ended) : to, to);
    if (end <= from || start >= to || end <= start) continue;
    const track = tracks.get(version.code) ?? { code: version.code, name: version.name, bars: [], gaps: [] };
    track.bars.push({ version, from: Math.max(start, from), to: end });
    tracks.set(version.code, track);
  }
  for (const track of tracks.values()) {
    track.bars.sort(
      (one, other) => one.from - other.from || one.version.version_no - other.version.version_no,
    );
    track.gaps = gapsOf(track.bars, to);
  }
  return [...tracks.values()].sort((one, other) => (one.code < other.code ? -1 : 1));
}

function gapsOf(bars: readonly Bar[], to: number): Gap[] {
  const gaps: Gap[] = [];
  let covered = bars[0]?.to ?? to;
  for (const bar of bars.slice(1)) {
    if (bar.from > covered) gaps.push({ from: covered, to: bar.from });
    covered = Math.max(covered, bar.to);
  }
  return gaps;
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
