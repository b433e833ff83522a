// Pictures that belong to what is being sent: kept before it leaves, sent once it stands, however long that takes.
import type { Photo, Subject } from "@/platform/photo";
import { asProblem } from "@/problem";
import { passing } from "./machine";
import type { Entry } from "./types";

/** A picture as it is kept: WeChat names a file of its own, the web has the picture itself. */
export interface KeptPhoto {
  id: string;
  path: string;
  picture?: string;
}

/** What is known of the pictures of one entry; they themselves lie on the shelf. */
export interface Parcel {
  owner: string;
  subject: Subject;
  count: number;
  at: number;
}

export interface World {
  owner: () => string | null;
  now: () => number;
  ids: () => string[];
  parcel: (id: string) => Parcel | null;
  keep: (id: string, parcel: Parcel, photos: readonly KeptPhoto[]) => Promise<boolean>;
  photos: (id: string) => Promise<KeptPhoto[]>;
  drop: (id: string) => Promise<void>;
  wrap: (photo: Photo) => Promise<KeptPhoto>;
  unwrap: (photo: KeptPhoto) => Photo;
  send: (photo: Photo, subject: Subject) => Promise<unknown>;
  entry: (id: string) => Entry | undefined;
  alone: <T>(work: () => Promise<T>) => Promise<T>;
}

/** WeChat throws its files away some day; then there is nothing to send any more. */
const LONGEST_MS = 3 * 24 * 3600_000;
const YOUNG_MS = 3600_000;

export class Parcels {
  private running = new Map<string, Promise<number>>();

  constructor(private readonly world: World) {}

  /** Keeps the pictures of an entry before it is sent; they replace those kept for it earlier. */
  async put(id: string, subject: Subject, photos: readonly Photo[]): Promise<boolean> {
    if (photos.length === 0) {
      if (this.world.parcel(id)) await this.world.drop(id);
      return true;
    }
    const parcel = { owner: this.world.owner() ?? "", subject, count: photos.length, at: this.world.now() };
    return this.world.keep(id, parcel, await Promise.all(photos.map(this.world.wrap)));
  }

  /** Sends what belongs to an entry that stands; answers how many pictures are not there yet or were refused. */
  send(id: string): Promise<number> {
    const running = this.running.get(id);
    if (running) return running;
    const sending = this.world
      .alone(() => this.sendAll(id))
      .finally(() => {
        this.running.delete(id);
      });
    this.running.set(id, sending);
    return sending;
  }

  /** Whatever was left behind by a page that was closed or a network that went. */
  async sweep(): Promise<void> {
    const { owner, now, parcel, entry, drop } = this.world;
    for (const id of this.world.ids()) {
      const kept = parcel(id);
      if (!kept || kept.owner !== owner()) continue;
      const state = entry(id)?.state;
      const age = now() - kept.at;
      if (state === "done") await this.send(id);
      // Thrown away, or done so long ago that it is forgotten; a young one is about to be submitted.
      else if (age > LONGEST_MS || (state === undefined && age > YOUNG_MS)) await drop(id);
    }
  }

  private async sendAll(id: string): Promise<number> {
    const parcel = this.world.parcel(id); // another tab may have sent it while this one waited
    if (!parcel || parcel.owner !== this.world.owner()) return 0;
    const left: KeptPhoto[] = [];
    let refused = 0;
    for (const photo of await this.world.photos(id)) {
      try {
        await this.world.send(this.world.unwrap(photo), parcel.subject);
      } catch (error) {
        if (passing(asProblem(error))) left.push(photo);
        else refused += 1;
      }
    }
    if (left.length === 0) await this.world.drop(id);
    else await this.world.keep(id, { ...parcel, count: left.length }, left);
    return left.length + refused;
  }
}
