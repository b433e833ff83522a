import { add } from "@shared/decimal";
import { quantity } from "@shared/quantity";
import { useTranslation } from "react-i18next";
import { Tap } from "@/ui/tap";
import { baseOf, type Counts, type EntryGoods, type EntryProblem as Problem } from "./entry";
import "./entry-problem.scss";

/** Counts as people say them: 2箱3瓶. */
export function said(goods: EntryGoods, counts: Counts): string {
  const bases = Object.entries(counts).map(([unit, count]) => {
    const factor = goods.units.find((one) => one.unit === unit);
    return (factor && baseOf(count, factor)) ?? "0";
  });
  return quantity(add("0", ...bases), goods.units, goods.base_unit);
}

interface Props {
  of: Problem;
  goods: EntryGoods;
  total: string | null;
  onSet: (counts: Counts) => void;
}

/** Why it cannot be ordered so, where it was typed, and the quantities close by that can. */
export function EntryProblem({ of: problem, goods, total, onSet }: Props) {
  const { t } = useTranslation("store-find");
  const isStep = problem.kind === "step";
  const rule = isStep
    ? `${problem.quantity}${problem.unit}`
    : quantity(problem.quantity, goods.units, goods.base_unit);
  const now = quantity(total, goods.units, goods.base_unit);
  return (
    <div className="entry-problem" role="alert">
      <span>{t(`entry.problem.${problem.kind}`, { rule, now })}</span>
      {problem.fixes.map((fix) => (
        <Tap key={said(goods, fix)} className="entry-fix" onClick={() => onSet(fix)}>
          {t("entry.fix", { quantity: said(goods, fix) })}
        </Tap>
      ))}
    </div>
  );
}
