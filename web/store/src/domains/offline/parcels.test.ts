import { problemOf } from "@/problem";
import { type KeptPhoto, type Parcel, Parcels } from "./parcels";
import type { Entry } from "./types";

vi.mock("@tarojs/taro", () => ({ default: {} }));

const HOUR = 3600_000;
const SUBJECT = { type: "order", id: "o-1" };
const photos = [
  { id: "p-1", path: "a" },
  { id: "p-2", path: "b" },
];

function bench() {
  const kept = new Map<string, { parcel: Parcel; photos: readonly KeptPhoto[] }>();
  const sent: string[] = [];
  const world = {
    owner: "7.1" as string | null,
    now: 0,
    state: undefined as Entry["state"] | undefined,
    fail: (_: string): string | null => null,
  };
  const parcels = new Parcels({
    owner: () => world.owner,
    now: () => world.now,
    ids: () => [...kept.keys()],
    parcel: (id) => kept.get(id)?.parcel ?? null,
    keep: async (id, parcel, all) => Boolean(kept.set(id, { parcel, photos: all })),
    photos: async (id) => [...(kept.get(id)?.photos ?? [])],
    drop: async (id) => void kept.delete(id),
    wrap: async ({ id, path }) => ({ id, path }),
    unwrap: (photo) => photo,
    send: async (photo, subject) => {
      const code = world.fail(photo.id);
      if (code) throw problemOf(code, code === "client.offline" ? 0 : 422);
      sent.push(`${subject.id} ${photo.id}`);
    },
    entry: () => (world.state ? ({ state: world.state } as Entry) : undefined),
    alone: (work) => work(),
  });
  return { kept, sent, world, parcels };
}

test("pictures wait with what they belong to, and go out once it stands, once", async () => {
  const { kept, sent, world, parcels } = bench();
  await parcels.put("o-1", SUBJECT, photos);
  world.state = "waiting";
  await parcels.sweep();
  expect(sent).toEqual([]);

  world.state = "done";
  const both = await Promise.all([parcels.send("o-1"), parcels.send("o-1"), parcels.sweep()]);
  expect(both.slice(0, 2)).toEqual([0, 0]);
  expect(sent).toEqual(["o-1 p-1", "o-1 p-2"]);
  expect(kept.size).toBe(0);
});

test("what did not get through goes out later, what was refused does not", async () => {
  const { kept, sent, world, parcels } = bench();
  await parcels.put("o-1", SUBJECT, photos);
  world.state = "done";
  world.fail = (id) => (id === "p-1" ? "client.offline" : "files.too_large");
  expect(await parcels.send("o-1")).toBe(2);
  expect(kept.get("o-1")?.photos.map((photo) => photo.id)).toEqual(["p-1"]);

  world.fail = () => null;
  await parcels.sweep();
  expect([sent, kept.size]).toEqual([["o-1 p-1"], 0]);
});

test("another person sends nothing of it", async () => {
  const { kept, sent, world, parcels } = bench();
  await parcels.put("o-1", SUBJECT, photos);
  Object.assign(world, { owner: "8.1", state: "done", now: HOUR });
  await parcels.sweep();
  expect([sent, kept.size, await parcels.send("o-1")]).toEqual([[], 1, 0]);
});

test("pictures of what was thrown away go, too; those taken away before the press are not kept", async () => {
  const { kept, world, parcels } = bench();
  await parcels.put("o-1", SUBJECT, photos);
  await parcels.sweep(); // between keeping and submitting
  expect(kept.size).toBe(1);
  world.now = 2 * HOUR;
  await parcels.sweep();
  expect(kept.size).toBe(0);

  await parcels.put("o-1", SUBJECT, photos);
  await parcels.put("o-1", SUBJECT, []);
  expect(kept.size).toBe(0);
});
