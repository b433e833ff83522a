// Which answers stay readable without a network, and how much of them. Newest first, until the room is full.

export interface KeptRead {
  queryKey: readonly unknown[];
  queryHash: string;
  updatedAt: number;
  data: unknown;
}

export interface KeptReads {
  owner: string;
  version: number;
  reads: KeptRead[];
}

/** Another number when what is kept changes its shape: the old is not read then. */
export const VERSION = 1;
export const ROOM = 1_500_000;
const LONGEST_MS = 14 * 24 * 3600_000;

/** What home, range, cart, orders, stock and one's own account show. Not: live figures that mislead when they are old. */
const KEPT = [
  "cart",
  "/api/v1/session",
  "/api/v1/shop/",
  "/api/v1/carts",
  "/api/v1/catalog/",
  "/api/v1/orders",
  "/api/v1/shipments",
  "/api/v1/stock",
  "/api/v1/money",
  "/api/v1/modules",
];

export function isKept(queryKey: readonly unknown[]): boolean {
  const [name] = queryKey;
  return typeof name === "string" && KEPT.some((beginning) => name.startsWith(beginning));
}

/** The newest that fit into the room, as text; what is older than two weeks is not worth showing. */
export function writeReads(owner: string, reads: readonly KeptRead[], now: number, room = ROOM): string {
  const chosen: string[] = [];
  let used = 0;
  for (const read of [...reads].sort((one, other) => other.updatedAt - one.updatedAt)) {
    if (now - read.updatedAt > LONGEST_MS) break;
    const text = JSON.stringify(read);
    if (used + text.length > room) continue;
    used += text.length + 1;
    chosen.push(text);
  }
  return `{"owner":${JSON.stringify(owner)},"version":${VERSION},"reads":[${chosen.join(",")}]}`;
}

/** What was kept for this person; nothing of anybody else, nothing that cannot be read. */
export function readReads(text: string | null, owner: string): KeptRead[] {
  if (!text) return [];
  try {
    const kept = JSON.parse(text) as KeptReads;
    return kept.owner === owner && kept.version === VERSION ? kept.reads : [];
  } catch {
    return [];
  }
}
