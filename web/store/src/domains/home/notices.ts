import { money } from "@shared/money";
import type { NoticeOut } from "@/gen/model";

const text = (value: unknown): string =>
  typeof value === "string" || typeof value === "number" ? `${value}` : "";

/** What a notice's sentence is filled with; figures as people write them. */
export function factsOf({ payload }: NoticeOut): Record<string, string> {
  const amount = text(payload.amount ?? payload.gross_amount);
  return {
    ...Object.fromEntries(Object.entries(payload).map(([name, value]) => [name, text(value)])),
    amount: amount ? money(amount, text(payload.currency) || "CNY") : "",
    number: text(payload.number),
    name: text(payload.name),
    day: text(payload.day ?? payload.valid_from),
    reason: text(payload.reason),
    count: text(payload.count ?? payload.lines),
    person: text(payload.person),
  };
}
