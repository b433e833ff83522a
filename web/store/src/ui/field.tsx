import { useId } from "react";
import "./field.scss";

interface Props {
  label: string;
  value: string;
  onChange: (value: string) => void;
  type?: "text" | "password" | "tel" | "number";
  autoComplete?: string;
  problem?: string;
  help?: string;
}

/** A labelled input; what is wrong with it stands below it. */
export function Field({ label, value, onChange, type = "text", autoComplete, problem, help }: Props) {
  const id = useId();
  return (
    <div className="field">
      <label className="field-label" htmlFor={id}>
        {label}
      </label>
      <input
        id={id}
        className={problem ? "field-input field-wrong" : "field-input"}
        type={type}
        value={value}
        autoComplete={autoComplete}
        aria-invalid={Boolean(problem)}
        aria-describedby={problem || help ? `${id}-help` : undefined}
        onInput={(event) => onChange((event.target as HTMLInputElement).value)}
      />
      {(problem || help) && (
        <p id={`${id}-help`} className={problem ? "field-problem" : "field-help"}>
          {problem || help}
        </p>
      )}
    </div>
  );
}
