import { Tap } from "./tap";
import "./choice.scss";

interface Props<Value extends string | number> {
  label: string;
  value: Value;
  options: readonly { value: Value; title: string; note?: string }[];
  onChange: (value: Value) => void;
}

/** One of a few that need a sentence each. */
export function Choice<Value extends string | number>({ label, value, options, onChange }: Props<Value>) {
  return (
    <div className="choice" role="radiogroup" aria-label={label}>
      {options.map((option) => {
        const isChosen = option.value === value;
        return (
          <Tap
            key={option.value}
            className={isChosen ? "choice-option choice-chosen" : "choice-option"}
            role="radio"
            aria-checked={isChosen}
            onClick={() => onChange(option.value)}
          >
            <span className="choice-mark" aria-hidden="true" />
            <span className="choice-words">
              <span className="choice-title">{option.title}</span>
              {option.note && <span className="choice-note">{option.note}</span>}
            </span>
          </Tap>
        );
      })}
    </div>
  );
}
