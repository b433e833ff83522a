import { Tap } from "./tap";
import "./chips.scss";

interface Props<Value extends string> {
  label: string;
  value: Value;
  options: readonly { value: Value; label: string }[];
  isWrapped?: boolean;
  onChange: (value: Value) => void;
}

/** One of a few: a row that is swept sideways, or wrapped where all must be seen. */
export function Chips<Value extends string>({ label, value, options, isWrapped, onChange }: Props<Value>) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be swept sideways
    <div className={isWrapped ? "chips chips-wrap" : "chips"} role="group" aria-label={label}>
      {options.map((option) => (
        <Tap
          key={option.value}
          className={option.value === value ? "chip chip-on" : "chip"}
          aria-pressed={option.value === value}
          onClick={() => onChange(option.value)}
        >
          {option.label}
        </Tap>
      ))}
    </div>
  );
}
