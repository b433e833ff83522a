// The pictures' parcels of this app: on this device's storage and shelf, through its camera's door.
import { alone } from "@/platform/lease";
import { onFront, onNetwork } from "@/platform/network";
import { type Photo, sendPhoto } from "@/platform/photo";
import { blobOf, textOf } from "@/platform/picture-text";
import { dropText, fetchText, keepText } from "@/platform/shelf";
import { drop, keep, kept, namesKept } from "@/platform/storage";
import { owner } from "./identity";
import { type KeptPhoto, type Parcel, Parcels } from "./parcels";
import { onSent, outbox } from "./wiring";

const PLACE = "photos.";

const parcels = new Parcels({
  owner,
  now: Date.now,
  ids: () => namesKept(PLACE).map((name) => name.slice(PLACE.length)),
  parcel: (id) => kept<Parcel>(PLACE + id),
  keep: async (id, parcel, photos) =>
    (await keepText(PLACE + id, JSON.stringify(photos))) && keep(PLACE + id, parcel),
  photos: async (id) => JSON.parse((await fetchText(PLACE + id)) ?? "[]") as KeptPhoto[],
  drop: async (id) => {
    drop(PLACE + id);
    await dropText(PLACE + id);
  },
  wrap: async ({ id, path, blob }) => (blob ? { id, path: "", picture: await textOf(blob) } : { id, path }),
  unwrap: ({ id, path, picture }): Photo => (picture ? { id, path, blob: blobOf(picture) } : { id, path }),
  send: sendPhoto,
  entry: outbox.find,
  alone: (work) => alone("photos", work),
});

/** Keeps the pictures of an order that is about to be sent. */
export const keepOrderPhotos = (orderId: string, photos: readonly Photo[]): Promise<boolean> =>
  parcels.put(orderId, { type: "order", id: orderId }, photos);

/** Sends the pictures of an order that stands; answers how many are not there yet. */
export const sendOrderPhotos = (orderId: string): Promise<number> => parcels.send(orderId);

/** Begins to send what was left: when something reached the server, the network is back, the app is in front. */
export function startPhotos(): void {
  const sweep = () => void parcels.sweep().catch(() => undefined);
  onSent(({ id }) => void parcels.send(id).catch(() => undefined));
  onNetwork((isThere) => isThere && sweep());
  onFront(sweep);
  sweep();
}
