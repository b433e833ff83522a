// A server and a device for the tests: the server keeps keys, carts and orders as ours does; the network can be cut anywhere.
import type { CartLineIn, CartLineOut, CartOut } from "@/gen/model";
import { asProblem, type Problem } from "@/problem";
import { Outbox } from "./outbox";
import { attempt } from "./send";
import type { Entry, Sent } from "./types";

export const problem = (code: string, status: number, facts: Record<string, unknown> = {}): Problem => ({
  ...asProblem(null),
  code,
  status,
  facts,
});

interface Goods {
  price: string;
  blocked?: string;
}

export interface Order {
  id: string;
  lines: CartLineIn[];
}

type Cut = "before" | "after" | null;

/** One cart and its orders. Every call passes `cut`, which decides whether the request or its answer is lost. */
export class FakeServer {
  goods: Record<number, Goods> = { 1: { price: "10.00" }, 2: { price: "20.00" } };
  lines: CartLineIn[] = [
    { sku_id: 1, unit: "箱", quantity: "2" },
    { sku_id: 2, unit: "箱", quantity: "1" },
  ];
  version = 5;
  orders: Order[] = [];
  isSignedIn = true;
  short: number[] = [];
  calls = 0;
  cut: (call: number, name: string) => Cut = () => null;
  private orderedAs: string | null = null;
  private answers = new Map<string, { body: string; answer: unknown }>();

  private line({ sku_id, unit, quantity }: CartLineIn): CartLineOut {
    const goods = this.goods[sku_id as number] as Goods;
    const price = goods.blocked ? null : goods.price;
    return {
      sku_id,
      unit,
      quantity,
      sku_name: `goods ${sku_id}`,
      unit_price: price,
      gross_amount: price && String(Number(price) * Number(quantity)),
      problem: goods.blocked ? { code: goods.blocked, detail: "", remedy: "", facts: {} } : null,
    } as CartLineOut;
  }

  shown(): CartOut {
    const lines = this.lines.map((line) => this.line(line));
    const gross = lines.reduce((sum, line) => sum + Number(line.gross_amount ?? 0), 0);
    return {
      id: "cart",
      version: this.version,
      state: this.orderedAs ? "ORDERED" : "OPEN",
      order_id: this.orderedAs,
      order_number: this.orderedAs ? `XS-${this.orders.length}` : "",
      currency: "CNY",
      gross_amount: String(gross),
      digest: JSON.stringify(lines.map((line) => [line.sku_id, line.quantity, line.unit_price])),
      lines,
    } as unknown as CartOut;
  }

  private async over<T>(name: string, work: () => T): Promise<T> {
    this.calls += 1;
    const cut = this.cut(this.calls, name);
    if (cut === "before") throw problem("client.offline", 0);
    if (!this.isSignedIn) throw problem("platform.sign_in_needed", 401);
    const answer = work();
    if (cut === "after") throw problem("client.offline", 0);
    return answer;
  }

  cart = (): Promise<CartOut> => this.over("cart", () => this.shown());

  writeLines = (_id: string, body: { version: number; lines: CartLineIn[] }): Promise<CartOut> =>
    this.over("write", () => {
      if (body.version !== this.version) throw problem("platform.stale", 412);
      this.lines = body.lines;
      this.version += 1;
      return this.shown();
    });

  post = (sent: Sent): Promise<unknown> =>
    this.over("post", () => {
      const body = JSON.stringify([sent.url, sent.data]);
      const known = this.answers.get(sent.key);
      if (known && known.body !== body) throw problem("platform.idempotency_key_reused", 409);
      if (known) return known.answer;
      const answer = sent.url.startsWith("/carts/")
        ? this.order(sent.data as never)
        : { id: "plain", number: "P-1" };
      this.answers.set(sent.key, { body, answer });
      return answer;
    });

  private order(wanted: { id: string; version: number; quote_digest: string }): unknown {
    if (this.orderedAs) return { id: this.orderedAs, number: `XS-${this.orders.length}` };
    if (wanted.version !== this.version) throw problem("platform.stale", 412);
    const cart = this.shown();
    if (cart.lines.some((line) => line.problem)) throw problem("orders.not_sellable", 409);
    if (wanted.quote_digest && wanted.quote_digest !== cart.digest)
      throw problem("orders.price_changed", 409);
    const short = cart.lines.flatMap((line, index) =>
      this.short.includes(line.sku_id)
        ? [{ line_no: index + 1, sku_name: line.sku_name, asked: "1", level: "NONE" }]
        : [],
    );
    if (short.length) throw problem("orders.insufficient_stock", 409, { lines: short });
    this.orders.push({ id: wanted.id, lines: this.lines });
    this.orderedAs = wanted.id;
    this.version += 1;
    return { id: wanted.id, number: `XS-${this.orders.length}` };
  }

  /** A colleague orders the same cart. */
  orderElsewhere(id: string): void {
    this.orders.push({ id, lines: this.lines });
    this.orderedAs = id;
    this.version += 1;
  }
}

/** A phone: its storage outlives the app, its clock moves when the test says so. */
export class FakeDevice {
  kept = new Map<string, string>();
  now = 1_000_000;
  signedIn: string | null = "7.1";
  isFull = false;
  done: Entry[] = [];
  private waiting: { at: number; then: () => void }[] = [];
  private queue: Promise<unknown> = Promise.resolve();

  constructor(readonly server: FakeServer) {}

  /** The app, started anew on what is kept. `keepsOnly` lets the device die after so many writes. */
  start(keepsOnly = Number.POSITIVE_INFINITY): Outbox {
    let writes = 0;
    this.waiting = []; // timers die with the app
    const put = (entry: Entry): boolean => {
      if (this.isFull) return false;
      writes += 1;
      if (writes > keepsOnly) throw new Error("the device died");
      this.kept.set(entry.id, JSON.stringify(entry));
      return true;
    };
    return new Outbox({
      all: () => [...this.kept.values()].map((text) => JSON.parse(text) as Entry),
      put,
      remove: (id) => void this.kept.delete(id),
      alone: (work) => {
        const mine = this.queue.catch(() => undefined).then(work);
        this.queue = mine;
        return mine;
      },
      send: (entry, keep) =>
        attempt(entry, {
          post: this.server.post,
          cart: this.server.cart,
          writeLines: this.server.writeLines as never,
          keep,
          now: () => this.now,
        }),
      owner: () => this.signedIn,
      now: () => this.now,
      wait: (then, milliseconds) => {
        const one = { at: this.now + milliseconds, then };
        this.waiting.push(one);
        return () => {
          this.waiting = this.waiting.filter((other) => other !== one);
        };
      },
      onDone: (entry) => void this.done.push(entry),
    });
  }

  /** Lets the time pass, and what was to happen happens. */
  async pass(milliseconds: number): Promise<void> {
    this.now += milliseconds;
    const due = this.waiting.filter((one) => one.at <= this.now);
    this.waiting = this.waiting.filter((one) => one.at > this.now);
    for (const one of due) one.then();
    await new Promise((resolve) => setTimeout(resolve, 0));
  }
}
