import { useEffect, useState } from "react";
import { Icon } from "./icon";
import { ScanButton } from "./scan-button";
import "./search-box.scss";

interface Props {
  label: string;
  hint: string;
  value: string;
  onChange: (text: string) => void;
  /** With the name of the button: a code may be scanned, too. */
  scan?: { label: string; onCode: (code: string) => void };
}

const REST_MS = 300;

/** Search as one types, a moment after the last letter. */
export function SearchBox({ label, hint, value, onChange, scan }: Props) {
  const [text, setText] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => text !== value && onChange(text), REST_MS);
    return () => clearTimeout(timer);
  }, [text, value, onChange]);
  return (
    <div className="search-box">
      <span className="search-icon">
        <Icon name="search" />
      </span>
      <input
        className="search-input"
        type="text"
        aria-label={label}
        placeholder={hint}
        value={text}
        onInput={(event) => setText((event.target as HTMLInputElement).value)}
      />
      {scan && (
        <ScanButton className="search-scan" label={scan.label} onCode={scan.onCode}>
          <Icon name="scan" />
        </ScanButton>
      )}
    </div>
  );
}
