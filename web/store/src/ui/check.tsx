import { Tap } from "./tap";
import "./choice.scss";

interface Props {
  label: string;
  /** A second line: what it means. */
  note?: string;
  isOn: boolean;
  onChange: (isOn: boolean) => void;
}

/** Yes or no to a sentence. */
export function Check({ label, note, isOn, onChange }: Props) {
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
          {note && <span className="choice-note">{note}</span>}
        </span>
      </Tap>
    </div>
  );
}
