import { orderOf, plainOf } from "./kinds";
import type { Outbox } from "./outbox";
import { FakeDevice, FakeServer, problem } from "./testing";
import type { Entry } from "./types";

const ID = "018f0000-0000-7000-8000-000000000001";
const HOUR = 3600_000;

function bench() {
  const server = new FakeServer();
  const device = new FakeDevice(server);
  return { server, device, outbox: device.start() };
}

const wanted = (server: FakeServer) =>
  orderOf({ id: ID, cart: server.shown(), draft: { buyer_note: "早上送" } });
const press = (outbox: Outbox, server: FakeServer): Promise<Entry> => outbox.submit(wanted(server));

/** Whatever happens to the network, sooner or later it is there again. */
async function patience(device: FakeDevice, outbox: Outbox): Promise<void> {
  for (let turn = 0; turn < 12; turn += 1) {
    await outbox.flush();
    await device.pass(HOUR / 4);
  }
}

describe("an order with a good network", () => {
  test("is one request at the prices that were shown, and known by its number", async () => {
    const { server, device, outbox } = bench();

    const entry = await press(outbox, server);

    expect(entry).toMatchObject({ state: "done", answer: { id: ID, number: "XS-1" }, sent: null });
    expect(server.calls).toBe(1);
    expect(server.orders).toEqual([{ id: ID, lines: server.lines }]);
    expect(device.done.map((one) => one.id)).toEqual([ID]);
  });

  test("pressed twice at once is one order and one request", async () => {
    const { server, outbox } = bench();
    const order = wanted(server);

    const [one, other] = await Promise.all([outbox.submit(order), outbox.submit(order)]);

    expect([one.state, other.state]).toEqual(["done", "done"]);
    expect(server.orders).toHaveLength(1);
    expect(server.calls).toBe(1);
  });
});

describe("the network is cut", () => {
  // Every call of the journey in turn, lost on the way there or on the way back, a good while or until tomorrow.
  const cuts = [1, 2, 3, 4].flatMap((call) =>
    (["before", "after"] as const).flatMap((where) => [1, 3].map((times) => ({ call, where, times }))),
  );

  test.each(cuts)(
    "at call $call $where the server, $times times: one order with its lines",
    async ({ call, where, times }) => {
      const { server, device, outbox } = bench();
      const lines = server.lines;
      server.cut = (at) => (at >= call && at < call + times ? where : null);

      await press(outbox, server);
      await patience(device, outbox);

      expect(server.orders).toEqual([{ id: ID, lines }]);
      expect(outbox.find(ID)).toMatchObject({ state: "done", answer: { number: "XS-1" } });
    },
  );

  test.each(cuts)(
    "while changed lines are written, at call $call $where, $times times",
    async ({ call, where, times }) => {
      const { server, device, outbox } = bench();
      const lines = [{ sku_id: 1, unit: "箱", quantity: "7" }];
      server.cut = (at) => (at >= call && at < call + times ? where : null);

      await outbox.submit(
        orderOf({
          id: ID,
          cart: server.shown(),
          draft: {},
          edited: {
            lines: [{ sku_id: 1, sku_name: "goods 1", unit: "箱", quantity: "7", unit_price: "10.00" }],
            gross_amount: "70",
          },
        }),
      );
      await patience(device, outbox);

      expect(server.orders).toEqual([{ id: ID, lines }]);
    },
  );

  test.each([1, 2, 3, 4])("and the device dies after write %i: it goes on where it was", async (writes) => {
    const { server, device } = bench();
    server.cut = (at) => (at === 1 ? "after" : null);
    const dying = device.start(writes);
    await press(dying, server).catch(() => undefined);

    const next = device.start();
    await patience(device, next);

    expect(server.orders).toHaveLength(1);
    expect(next.find(ID)?.state).toBe("done");
  });

  test("it waits 5 s, 15 s, 45 s, and goes at once when the network is back", async () => {
    const { server, device, outbox } = bench();
    server.cut = () => "before";
    await press(outbox, server);
    expect(outbox.find(ID)).toMatchObject({ state: "waiting", why: "offline", nextAt: device.now + 5_000 });
    await device.pass(5_000);
    expect(outbox.find(ID)?.nextAt).toBe(device.now + 15_000);
    await device.pass(14_999);
    expect(outbox.find(ID)?.attempts).toBe(2);

    server.cut = () => null;
    await outbox.wake();
    expect(outbox.find(ID)?.state).toBe("done");
  });

  test("what may have arrived is not thrown away; what never left is", async () => {
    const { server, outbox } = bench();
    server.cut = () => "after";
    await press(outbox, server);
    expect(server.orders).toHaveLength(1);
    expect(outbox.discard(ID)).toBe(false);

    const other = plainOf({ kind: "receive", id: "r-1", target: "s", body: {} as never, facts: {} });
    server.isSignedIn = false;
    server.cut = (_, name) => (name === "post" ? "before" : null);
    await outbox.submit(other);
    expect(outbox.find("r-1")?.sent).not.toBeNull();
    expect(outbox.discard("r-1")).toBe(false);
  });

  test("a second tab with an order of its own for the same cart is told of the first", async () => {
    const { device, server, outbox } = bench();
    server.cut = () => "before";
    await outbox.submit(wanted(server));
    const second = device.start();
    const other = await second.submit({ ...wanted(server), id: "018f-of-the-other-tab" });
    expect(other.id).toBe(wanted(server).id);
    server.cut = () => null;
    await second.wake();
    expect([server.orders.length, second.entries().length]).toEqual([1, 1]);
  });

  test("two tabs of one phone send it once", async () => {
    const { server, device, outbox } = bench();
    server.cut = () => "before";
    await press(outbox, server);
    server.cut = () => null;
    server.calls = 0;
    const second = device.start();

    await Promise.all([outbox.wake(), second.wake()]);

    expect(server.orders).toHaveLength(1);
    expect(server.calls).toBe(1);
  });
});

