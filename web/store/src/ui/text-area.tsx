import { useId } from "react";
import { FAULTY } from "@/platform/faulty";
import "./field.scss";
import "./text-area.scss";

interface Props {
  label: string;
  value: string;
  hint?: string;
  most?: number;
  problem?: string;
  onChange: (value: string) => void;
}

/** A few sentences, with what is wrong below them. */
export function TextArea({ label, value, hint, most = 1000, problem, onChange }: Props) {
  const id = useId();
  return (
    <div className="field">
      <label className="field-label" htmlFor={id}>
        {label}
      </label>
      <textarea
        id={id}
        className={problem ? `text-area field-wrong ${FAULTY}` : "text-area"}
        value={value}
        maxLength={most}
        placeholder={hint}
        aria-invalid={Boolean(problem)}
        aria-describedby={problem ? `${id}-help` : undefined}
        onInput={(event) => onChange((event.target as HTMLTextAreaElement).value)}
      />
      {problem && (
        <p id={`${id}-help`} className="field-problem">
          {problem}
        </p>
      )}
    </div>
  );
}
