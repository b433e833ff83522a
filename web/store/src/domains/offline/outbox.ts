// The outbox: keeps what is to be sent, sends one at a time, tells who looks. Its world is given to it.
import { asProblem, type Problem } from "@/problem";
import { consented, due, entryOf, isOver, mayDiscard, nextLook, retried, settled, started } from "./machine";
import type { Entry, Facts, Kind, Outcome } from "./types";

export interface World {
  /** Every entry on this device, whoever wrote it. */
  all: () => Entry[];
  /** False when the device would not keep it. */
  put: (entry: Entry) => boolean;
  remove: (id: string) => void;
  /** Runs the work while nobody else on this device does: another tab waits its turn. */
  alone: <T>(work: () => Promise<T>) => Promise<T>;
  send: (entry: Entry, keep: (entry: Entry) => void) => Promise<Outcome>;
  /** Who is signed in; null when nobody is. */
  owner: () => string | null;
  now: () => number;
  wait: (then: () => void, milliseconds: number) => () => void;
  /** Something reached the server. */
  onDone: (entry: Entry) => void;
}

export interface Made {
  kind: Kind;
  id: string;
  wish: Entry["wish"];
  facts: Facts;
}

const notKept: Problem = { ...asProblem(null), code: "client.not_kept", detail: "" };

export class Outbox {
  private listeners = new Set<() => void>();
  private shown: Entry[] | null = null;
  private running: Promise<void> | null = null;
  private isAskedAgain = false;
  private stop: (() => void) | null = null;

  constructor(private readonly world: World) {}

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** What waits, needs a word or ended lately, of whoever is signed in; the same array until something changes. */
  readonly entries = (): Entry[] => {
    this.shown ??= this.mine();
    return this.shown;
  };

  private mine(): Entry[] {
    const owner = this.world.owner();
    return this.world
      .all()
      .filter((entry) => entry.owner === owner)
      .sort((one, other) => other.madeAt - one.madeAt);
  }

  readonly find = (id: string): Entry | undefined => this.world.all().find((entry) => entry.id === id);

  /** Keeps it, tries once, answers what became of it. Called twice with one id it is one entry; one that was refused,
   * or asks for consent, goes out again with what is wanted now. A cart that is on its way already, perhaps from
   * another tab, is not sent a second time: its entry is the answer.
   *
   * Rejects only when the device cannot keep it: then nothing was sent.
   */
  async submit({ kind, id, wish, facts }: Made): Promise<Entry> {
    const now = this.world.now();
    const under = this.underWay(id, wish);
    if (under) {
      await this.flush();
      return this.find(under.id) ?? under;
    }
    const known = this.find(id);
    const isOpen = !known || known.state === "refused" || known.state === "consent";
    if (isOpen) {
      const made = entryOf({ id, kind, owner: this.world.owner() ?? "", wish, facts, now });
      // Its earlier bodies have used their keys.
      if (!this.world.put({ ...made, rounds: known?.rounds ?? 0 })) throw notKept;
      this.changed();
    }
    await this.flush();
    return this.find(id) as Entry;
  }

  /** The same cart under another id, not yet decided. */
  private underWay(id: string, wish: Entry["wish"]): Entry | undefined {
    if (!("cartId" in wish)) return undefined;
    return this.mine().find(
      (entry) =>
        entry.id !== id &&
        (entry.state === "waiting" || entry.state === "sending" || entry.state === "consent") &&
        "cartId" in entry.wish &&
        entry.wish.cartId === wish.cartId,
    );
  }

  /** Sends what is due. Called while it sends, it looks once more afterwards. */
  flush(): Promise<void> {
    if (this.running) {
      this.isAskedAgain = true;
      return this.running;
    }
    this.running = this.flushAll().finally(() => {
      this.running = null;
      this.plan();
    });
    return this.running;
  }

  private async flushAll(): Promise<void> {
    do {
      this.isAskedAgain = false;
      const owner = this.world.owner();
      if (owner && due(this.world.all(), owner, this.world.now()).length > 0)
        await this.world.alone(() => this.sendDue(owner));
    } while (this.isAskedAgain);
  }

  private async sendDue(owner: string): Promise<void> {
    for (;;) {
      const [entry] = due(this.world.all(), owner, this.world.now());
      if (!entry || this.world.owner() !== owner) return;
      const outcome = await this.sendOne(entry);
      // Without network or sign-in the next one would fare no better.
      if (outcome.is === "later" && outcome.why !== "busy") return;
    }
  }

  private async sendOne(entry: Entry): Promise<Outcome> {
    let latest = started(entry);
    const keep = (next: Entry) => {
      latest = next;
      this.put(next);
    };
    keep(latest);
    const outcome = await this.world.send(latest, keep);
    const ended = settled(latest, outcome, this.world.now());
    this.put(ended);
    if (ended.state === "done") this.world.onDone(ended);
    return outcome;
  }

  consent(id: string): Promise<void> {
    return this.change(id, (entry) => consented(entry, this.world.now()));
  }

  retry(id: string): Promise<void> {
    return this.change(id, (entry) => retried(entry, this.world.now()));
  }

  /** Everything that waits may go now: the network is back, the app is in front, somebody signed in. */
  wake(): Promise<void> {
    const now = this.world.now();
    for (const entry of this.mine())
      if (entry.state === "waiting" && entry.nextAt > now && entry.why !== "busy")
        this.put({ ...entry, nextAt: now });
    return this.flush();
  }

  /** Throws it away; false while it may have reached the server. */
  discard(id: string): boolean {
    const entry = this.find(id);
    if (!entry || !mayDiscard(entry)) return false;
    this.world.remove(id);
    this.changed();
    return true;
  }

  /** What another tab wrote is seen here, too. */
  readonly changed = (): void => {
    this.shown = null;
    for (const listener of this.listeners) listener();
  };

  private change(id: string, next: (entry: Entry) => Entry): Promise<void> {
    const entry = this.find(id);
    if (entry) this.put(next(entry));
    return this.flush();
  }

  private put(entry: Entry): void {
    this.world.put(entry);
    this.changed();
  }

  /** Looks again when the next one is due; forgets what is over. */
  private plan(): void {
    this.stop?.();
    const now = this.world.now();
    for (const entry of this.world.all()) if (isOver(entry, now)) this.world.remove(entry.id);
    const owner = this.world.owner();
    const at = owner ? nextLook(this.world.all(), owner) : null;
    this.stop = at === null ? null : this.world.wait(() => void this.flush(), Math.max(200, at - now));
  }
}