test("an answer that was torn on the way is no answer: it is asked for again, and it is one order", async () => {
  const { server, device, outbox } = bench();
  const whole = server.post;
  server.post = (sent) => whole(sent).then(() => '{"id": "018f' as unknown);
  expect(await press(outbox, server)).toMatchObject({ state: "waiting", why: "offline" });
  server.post = whole;
  await patience(device, device.start());
  expect([outbox.find(ID)?.state, server.orders.length]).toEqual(["done", 1]);
});

describe("something changed before it went out", () => {
  async function waiting() {
    const made = bench();
    made.server.cut = () => "before";
    await press(made.outbox, made.server);
    made.server.cut = () => null;
    return made;
  }

  test("a price: nothing is ordered, the difference is told, and agreed to it is ordered", async () => {
    const { server, device, outbox } = await waiting();
    server.goods[1] = { price: "12.00" };

    await patience(device, outbox);
    expect(server.orders).toEqual([]);
    expect(outbox.find(ID)?.state).toBe("consent");
    expect(outbox.find(ID)?.offer?.differences).toEqual([
      { what: "price", name: "goods 1", unit: "箱", before: "10.00", after: "12.00" },
    ]);

    await outbox.consent(ID);
    expect(outbox.find(ID)).toMatchObject({ state: "done", facts: { amount: "44" } });
    expect(server.orders).toHaveLength(1);
  });

  test("a price that changes again while one agrees asks again", async () => {
    const { server, device, outbox } = await waiting();
    server.goods[1] = { price: "12.00" };
    await patience(device, outbox);
    server.goods[1] = { price: "13.00" };

    await outbox.consent(ID);

    expect(server.orders).toEqual([]);
    expect(outbox.find(ID)?.offer?.differences[0]).toMatchObject({ before: "12.00", after: "13.00" });
  });

  test("goods left the range: the rest is offered, and only the rest is ordered", async () => {
    const { server, device, outbox } = await waiting();
    server.goods[2] = { price: "20.00", blocked: "orders.not_sellable" };

    await patience(device, outbox);
    expect(outbox.find(ID)?.offer?.differences).toMatchObject([
      { what: "blocked", name: "goods 2", code: "orders.not_sellable" },
    ]);
    expect(server.orders).toEqual([]);

    await outbox.consent(ID);
    expect(server.orders).toEqual([{ id: ID, lines: [{ sku_id: 1, unit: "箱", quantity: "2" }] }]);
  });

  test("the stock ran out: the rest is offered", async () => {
    const { server, device, outbox } = await waiting();
    server.short = [1];
    await patience(device, outbox);
    expect(outbox.find(ID)?.offer?.differences).toMatchObject([
      { what: "short", name: "goods 1", facts: { level: "NONE" } },
    ]);

    await outbox.consent(ID);
    expect(server.orders).toEqual([{ id: ID, lines: [{ sku_id: 2, unit: "箱", quantity: "1" }] }]);
  });

  test("nothing that could be ordered is left: it is refused and says so", async () => {
    const { server, device, outbox } = await waiting();
    for (const id of [1, 2]) server.goods[id] = { price: "1", blocked: "orders.not_sellable" };
    await patience(device, outbox);
    expect(outbox.find(ID)).toMatchObject({ state: "refused", problem: { code: "client.nothing_left" } });
    expect(server.orders).toEqual([]);
  });

  test("a colleague changed the quantities: both are shown", async () => {
    const { server, device, outbox } = await waiting();
    server.lines = [{ sku_id: 1, unit: "箱", quantity: "9" }];
    server.version += 1;
    await patience(device, outbox);
    expect(outbox.find(ID)?.offer?.differences).toEqual([
      { what: "quantity", name: "goods 1", unit: "箱", before: "2", after: "9" },
      { what: "gone", name: "goods 2", unit: "箱", before: "1", after: null },
    ]);
    expect(server.orders).toEqual([]);
  });

  test("a colleague ordered the same cart: it is not ordered again", async () => {
    const { server, device, outbox } = await waiting();
    server.orderElsewhere("another");
    await patience(device, outbox);
    expect(outbox.find(ID)).toMatchObject({
      state: "refused",
      problem: { code: "client.ordered_meanwhile", facts: { number: "XS-1" } },
    });
    expect(server.orders).toHaveLength(1);
  });

  test("the answer was lost and then the price changed: the order stands as it was agreed", async () => {
    const { server, device, outbox } = bench();
    server.cut = (at) => (at === 1 ? "after" : null);
    await press(outbox, server);
    server.goods[1] = { price: "99.00" };
    await patience(device, outbox);
    expect(outbox.find(ID)).toMatchObject({ state: "done" });
    expect(server.orders).toHaveLength(1);
  });

  test("after it was refused it may be sent again as it is wanted now", async () => {
    const { server, device, outbox } = await waiting();
    for (const id of [1, 2]) server.goods[id] = { price: "1", blocked: "orders.not_sellable" };
    await patience(device, outbox);
    server.goods = { 1: { price: "10.00" }, 2: { price: "20.00" } };

    const entry = await press(outbox, server);

    expect(entry.state).toBe("done");
    expect(server.orders).toHaveLength(1);
  });
});

