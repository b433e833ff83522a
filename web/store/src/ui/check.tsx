import { Tap } from "./tap";
import "./choice.scss";

interface Props {
  label: string;
  isOn: boolean;
  onChange: (isOn: boolean) => void;
}

/** Yes or no to a sentence. */
export function Check({ label, isOn, onChange }: Props) {
  return (
    <div className="choice">
      <Tap
        className={isOn ? "choice-option choice-chosen" : "choice-option"}
        role="checkbox"
        aria-checked={isOn}
        onClick={() => onChange(!isOn)}
      >
        <span className="choice-mark choice-square" aria-hidden="true" />
        <span className="choice-words">
          <span className="choice-title">{label}</span>
        </span>
      </Tap>
    </div>
  );
}
