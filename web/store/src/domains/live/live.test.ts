import { subjectOf } from "@shared/touched";
import { streamAddress } from "@/platform/live";
import { Live, pauseAfter } from "./live";
import { isTouched, Refresher } from "./refresher";

vi.mock("@tarojs/taro", () => ({ default: {} }));

interface Opened {
  address: string;
  isClosed: boolean;
  ready: () => void;
  told: (text: string | null) => void;
  lost: () => void;
}

function aWorld() {
  const opened: Opened[] = [];
  const waiting: { then: () => void; milliseconds: number }[] = [];
  const changed: (string | null)[] = [];
  const live = new Live({
    listen: (address, heard) => {
      const one = { address, isClosed: false, ...heard };
      opened.push(one);
      return () => {
        one.isClosed = true;
      };
    },
    wait: (then, milliseconds) => {
      const one = { then, milliseconds };
      waiting.push(one);
      return () => void waiting.splice(waiting.indexOf(one), 1);
    },
    chance: () => 0.5,
    changed: (subject) => changed.push(subject),
  });
  return { live, opened, waiting, changed };
}
const news = (subject: string) => JSON.stringify({ subject_type: subject });

describe("the stream", () => {
  test("stands only while somebody is signed in and the app is in front", () => {
    const { live, opened } = aWorld();
    live.at("/live");
    expect(opened).toHaveLength(0);
    live.shown(true);
    live.shown(true);
    expect(opened.map((one) => one.address)).toEqual(["/live"]);
    live.shown(false);
    expect(opened[0].isClosed).toBe(true);
    live.shown(true);
    live.at("");
    expect(opened.map((one) => one.isClosed)).toEqual([true, true]);
  });

  test("comes back later and later, and says once that something was missed", () => {
    const { live, opened, waiting, changed } = aWorld();
    live.at("/live");
    live.shown(true);
    opened[0].ready();
    expect(changed).toEqual([]);
    const paused: number[] = [];
    for (let round = 0; round < 9; round += 1) {
      opened[round].lost();
      const [next] = waiting.splice(0);
      paused.push(next.milliseconds);
      next.then();
    }
    expect(paused).toEqual([2, 4, 8, 16, 32, 64, 120, 120, 120].map((seconds) => seconds * 1000));
    opened[9].ready();
    expect(changed).toEqual([null]);
    opened[9].lost();
    expect(waiting[0].milliseconds).toBe(2_000); // it stood: one begins anew
  });

  test("does not knock while the app is not in front, and at once when it is again", () => {
    const { live, opened, waiting, changed } = aWorld();
    live.at("/live");
    live.shown(true);
    opened[0].ready();
    opened[0].lost();
    live.shown(false);
    expect(waiting).toHaveLength(0);
    live.shown(true);
    opened[1].ready();
    expect([opened.length, changed]).toEqual([2, [null]]);
  });

  test("another person's stream is another one, and nothing was missed on it", () => {
    const { live, opened, changed } = aWorld();
    live.shown(true);
    live.at("/live");
    opened[0].ready();
    live.at("/other");
    opened[1].ready();
    expect([opened[0].isClosed, opened[1].isClosed, changed]).toEqual([true, false, []]);
  });

  test.each([0, 0.999])("phones do not all come back at one moment: chance %d", (chance) => {
    const pause = pauseAfter(3, chance);
    expect(pause).toBeGreaterThanOrEqual(6_000);
    expect(pause).toBeLessThanOrEqual(10_000);
  });

  test.each([
    [news("order"), "order"],
    [JSON.stringify({ type: "cart.changed", subject_type: "cart" }), ""],
    ["{}", null],
    [JSON.stringify({ type: "stream.gap", subject_type: null }), null],
    ["<html>", null],
    [null, null],
  ])("%s is about %s", (text, subject) => expect(subjectOf(text)).toBe(subject));

  test.each([
    ["/api/v1/live?port=8001", "8000", "http://shop.example:8001/api/v1/live"],
    ["/api/v1/live?port=8001", "", "/api/v1/live"],
    ["/api/v1/live", "8000", "/api/v1/live"],
  ])("%s seen from port '%s' is %s", (liveUrl, port, address) =>
    expect(streamAddress(liveUrl, { protocol: "http:", hostname: "shop.example", port })).toBe(address),
  );
});

describe("what news makes old", () => {
  const aRefresher = () => {
    const due: (() => void)[] = [];
    const asked: (readonly string[] | null)[] = [];
    const refresher = new Refresher({
      wait: (then) => {
        due.push(then);
        return () => undefined;
      },
      refresh: (touched) => asked.push(touched),
    });
    const pass = () => {
      for (const then of due.splice(0)) then();
    };
    return { refresher, asked, pass };
  };

  test("is asked for once, however much happens", () => {
    const { refresher, asked, pass } = aRefresher();
    for (let count = 0; count < 100; count += 1) refresher.changed("order");
    expect(asked).toEqual([]);
    pass();
    expect(asked).toHaveLength(1);
    const [first] = asked as string[][];
    expect(isTouched(["/api/v1/orders/1"], first)).toBe(true);
    expect(isTouched(["/api/v1/desk/waiting"], first)).toBe(true);
    expect(isTouched(["/api/v1/notices/unread"], first)).toBe(false); // they are told of when they are written
    expect(isTouched(["/api/v1/session"], first)).toBe(false);
    refresher.changed("policy");
    pass();
    expect(isTouched(["cart"], asked[1])).toBe(true);
    expect(isTouched(["/api/v1/orders"], asked[1])).toBe(false);
    refresher.changed("notice");
    pass();
    expect(isTouched(["/api/v1/notices/unread"], asked[2])).toBe(true);
  });

  test("is everything when it is not known what happened", () => {
    const { refresher, asked, pass } = aRefresher();
    refresher.changed("order");
    refresher.changed(null);
    pass();
    expect(asked[0]).toBe(null);
    expect(isTouched(["anything"], null)).toBe(true);
  });
});
