import { cloneElement, type ReactElement, type ReactNode, useId } from "react";
import { asProblem } from "@/problem";
import { reasonText } from "./reasons";
import { wordsOf } from "./refusal";

/** What a refusal says of one field: our words for its code, or the server's reason. */
export function fieldProblem(error: unknown, name: string): string | null {
  if (!error) return null;
  const problem = asProblem(error);
  const told = problem.fields.find(({ field }) => field === name || field.endsWith(`.${name}`));
  if (told) return reasonText(told);
  return problem.facts.field === name ? wordsOf(problem).remedy || problem.detail : null;
}

interface FormFieldProps {
  label: ReactNode;
  /** Why this cannot be taken; said beside the field. */
  problem?: ReactNode;
  hint?: ReactNode;
  isWide?: boolean;
  children: ReactElement<{ id?: string; status?: "error"; "aria-describedby"?: string }>;
}

/** One control with its label above and what is wrong beside it. */
export function FormField({ label, problem, hint, isWide, children }: FormFieldProps) {
  const id = useId();
  const control = cloneElement(children, {
    id,
    ...(problem ? { status: "error" as const } : {}),
    ...(problem || hint ? { "aria-describedby": `${id}-note` } : {}),
  });
  return (
    <div className={isWide ? "field field-wide" : "field"}>
      <label htmlFor={id} className="field-label">
        {label}
      </label>
      {control}
      {(problem || hint) && (
        <span
          id={`${id}-note`}
          className={problem ? "field-error" : "quiet"}
          role={problem ? "alert" : undefined}
        >
          {problem || hint}
        </span>
      )}
    </div>
  );
}
