import { compare } from "@shared/decimal";
import { number } from "@shared/money";
import { useTranslation } from "react-i18next";
import type { OfferOut, OfferUnitOut, ProblemOut, StockLevel } from "@/gen/model";
import { asProblem } from "@/problem";
import { wordsOf } from "@/ui/refusal";
import { StateTag, type Tone } from "@/ui/state-tag";

const TONES: Record<StockLevel, Tone> = { PLENTY: "good", TIGHT: "wait", NONE: "bad" };

interface Shown {
  level: StockLevel | null;
  available: string | null;
  base_unit: string;
}

/** What the seller lets be known of its stock: a word, a figure, or nothing. */
export function LevelTag({ of: offer }: { of: Shown }) {
  const { t } = useTranslation("carts");
  if (!offer.level) return null;
  const figure = offer.available === null ? "" : ` ${number(offer.available)} ${offer.base_unit}`;
  return (
    <StateTag tone={TONES[offer.level]}>
      {t(`level.${offer.level}`)}
      {figure}
    </StateTag>
  );
}

interface Limits {
  minimum: string | null;
  multiple: string | null;
  order_limit: string | null;
  base_unit: string;
}

/** From how many, in which steps and up to how many goods are sold; "" where nothing limits them. */
export function useLimitText(): (of: Limits) => string {
  const { t } = useTranslation(["carts", "common"]);
  return (of) =>
    [
      of.minimum && t("limit.minimum", { quantity: number(of.minimum), unit: of.base_unit }),
      of.multiple && t("limit.multiple", { quantity: number(of.multiple), unit: of.base_unit }),
      of.order_limit && t("limit.most", { quantity: number(of.order_limit), unit: of.base_unit }),
    ]
      .filter(Boolean)
      .join(t("common:list.separator"));
}

/** The units that goods are ordered in: in most cases whole cases and single bottles. */
export const unitNames = (units: readonly OfferUnitOut[]): string[] => units.map((one) => one.unit);

/** "1箱 = 24瓶", for who types a quantity. */
export function unitNote(units: readonly OfferUnitOut[], unit: string, base: string): string {
  const found = units.find((one) => one.unit === unit);
  if (!found || (found.unit === base && found.numerator === found.denominator)) return "";
  const whole = found.numerator / found.denominator;
  return Number.isInteger(whole)
    ? `1${unit} = ${whole}${base}`
    : `${found.denominator}${unit} = ${found.numerator}${base}`;
}

/** Why a line cannot be ordered as it stands, and what to do. */
export function ProblemWords({ of: problem }: { of: ProblemOut | unknown }) {
  const found = isLineProblem(problem)
    ? { ...asProblem(null), code: problem.code, title: problem.detail, remedy: problem.remedy }
    : asProblem(problem);
  const { title, remedy } = wordsOf(found);
  return (
    <p className="field-error" role="alert">
      {title}
      {remedy && ` ${remedy}`}
    </p>
  );
}

const isLineProblem = (value: unknown): value is ProblemOut =>
  typeof value === "object" && value !== null && "code" in value && !("status" in value);

/** The unit a type-ahead answer is entered in first. */
export const firstUnit = (offer: OfferOut): string => offer.unit || (offer.units[0]?.unit ?? offer.base_unit);

export const isMore = (one: string, other: string): boolean => compare(one, other) > 0;
