import type { ReactNode } from "react";
import { wholes } from "./wholes";

/** A sentence in which numbers and amounts are not broken at the end of a line; anything but text as it is. */
export function Whole({ children }: { children?: ReactNode }) {
  if (typeof children !== "string") return children;
  const parts = wholes(children);
  if (!parts.some((part) => part.isWhole)) return children;
  // One element: among the parts of a button a sentence is one, with the spaces inside of it.
  return (
    <span>
      {parts.map((part, at) =>
        part.isWhole ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: a sentence's parts have no other name
          <span key={at} className="whole">
            {part.text}
          </span>
        ) : (
          part.text
        ),
      )}
    </span>
  );
}