describe("who it belongs to", () => {
  test("signed out it waits and says so, and goes when the same person is back", async () => {
    const { server, device, outbox } = bench();
    server.isSignedIn = false;
    await press(outbox, server);
    expect(outbox.find(ID)).toMatchObject({ state: "waiting", why: "sign_in" });

    server.isSignedIn = true;
    device.signedIn = "8.2";
    await outbox.wake();
    outbox.changed();
    expect(outbox.entries()).toEqual([]);
    expect(server.orders).toEqual([]);

    device.signedIn = "7.1";
    await outbox.wake();
    expect(server.orders).toHaveLength(1);
  });

  test("a full device sends nothing that it could not remember", async () => {
    const { server, device, outbox } = bench();
    device.isFull = true;
    await expect(press(outbox, server)).rejects.toMatchObject({ code: "client.not_kept" });
    expect(server.calls).toBe(0);
  });
});

describe("other things", () => {
  const received = plainOf({
    kind: "receive",
    id: "r-1",
    target: "s-1",
    body: { lines: [] } as never,
    facts: { number: "CK-1" },
  });

  test("go out under the key they were made with, again and again until they are answered", async () => {
    const { server, device, outbox } = bench();
    const keys: string[] = [];
    const post = server.post;
    server.post = (sent) => {
      keys.push(`${sent.key} ${sent.url}`);
      return post(sent);
    };
    server.cut = (at) => (at < 3 ? "after" : null);

    await outbox.submit(received);
    await patience(device, outbox);

    expect(outbox.find("r-1")).toMatchObject({ state: "done", answer: { number: "P-1" } });
    expect(new Set(keys)).toEqual(new Set(["r-1 /shipments/s-1/receive"]));
    expect(keys).toHaveLength(3);
  });

  test("a busy server names the wait; a refusal ends it", async () => {
    const { server, device, outbox } = bench();
    const post = server.post;
    server.post = () => Promise.reject(problem("platform.busy", 503, { retry_after_seconds: 30 }));
    await outbox.submit(received);
    expect(outbox.find("r-1")).toMatchObject({ why: "busy", nextAt: device.now + 30_000 });

    server.post = () => Promise.reject(problem("orders.already_received", 409));
    await device.pass(30_000);
    expect(outbox.find("r-1")).toMatchObject({
      state: "refused",
      problem: { code: "orders.already_received" },
    });
    expect(outbox.discard("r-1")).toBe(true);
    server.post = post;
    expect(outbox.entries()).toEqual([]);
  });

  test("what was sent is shown for a day", async () => {
    const { device, outbox } = bench();
    await outbox.submit(received);
    await device.pass(23 * HOUR);
    await outbox.flush();
    expect(outbox.find("r-1")?.state).toBe("done");
    await device.pass(2 * HOUR);
    await outbox.flush();
    expect(outbox.find("r-1")).toBeUndefined();
  });
});
