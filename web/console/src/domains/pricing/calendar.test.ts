import { expect, test } from "vitest";
import type { PriceListOut } from "@/gen/model";
import { setZone } from "@/ui/use-format";
import { dateOf, dayNumber, tracksOf } from "./calendar";

const version = (more: Partial<PriceListOut>) =>
  ({
    id: "v1",
    code: "LIST",
    name: "标准价",
    version_no: 1,
    publish_no: 1,
    state: "PUBLISHED",
    valid_from: "2026-11-01",
    valid_to: null,
    ended_at: null,
    ...more,
  }) as PriceListOut;

/** First day and first day no longer, of each bar between 1 November and 1 January. */
const bars = (versions: PriceListOut[]) =>
  tracksOf(versions, { gaps: [], overlaps: [] }, dayNumber("2026-11-01"), dayNumber("2027-01-01")).flatMap(
    (track) => track.bars.map((bar) => [dateOf(bar.from), dateOf(bar.to)]),
  );

test("a version ends on the organization's day, not on that of Greenwich", () => {
  const ended = version({ state: "ENDED", ended_at: "2026-11-19T16:30:00Z" }); // half past midnight in Shanghai
  setZone("Asia/Shanghai");
  expect(bars([ended])).toEqual([["2026-11-01", "2026-11-20"]]);
  setZone("UTC");
  expect(bars([ended])).toEqual([["2026-11-01", "2026-11-19"]]);
  setZone("Asia/Shanghai");
});

test("what ran out before it was ended keeps its own end; what never began has no bar", () => {
  const ranOut = version({ state: "ENDED", valid_to: "2026-11-10", ended_at: "2026-11-19T04:00:00Z" });
  const never = version({ state: "ENDED", valid_from: "2026-12-01", ended_at: "2026-11-19T04:00:00Z" });
  const givenUp = version({ state: "ENDED", publish_no: null, ended_at: "2026-11-19T04:00:00Z" });

  expect(bars([ranOut, never, givenUp])).toEqual([["2026-11-01", "2026-11-10"]]);
});
