import type { InvalidateQueryFilters } from "@tanstack/react-query";
import { Refresher, streamAddress } from "./live";

test.each([
  ["/api/v1/live?port=8001", "http://127.0.0.1:8000/orders", "http://127.0.0.1:8001/api/v1/live"],
  ["/api/v1/live?port=8001", "https://huiliu.example/orders", "/api/v1/live"],
  ["/api/v1/live", "http://127.0.0.1:8000/", "/api/v1/live"],
])("%s seen from %s is %s", (liveUrl, page, address) => {
  expect(streamAddress(liveUrl, new URL(page))).toBe(address);
});

function aRefresher() {
  const due: { then: () => void; milliseconds: number }[] = [];
  const said: (InvalidateQueryFilters | undefined)[] = [];
  const clock = { now: 0 };
  const refresher = new Refresher(
    {
      invalidateQueries: async (filters?: InvalidateQueryFilters) => {
        said.push(filters);
      },
    },
    (then, milliseconds) => {
      due.push({ then, milliseconds });
      return 1 as never;
    },
    () => clock.now,
  );
  const pass = (milliseconds: number) => {
    for (const one of due.splice(0)) if (one.milliseconds <= milliseconds) one.then();
  };
  const isOld = (path: string) => said.at(-1)?.predicate?.({ queryKey: [path] } as never);
  return { refresher, due, said, clock, pass, isOld };
}

test("a burst of news is asked for once; figures and what waits follow more slowly", () => {
  const { refresher, due, said, pass, isOld } = aRefresher();
  for (let count = 0; count < 100; count += 1) refresher.touch("order");
  expect(due.map((one) => one.milliseconds)).toEqual([1_000, 15_000]);
  const [, slow] = due;
  pass(1_000);
  expect(said).toHaveLength(1);
  expect(["/api/v1/orders/1", "/api/v1/fulfilment/waiting", "/api/v1/balances"].map(isOld)).toEqual([
    true,
    true,
    true,
  ]);
  expect(["/api/v1/users", "/api/v1/notices", "/api/v1/desk/waiting"].map(isOld)).toEqual([
    false,
    false,
    false,
  ]);
  slow?.then();
  expect(["/api/v1/metrics/query", "/api/v1/desk/waiting", "/api/v1/orders"].map(isOld)).toEqual([
    true,
    true,
    false,
  ]);
});

test("who hears something all the time asks at most every five seconds, for notices at once", () => {
  const { refresher, due, clock, pass } = aRefresher();
  refresher.touch("order");
  clock.now = 1_000;
  pass(1_000);
  clock.now = 1_200;
  refresher.touch("order");
  refresher.touch("notice");
  expect(due.splice(0).map((one) => one.milliseconds)).toEqual([4_800, 1_000]);
});

test("after a rest it is a second again", () => {
  const { refresher, due, clock, pass } = aRefresher();
  refresher.touch("order");
  clock.now = 1_000;
  pass(1_000);
  clock.now = 9_000;
  refresher.touch("order");
  expect(due[0]?.milliseconds).toBe(1_000);
});

test("a new notice makes the notices old and no figure", () => {
  const { refresher, due, pass, isOld } = aRefresher();
  refresher.touch("notice");
  expect(due).toHaveLength(1);
  pass(1_000);
  expect(["/api/v1/notices/unread", "/api/v1/orders"].map(isOld)).toEqual([true, false]);
});

test("when something was missed everything is old", () => {
  const { refresher, said, pass } = aRefresher();
  refresher.touch("order");
  refresher.touch(null);
  pass(1_000);
  expect(said).toEqual([undefined]);
});

test("what need not be told changes nothing", () => {
  const { refresher, due } = aRefresher();
  refresher.touch("");
  expect(due).toEqual([]);
});
