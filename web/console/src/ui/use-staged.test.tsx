import { act, renderHook } from "@testing-library/react";
import { useStaged } from "./use-staged";

const rows = (count: number) => Array.from({ length: count }, (_, index) => index);
let rest: (() => void)[] = [];
const untilIdle = () => act(async () => rest.splice(0).map((run) => run()));

beforeEach(() => {
  rest = [];
  vi.stubGlobal("requestIdleCallback", (run: () => void) => rest.push(run));
});
afterEach(() => vi.unstubAllGlobals());

const staged = (first: number[], list: string) =>
  renderHook(({ of, name }) => useStaged(of, name), { initialProps: { of: first, name: list } });

test("a screenful at once, the others when nothing else is to be done", async () => {
  const { result } = staged(rows(50), "all");
  expect(result.current).toHaveLength(20);

  await untilIdle();
  expect(result.current).toHaveLength(50);
});

test("more rows of the same list keep it whole; another list begins anew", async () => {
  const { result, rerender } = staged(rows(50), "all");
  await untilIdle();

  rerender({ of: rows(100), name: "all" });
  expect(result.current).toHaveLength(100);
  rerender({ of: rows(50), name: "open ones" });
  expect(result.current).toHaveLength(20);
  await untilIdle();
  expect(result.current).toHaveLength(50);
});

test("what fits a screen waits for nothing", () => {
  expect(staged(rows(20), "all").result.current).toHaveLength(20);
  expect(rest).toEqual([]);
});
