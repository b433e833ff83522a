// Quantities that people change, until the server has them: shown at once, sent together a moment after the last one.
import type { CartLineIn, CartOut } from "@/gen/model";
import type { Counts, WantedLine } from "../goods/entry";

export interface Wanted {
  skuId: number;
  counts: Counts;
  /** The lines they become; every other unit of the goods is taken off. */
  lines: readonly WantedLine[];
  units: readonly string[];
  note?: string;
}

export interface EditsState {
  wanted: ReadonlyMap<number, Wanted>;
  isSending: boolean;
  error: unknown;
}

interface Door {
  /** Makes the lines of the cart what is wanted. */
  send: (lines: CartLineIn[]) => Promise<CartOut>;
  /** Whether a refusal says that somebody else wrote the same lines meanwhile, so that theirs are shown. */
  isOvertaken: (error: unknown) => boolean;
  wait: (then: () => void, milliseconds: number) => () => void;
}

const REST_MS = 350;
const AGAIN_MS = 4_000;

const sentLines = (wanted: Wanted): CartLineIn[] =>
  wanted.units.map((unit) => {
    const quantity = wanted.lines.find((line) => line.unit === unit)?.quantity ?? "0";
    return { sku_id: wanted.skuId, unit, quantity, ...(wanted.note ? { note: wanted.note } : {}) };
  });

/** One cart's edits. They go out one request after the other; what was not answered is sent again. */
export class CartEdits {
  private state: EditsState = { wanted: new Map(), isSending: false, error: null };
  private listeners = new Set<() => void>();
  private stop: (() => void) | null = null;

  constructor(private readonly door: Door) {}

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly current = (): EditsState => this.state;

  want(wanted: Wanted): void {
    this.set({ wanted: new Map(this.state.wanted).set(wanted.skuId, wanted) });
    this.later(REST_MS);
  }

  /** Sends now what waits, e.g. before the order is placed; resolves when nothing is under way any more. */
  async flush(): Promise<void> {
    this.stop?.();
    this.stop = null;
    while (this.state.isSending) await new Promise<void>((resolve) => this.door.wait(resolve, 30));
    if (this.state.wanted.size > 0) await this.send();
  }

  forget(): void {
    this.stop?.();
    this.set({ wanted: new Map(), error: null });
  }

  private later(milliseconds: number): void {
    this.stop?.();
    this.stop = this.door.wait(() => {
      this.stop = null;
      if (!this.state.isSending) void this.send();
    }, milliseconds);
  }

  private async send(): Promise<void> {
    const sent = [...this.state.wanted.values()];
    if (sent.length === 0) return;
    this.set({ isSending: true });
    try {
      await this.door.send(sent.flatMap(sentLines));
      this.settle(sent, null);
    } catch (error) {
      const isLost = this.door.isOvertaken(error);
      this.settle(isLost ? sent : [], error);
      if (!isLost && this.state.wanted.size > 0 && isUnanswered(error)) this.later(AGAIN_MS);
    }
  }

  /** What was answered is wanted no more, unless it was changed while it was under way. */
  private settle(answered: readonly Wanted[], error: unknown): void {
    const wanted = new Map(this.state.wanted);
    for (const one of answered) if (wanted.get(one.skuId) === one) wanted.delete(one.skuId);
    this.set({ wanted, isSending: false, error });
    if (wanted.size > 0 && error === null) this.later(REST_MS);
  }

  private set(change: Partial<EditsState>): void {
    this.state = { ...this.state, ...change };
    for (const listener of this.listeners) listener();
  }
}

const isUnanswered = (error: unknown): boolean =>
  typeof error === "object" && error !== null && (error as { code?: string }).code === "client.offline";
