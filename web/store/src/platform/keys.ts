// Keys of a keyboard; a mini-program has none of its own.
import { IS_WEAPP } from "./server";

/** Calls back when Escape is pressed, until the answer is called. */
export function onEscape(then: () => void): () => void {
  if (IS_WEAPP) return () => undefined;
  const listen = (event: KeyboardEvent) => event.key === "Escape" && then();
  document.addEventListener("keydown", listen);
  return () => document.removeEventListener("keydown", listen);
}
