// The life of one entry, without clock, network or storage.
import type { Problem } from "@/problem";
import type { Entry, Facts, Kind, Outcome, Why } from "./types";

const FIRST_WAIT_MS = 5_000;
const LONGEST_WAIT_MS = 300_000;
const KEPT_DONE_MS = 24 * 3600_000;
const FRESH_MS = 120_000;

/** Answers that say nothing about the request itself: it is asked again, under the same key. */
const PASSING = new Set(["client.offline", "client.unreadable"]);

export function entryOf(made: {
  id: string;
  kind: Kind;
  owner: string;
  wish: Entry["wish"];
  facts: Facts;
  now: number;
}): Entry {
  return {
    id: made.id,
    kind: made.kind,
    owner: made.owner,
    wish: made.wish,
    facts: made.facts,
    state: "waiting",
    why: "",
    attempts: 0,
    rounds: 0,
    madeAt: made.now,
    nextAt: made.now,
    sent: null,
    offer: null,
    problem: null,
    answer: null,
    endedAt: null,
  };
}

/** 5 s, 15 s, 45 s … and every five minutes then. */
export const waitAfter = (attempts: number): number =>
  Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 3 ** Math.max(0, attempts - 1));

/** Whether a refusal is about this moment and not about the request; with why it waits then. */
export function passing(problem: Problem): Why | null {
  if (problem.code === "platform.sign_in_needed") return "sign_in";
  if (PASSING.has(problem.code)) return "offline";
  return problem.status >= 500 || problem.status === 429 ? "busy" : null;
}

export const started = (entry: Entry): Entry => ({
  ...entry,
  state: "sending",
  attempts: entry.attempts + 1,
});

/** What became of an attempt. A request that got an answer is no longer under way. */
export function settled(entry: Entry, outcome: Outcome, now: number): Entry {
  switch (outcome.is) {
    case "done":
      return {
        ...entry,
        state: "done",
        why: "",
        sent: null,
        offer: null,
        problem: null,
        answer: outcome.answer,
        endedAt: now,
      };
    case "refused":
      return {
        ...entry,
        state: "refused",
        why: "",
        sent: null,
        offer: null,
        problem: outcome.problem,
        endedAt: now,
      };
    case "consent":
      return { ...entry, state: "consent", why: "", sent: null, problem: null, offer: outcome.offer };
    case "later": {
      const wait = outcome.seconds ? outcome.seconds * 1000 : waitAfter(entry.attempts);
      return { ...entry, state: "waiting", why: outcome.why, nextAt: now + wait };
    }
  }
}

/** The person agrees to the offer: it becomes what is wanted and goes out anew. */
export function consented(entry: Entry, now: number): Entry {
  if (entry.state !== "consent" || !entry.offer || !("agreed" in entry.wish)) return entry;
  const { agreed } = entry.offer;
  return {
    ...entry,
    wish: { ...entry.wish, agreed },
    facts: {
      ...entry.facts,
      lines: agreed.lines.length,
      amount: agreed.gross_amount,
      currency: agreed.currency,
    },
    state: "waiting",
    offer: null,
    attempts: 0,
    nextAt: now,
  };
}

/** Once more, now: what waits, or what was refused and may be accepted today. */
export function retried(entry: Entry, now: number): Entry {
  if (entry.state !== "waiting" && entry.state !== "refused") return entry;
  return { ...entry, state: "waiting", why: "", problem: null, endedAt: null, nextAt: now };
}

/** May it be thrown away? Not while nobody knows whether the server has it already. */
export const mayDiscard = (entry: Entry): boolean => entry.state !== "sending" && entry.sent === null;

/** Never sent before and agreed just now: what was shown is what the server is asked to hold to. */
export const isFresh = (entry: Entry, now: number): boolean =>
  entry.attempts <= 1 && now - entry.madeAt < FRESH_MS;

/** What may go out now, the oldest first. One that was left in the middle of sending is among them. */
export function due(entries: readonly Entry[], owner: string, now: number): Entry[] {
  return entries
    .filter(
      (entry) =>
        entry.owner === owner &&
        (entry.state === "sending" || (entry.state === "waiting" && entry.nextAt <= now)),
    )
    .sort((one, other) => one.madeAt - other.madeAt || (one.id < other.id ? -1 : 1));
}

/** When to look again; null when nothing waits for a moment of its own. */
export function nextLook(entries: readonly Entry[], owner: string): number | null {
  const waiting = entries.filter(
    (entry) => entry.owner === owner && entry.state === "waiting" && entry.why !== "sign_in",
  );
  return waiting.length ? Math.min(...waiting.map((entry) => entry.nextAt)) : null;
}

/** What ended long enough ago that nobody looks for it here. */
export const isOver = (entry: Entry, now: number): boolean =>
  entry.state === "done" && now - (entry.endedAt ?? now) > KEPT_DONE_MS;

/** What the bar counts: everything that has not reached the server, or needs a person. */
export const isOpen = (entry: Entry): boolean => entry.state !== "done";
