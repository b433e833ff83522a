// Before an order goes out: is it still what was agreed? Compares the cart as it is now with what the person saw.
import { compare, subtract } from "@shared/decimal";
import type { CartLineIn, CartLineOut, CartOut } from "@/gen/model";
import { asProblem, type Problem } from "@/problem";
import type { Agreed, AgreedLine, Answer, Difference, Offer } from "./types";

export type Step =
  | { do: "submit"; version: number; digest: string }
  | { do: "write"; version: number; lines: CartLineIn[] }
  | { do: "ask"; offer: Offer }
  | { do: "done"; answer: Answer }
  | { do: "refuse"; problem: Problem };

const keyOf = (line: { sku_id: number; unit: string }): string => `${line.sku_id} ${line.unit}`;
const isSame = (one: string | null, other: string | null): boolean =>
  one === null || other === null ? one === other : compare(one, other) === 0;

const agreedLine = (line: CartLineOut): AgreedLine => ({
  sku_id: line.sku_id,
  sku_name: line.sku_name,
  unit: line.unit,
  quantity: line.quantity,
  unit_price: line.unit_price,
});

/** What a person agrees to who sees this cart. */
export const agreedOf = (cart: CartOut): Agreed => ({
  version: cart.version,
  digest: cart.digest,
  currency: cart.currency,
  gross_amount: cart.gross_amount,
  lines: cart.lines.map(agreedLine),
  isEdited: false,
});

/** A refusal of our own, before the server is asked. */
const refusal = (code: string, facts: Record<string, unknown>): Problem => ({
  ...asProblem(null),
  code,
  detail: "",
  facts,
});

/** What is otherwise than it was agreed, goods by goods in the cart's order, what is gone at the end. */
export function differencesOf(agreed: Agreed, cart: CartOut): Difference[] {
  const before = new Map(agreed.lines.map((line) => [keyOf(line), line]));
  const found = cart.lines.flatMap((line): Difference[] => {
    const was = before.get(keyOf(line));
    before.delete(keyOf(line));
    const named = { name: line.sku_name, unit: line.unit };
    if (line.problem)
      return [
        {
          ...named,
          what: "blocked",
          before: line.quantity,
          after: null,
          code: line.problem.code,
          facts: line.problem.facts,
        },
      ];
    if (!was) return [{ ...named, what: "added", before: null, after: line.quantity }];
    const lines: Difference[] = [];
    if (!isSame(was.quantity, line.quantity))
      lines.push({ ...named, what: "quantity", before: was.quantity, after: line.quantity });
    if (!isSame(was.unit_price, line.unit_price))
      lines.push({ ...named, what: "price", before: was.unit_price, after: line.unit_price });
    return lines;
  });
  const gone = [...before.values()].map(
    (line): Difference => ({
      what: "gone",
      name: line.sku_name,
      unit: line.unit,
      before: line.quantity,
      after: null,
    }),
  );
  const all = [...found, ...gone];
  if (all.length > 0 || agreed.digest === "" || compare(agreed.gross_amount, cart.gross_amount) === 0)
    return all;
  return [{ what: "total", name: "", unit: "", before: agreed.gross_amount, after: cart.gross_amount }];
}

const written = (lines: readonly AgreedLine[]): CartLineIn[] =>
  lines.map(({ sku_id, unit, quantity }) => ({ sku_id, unit, quantity }));

/** The cart as it is now, without the lines that cannot be ordered; `without` names lines by their place, from 1. */
export function offerOf(
  cart: CartOut,
  differences: Difference[],
  without: ReadonlySet<number> = new Set(),
): Offer {
  const left = cart.lines.filter((line, index) => !line.problem && !without.has(index + 1));
  const gone = cart.lines.filter((line, index) => !line.problem && without.has(index + 1));
  const gross = gone.reduce((sum, line) => subtract(sum, line.gross_amount ?? "0"), cart.gross_amount);
  const agreed = { ...agreedOf(cart), lines: left.map(agreedLine), gross_amount: gross };
  const isWhole = left.length === cart.lines.length;
  return { agreed: { ...agreed, digest: isWhole ? cart.digest : "", isEdited: !isWhole }, differences };
}

/** What to do with an order, now that its cart was asked for. */
export function stepOf(orderId: string, agreed: Agreed, cart: CartOut): Step {
  if (cart.state === "ORDERED")
    return cart.order_id === orderId
      ? { do: "done", answer: { id: orderId, number: cart.order_number } }
      : { do: "refuse", problem: refusal("client.ordered_meanwhile", { number: cart.order_number }) };
  const differences = differencesOf(agreed, cart);
  if (differences.length === 0) return { do: "submit", version: cart.version, digest: cart.digest };
  if (agreed.isEdited && agreed.version === cart.version)
    return { do: "write", version: cart.version, lines: written(agreed.lines) };
  const offer = offerOf(cart, differences);
  if (offer.agreed.lines.length === 0)
    return { do: "refuse", problem: refusal("client.nothing_left", { lines: agreed.lines.length }) };
  return { do: "ask", offer };
}

interface ShortLine {
  line_no: number;
  sku_name: string;
  asked: string;
  level?: string;
  available?: string;
}

/** Too little stock for some lines: the order without them. Null when nothing would be left, or the cart is another. */
export function withoutShort(cart: CartOut, problem: Problem): Offer | null {
  const rows = (problem.facts.lines ?? []) as ShortLine[];
  const short = new Set(rows.map((row) => row.line_no));
  if (short.size === 0 || rows.some((row) => cart.lines[row.line_no - 1]?.sku_name !== row.sku_name))
    return null;
  const differences = cart.lines.flatMap((line, index): Difference[] => {
    const row = rows.find((one) => one.line_no === index + 1);
    if (!row) return [];
    return [
      {
        what: "short",
        name: line.sku_name,
        unit: line.unit,
        before: line.quantity,
        after: null,
        facts: { level: row.level ?? "NONE" },
      },
    ];
  });
  const offer = offerOf(cart, differences, short);
  return offer.agreed.lines.length > 0 ? offer : null;
}
