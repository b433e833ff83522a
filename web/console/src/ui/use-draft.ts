import { useCallback, useState } from "react";

/** What somebody is filling in, kept in this tab until it is sent: leaving the page loses nothing. */
export function useDraft<Value>(key: string, first: Value): [Value, (next: Value) => void, () => void] {
  const name = `draft:${key}`;
  const [value, setValue] = useState<Value>(() => {
    try {
      const kept = sessionStorage.getItem(name);
      return kept === null ? first : (JSON.parse(kept) as Value);
    } catch {
      return first;
    }
  });
  const change = useCallback(
    (next: Value) => {
      setValue(next);
      try {
        sessionStorage.setItem(name, JSON.stringify(next));
      } catch {
        // A full or closed store only means that nothing is kept.
      }
    },
    [name],
  );
  const clear = useCallback(() => {
    setValue(first);
    try {
      sessionStorage.removeItem(name);
    } catch {
      // As above.
    }
  }, [name, first]);
  return [value, change, clear];
}
