import { Picker } from "@tarojs/components";
import { useId } from "react";
import { FAULTY } from "@/platform/faulty";
import { IS_WEAPP } from "@/platform/server";
import "./field.scss";
import "./date-field.scss";

interface Props {
  label: string;
  /** "2026-11-30"; "" for none. */
  value: string;
  min?: string;
  empty: string;
  problem?: string;
  onChange: (day: string) => void;
}

/** A day, chosen with the device's own calendar. */
export function DateField({ label, value, min, empty, problem, onChange }: Props) {
  const id = useId();
  return (
    <div className="field">
      <label className="field-label" htmlFor={id}>
        {label}
      </label>
      {IS_WEAPP ? (
        <Picker
          mode="date"
          value={value || min || ""}
          start={min}
          onChange={(event) => onChange(event.detail.value)}
        >
          <span className={`field-input date-shown ${problem ? `field-wrong ${FAULTY}` : ""}`}>
            {value || empty}
          </span>
        </Picker>
      ) : (
        <input
          id={id}
          className={problem ? `field-input field-wrong ${FAULTY}` : "field-input"}
          type="date"
          value={value}
          min={min}
          aria-invalid={Boolean(problem)}
          aria-describedby={problem ? `${id}-help` : undefined}
          onInput={(event) => onChange((event.target as HTMLInputElement).value)}
        />
      )}
      {problem && (
        <p id={`${id}-help`} className="field-problem">
          {problem}
        </p>
      )}
    </div>
  );
}
