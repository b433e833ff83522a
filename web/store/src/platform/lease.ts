// One at a time on this device. Browsers lock across tabs; where they do not, a lease in the storage; WeChat has one page.
import { newId } from "./ids";
import { IS_WEAPP } from "./server";
import { drop, keep, kept } from "./storage";

const LEASE_MS = 15_000;
const LOOK_MS = 250;

interface Lease {
  holder: string;
  until: number;
}

const me = newId();
const queues = new Map<string, Promise<unknown>>();

/** Runs the work when everybody before is done. What nobody else may do at the same time belongs into it. */
export function alone<T>(name: string, work: () => Promise<T>): Promise<T> {
  const before = queues.get(name) ?? Promise.resolve();
  const mine = before.catch(() => undefined).then(() => acrossTabs(name, work));
  queues.set(name, mine);
  return mine;
}

function acrossTabs<T>(name: string, work: () => Promise<T>): Promise<T> {
  if (IS_WEAPP) return work();
  if (globalThis.navigator?.locks) return navigator.locks.request(`huiliu.${name}`, work) as Promise<T>;
  return underLease(name, work);
}

const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Written, waited, read back: of two that write at once the later one has it. A tab that died lets go by the time. */
async function underLease<T>(name: string, work: () => Promise<T>): Promise<T> {
  const place = `lease.${name}`;
  const take = () => keep(place, { holder: me, until: Date.now() + LEASE_MS } satisfies Lease);
  for (;;) {
    const held = kept<Lease>(place);
    if (!held || held.holder === me || held.until < Date.now()) {
      take();
      await pause(LOOK_MS / 5);
      if (kept<Lease>(place)?.holder === me) break;
    }
    await pause(LOOK_MS);
  }
  const renewing = setInterval(take, LEASE_MS / 3);
  try {
    return await work();
  } finally {
    clearInterval(renewing);
    drop(place);
  }
}
