// Which answers on the screen an event makes old. They are asked for in bursts, however much happens.

/** What each kind of news touches; what one is told about it (notices, what waits) follows from every kind. */
const TOUCHED: Record<string, readonly string[]> = {
  order: [
    "cart",
    "/api/v1/carts",
    "/api/v1/orders",
    "/api/v1/shipments",
    "/api/v1/returns",
    "/api/v1/complaints",
    "/api/v1/stock",
    "/api/v1/balances",
    "/api/v1/statements",
    "/api/v1/credit",
    "/api/v1/shop/usual",
  ],
  shipment: ["/api/v1/orders", "/api/v1/shipments", "/api/v1/stock"],
  receipt: ["/api/v1/balances", "/api/v1/statements", "/api/v1/credit", "/api/v1/receipts"],
  adjustment: ["/api/v1/balances", "/api/v1/statements", "/api/v1/credit", "/api/v1/stock"],
  credit: ["/api/v1/credit", "/api/v1/balances"],
  sale: ["/api/v1/sell-out", "/api/v1/stock"],
  stock_count: ["/api/v1/stock"],
  transfer: ["/api/v1/stock"],
  cart: ["cart", "/api/v1/carts"],
  policy: ["cart", "/api/v1/carts", "/api/v1/shop"],
  price_list: ["cart", "/api/v1/carts", "/api/v1/shop"],
  sku: ["/api/v1/shop", "/api/v1/catalog"],
  user: ["/api/v1/users"],
};
const TOLD = ["/api/v1/notices", "/api/v1/desk"];
const QUIET_MS = 800;
/** Notices are written from the events a moment after them. */
const TOLD_MS = 4_000;

/** The beginnings of the keys that this news makes old; null: everything. */
export const touchedBy = (subject: string | null): readonly string[] | null =>
  subject === null ? null : (TOUCHED[subject] ?? []);

export const isTouched = (key: readonly unknown[], touched: readonly string[] | null): boolean =>
  touched === null ||
  (typeof key[0] === "string" && touched.some((beginning) => (key[0] as string).startsWith(beginning)));

interface World {
  wait: (then: () => void, milliseconds: number) => () => void;
  refresh: (touched: readonly string[] | null) => void;
}

/** Collects for a moment what became old, then says it once. */
export class Refresher {
  private paths = new Set<string>();
  private isAll = false;
  private isWaiting = false;
  private isTelling = false;

  constructor(private readonly world: World) {}

  readonly changed = (subject: string | null): void => {
    const touched = touchedBy(subject);
    if (touched === null) this.isAll = true;
    else for (const path of [...touched, ...TOLD]) this.paths.add(path);
    if (!this.isWaiting) {
      this.isWaiting = true;
      this.world.wait(() => this.say(), QUIET_MS);
    }
    if (!this.isTelling) {
      this.isTelling = true;
      this.world.wait(() => {
        this.isTelling = false;
        this.world.refresh(TOLD);
      }, TOLD_MS);
    }
  };

  private say(): void {
    const touched = this.isAll ? null : [...this.paths];
    this.isWaiting = false;
    this.isAll = false;
    this.paths.clear();
    this.world.refresh(touched);
  }
}
