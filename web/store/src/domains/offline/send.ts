// One attempt to send one entry. Every request is kept, with its key, before it leaves.
import type { CartLinesIn, CartOut, PlacedOut } from "@/gen/model";
import { asProblem, type Problem, waitSeconds } from "@/problem";
import { isFresh, passing } from "./machine";
import { stepOf, withoutShort } from "./requote";
import type { Answer, Entry, OrderWish, Outcome, Sent } from "./types";

export interface Door {
  /** Sends exactly this; rejects with a Problem. */
  post: (sent: Sent) => Promise<unknown>;
  cart: (cartId: string) => Promise<CartOut>;
  writeLines: (cartId: string, body: CartLinesIn) => Promise<CartOut>;
  /** Keeps the entry as it is now, so that a device that dies knows what was under way. */
  keep: (entry: Entry) => void;
  now: () => number;
}

const ROUNDS_MAX = 4;

/** Refusals of an order that another look at the cart may explain. */
const ASK_AGAIN = new Set([409, 412, 422]);

const answerOf = (entry: Entry, data: unknown): Answer => {
  const { id, number, twin } = (data ?? {}) as Partial<Answer>;
  return { id: id ?? entry.id, number: number ?? entry.facts.number ?? "", ...(twin ? { twin } : {}) };
};

/** One attempt. Never rejects: what went wrong is an outcome. */
export async function attempt(entry: Entry, door: Door): Promise<Outcome> {
  try {
    return "agreed" in entry.wish
      ? await sendOrder(entry, entry.wish, door)
      : await sendPlain(entry, entry.wish, door);
  } catch (error) {
    return outcomeOf(asProblem(error));
  }
}

function outcomeOf(problem: Problem): Outcome {
  const why = passing(problem);
  if (!why) return { is: "refused", problem };
  return { is: "later", why, seconds: waitSeconds(problem) ?? undefined };
}

async function sendPlain(entry: Entry, wish: { url: string; data: unknown }, door: Door): Promise<Outcome> {
  const sent = { url: wish.url, key: entry.id, data: wish.data };
  door.keep({ ...entry, sent });
  return { is: "done", answer: answerOf(entry, await door.post(sent)) };
}

/** Keys differ where bodies do: the server refuses one key with two bodies. */
function requestOf(
  entry: Entry,
  wish: OrderWish,
  round: number,
  version: number,
  quote_digest: string,
): Sent {
  return {
    url: `/carts/${wish.cartId}/submit`,
    key: round === 0 ? entry.id : `${entry.id}.${round}`,
    data: { ...wish.draft, id: entry.id, version, quote_digest },
  };
}

/** First what was left without an answer, word for word; then, while nothing changed, what was agreed. */
async function sendOrder(entry: Entry, wish: OrderWish, door: Door): Promise<Outcome> {
  let current = entry;
  let refused: Problem | null = null;
  const { agreed } = wish;
  if (!current.sent && agreed.digest && !agreed.isEdited && isFresh(entry, door.now()))
    current = underWay(
      current,
      requestOf(current, wish, current.rounds, agreed.version, agreed.digest),
      door,
    );
  for (let round = 0; round < ROUNDS_MAX; round += 1) {
    if (!current.sent) {
      const step = await nextStep(current, wish, door, refused);
      if ("is" in step) return step;
      current = underWay(current, step, door);
    }
    const posted = await post(current, door);
    if ("is" in posted) return posted;
    refused = posted;
    current = { ...current, sent: null };
    door.keep(current);
  }
  return { is: "later", why: "busy" };
}

function underWay(entry: Entry, sent: Sent, door: Door): Entry {
  const next = { ...entry, sent, rounds: entry.rounds + 1 };
  door.keep(next);
  return next;
}

/** The answer, or the refusal that the cart may explain. What is no answer at all is thrown on: it is asked again. */
async function post(entry: Entry, door: Door): Promise<Outcome | Problem> {
  try {
    const placed = (await door.post(entry.sent as Sent)) as PlacedOut;
    // An answer that was torn on the way names nothing: it is asked for again.
    if (typeof placed?.id !== "string") throw { ...asProblem(null), code: "client.unreadable" };
    if (placed.id === entry.id) return { is: "done", answer: { id: placed.id, number: placed.number } };
    const problem = {
      ...asProblem(null),
      code: "client.ordered_meanwhile",
      detail: "",
      facts: { number: placed.number },
    };
    return { is: "refused", problem };
  } catch (error) {
    const problem = asProblem(error);
    if (!ASK_AGAIN.has(problem.status)) throw error;
    return problem;
  }
}

/** The next request, or the end: asks for the cart, writes what was changed here, compares. */
async function nextStep(
  entry: Entry,
  wish: OrderWish,
  door: Door,
  refused: Problem | null,
): Promise<Sent | Outcome> {
  let cart = await door.cart(wish.cartId);
  let step = stepOf(entry.id, wish.agreed, cart);
  if (step.do === "write") {
    cart = await door.writeLines(wish.cartId, { version: step.version, lines: step.lines, is_whole: true });
    // Written: from now on only what differs from it is news.
    step = stepOf(entry.id, { ...wish.agreed, version: cart.version, isEdited: false }, cart);
  }
  if (step.do === "done") return { is: "done", answer: step.answer };
  if (step.do === "refuse") return { is: "refused", problem: step.problem };
  if (step.do === "ask") return { is: "consent", offer: step.offer };
  if (refused?.code === "orders.insufficient_stock") {
    const offer = withoutShort(cart, refused);
    return offer ? { is: "consent", offer } : { is: "refused", problem: refused };
  }
  if (step.do === "write") return { is: "later", why: "busy" }; // somebody writes the same cart at this moment
  // Nothing differs from what was agreed, and still it was refused for another reason than its quote: that is the answer.
  if (refused && !isOldQuote(refused)) return { is: "refused", problem: refused };
  return requestOf(entry, wish, entry.rounds, step.version, step.digest);
}

const isOldQuote = (problem: Problem): boolean =>
  problem.status === 412 || problem.code === "orders.price_changed" || problem.code === "platform.stale";
