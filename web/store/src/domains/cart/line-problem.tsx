import type { ProblemOut } from "@/gen/model";
import { asProblem } from "@/problem";
import { wordsOf } from "@/ui/refused";
import "./cart-goods.scss";

interface Props {
  of: ProblemOut;
  /** Only what is wrong, where it cannot be changed. */
  isShort?: boolean;
}

/** Why goods cannot be ordered, and what to do about it. */
export function LineProblem({ of: problem, isShort }: Props) {
  const { title, remedy } = wordsOf({
    ...asProblem(null),
    code: problem.code,
    title: problem.detail,
    remedy: problem.remedy,
    facts: problem.facts,
    status: 422,
  });
  return (
    <p className="cart-problem" role="alert">
      <strong>{title}</strong> {!isShort && remedy}
    </p>
  );
}
