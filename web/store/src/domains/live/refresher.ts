// Which answers on the screen an event makes old. They are asked for in bursts, however much happens.
import { touchedBy } from "@shared/touched";

/** What this app keeps besides the server's answers, by the news that makes it old. */
const OWN: Readonly<Record<string, readonly string[]>> = {
  order: ["cart", "/api/v1/carts"],
  cart: ["cart", "/api/v1/carts"],
  policy: ["cart", "/api/v1/carts"],
  price_list: ["cart", "/api/v1/carts"],
};
/** What waits follows from every kind. */
const WAITING = "/api/v1/desk";
const QUIET_MS = 800;

/** The beginnings of the keys that this news makes old; null: everything. */
const oldBy = (subject: string | null): readonly string[] | null =>
  subject === null ? null : [...(OWN[subject] ?? []), ...touchedBy(subject)];

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

  constructor(private readonly world: World) {}

  readonly changed = (subject: string | null): void => {
    const touched = oldBy(subject);
    if (touched === null) this.isAll = true;
    else for (const path of [...touched, WAITING]) this.paths.add(path);
    if (!this.isWaiting) {
      this.isWaiting = true;
      this.world.wait(() => this.say(), QUIET_MS);
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
