// Listens while somebody is signed in and the app is in front; after a break it comes back later and later.
import { subjectOf } from "@shared/touched";

export interface World {
  /** Opens the stream; answers how to close it. */
  listen: (
    address: string,
    heard: { ready: () => void; told: (text: string | null) => void; lost: () => void },
  ) => () => void;
  wait: (then: () => void, milliseconds: number) => () => void;
  /** 0 ≤ chance < 1: phones that lost one server do not all come back at one moment. */
  chance: () => number;
  /** Something happened to a subject; null when it is not known what, or something was missed. */
  changed: (subject: string | null) => void;
}

const FIRST_MS = 2_000;
const LONGEST_MS = 120_000;

/** 2 s, 4 s, 8 s … two minutes, give or take a quarter. */
export const pauseAfter = (failures: number, chance: number): number =>
  Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.max(0, failures - 1)) * (0.75 + chance / 2);

export class Live {
  private address = "";
  private isShown = false;
  private failures = 0;
  /** It stood once and broke: what happened meanwhile nobody told. */
  private hasMissed = false;
  private stop: (() => void) | null = null;

  constructor(private readonly world: World) {}

  /** Where to listen; "" when nobody is signed in. */
  at(address: string): void {
    if (address === this.address) return;
    this.close();
    this.address = address;
    this.failures = 0;
    this.hasMissed = false;
    this.open();
  }

  /** The app came to the front, or left it. Coming back it knocks at once. */
  shown(isShown: boolean): void {
    if (isShown === this.isShown) return;
    this.isShown = isShown;
    if (isShown) {
      this.failures = 0;
      this.open();
    } else this.close();
  }

  private open(): void {
    if (this.stop || !this.address || !this.isShown) return;
    this.stop = this.world.listen(this.address, {
      ready: () => {
        this.failures = 0;
        if (this.hasMissed) this.world.changed(null);
        this.hasMissed = false;
      },
      told: (text) => this.tell(subjectOf(text)),
      lost: () => this.again(),
    });
  }

  private tell(subject: string | null): void {
    if (subject !== "") this.world.changed(subject);
  }

  private again(): void {
    this.failures += 1;
    this.hasMissed = true;
    this.stop = this.world.wait(
      () => {
        this.stop = null;
        this.open();
      },
      pauseAfter(this.failures, this.world.chance()),
    );
  }

  private close(): void {
    this.hasMissed ||= this.stop !== null;
    this.stop?.();
    this.stop = null;
  }
}
