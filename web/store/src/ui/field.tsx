import { type ReactNode, useId } from "react";
import { FAULTY } from "@/platform/faulty";
import { whenEntered } from "@/platform/keys";
import "./field.scss";

interface Props {
  label: string;
  value: string;
  onChange: (value: string) => void;
  type?: "text" | "password" | "tel" | "number";
  autoComplete?: string;
  maxLength?: number;
  problem?: string;
  help?: string;
  /** Within the field's line, right of what is typed: one thing to press. */
  aside?: ReactNode;
  /** The key that ends typing. */
  onEnter?: () => void;
}

/** A labelled input; what is wrong with it stands below it. */
export function Field({
  label,
  value,
  onChange,
  type = "text",
  autoComplete,
  maxLength,
  problem,
  help,
  aside,
  onEnter,
}: Props) {
  const id = useId();
  const input = (
    <input
      id={id}
      className={problem ? `field-input field-wrong ${FAULTY}` : "field-input"}
      type={type}
      value={value}
      autoComplete={autoComplete}
      maxLength={maxLength}
      aria-invalid={Boolean(problem)}
      aria-describedby={problem || help ? `${id}-help` : undefined}
      onInput={(event) => onChange((event.target as HTMLInputElement).value)}
      {...whenEntered(onEnter)}
    />
  );
  return (
    <div className="field">
      <label className="field-label" htmlFor={id}>
        {label}
      </label>
      {aside ? (
        <div className="field-line">
          {input}
          {aside}
        </div>
      ) : (
        input
      )}
      {(problem || help) && (
        <p id={`${id}-help`} className={problem ? "field-problem" : "field-help"}>
          {problem || help}
        </p>
      )}
    </div>
  );
}
