// A waybill as somebody fills it in: a carrier we know by its code, and its number. Pure.

/** The codes that carriers' own pushes use; without one of them the seller drives itself. */
export const CARRIERS = [
  "shunfeng",
  "debangwuliu",
  "zhongtong",
  "yuantong",
  "yunda",
  "jd",
  "annengwuliu",
  "ems",
] as const;
export type Carrier = (typeof CARRIERS)[number];

export interface Bill {
  carrier: Carrier | "none";
  number: string;
}

export const NO_BILL: Bill = { carrier: "none", number: "" };

const NUMBER = /^[A-Za-z0-9_.-]{1,60}$/;

/** Nothing to write, or a number as carriers have them. */
export const isFit = ({ carrier, number }: Bill): boolean => carrier === "none" || NUMBER.test(number.trim());

export const carrierOf = (code: string): Carrier | undefined => CARRIERS.find((known) => known === code);
