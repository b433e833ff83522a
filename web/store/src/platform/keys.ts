// Keys of a keyboard; a mini-program hears of the one that ends typing only.
import { IS_WEAPP } from "./server";

/** Calls back when Escape is pressed, until the answer is called. */
export function onEscape(then: () => void): () => void {
  if (IS_WEAPP) return () => undefined;
  const listen = (event: KeyboardEvent) => event.key === "Escape" && then();
  document.addEventListener("keydown", listen);
  return () => document.removeEventListener("keydown", listen);
}

/** What an input needs to call back when the key that ends typing is pressed. */
export function whenEntered(then: (() => void) | undefined): object {
  if (!then) return {};
  if (IS_WEAPP) return { onConfirm: then };
  // While a name is being composed, Enter chooses among the proposals.
  return {
    onKeyDown: (event: { key: string; nativeEvent: { isComposing?: boolean } }) => {
      if (event.key === "Enter" && !event.nativeEvent.isComposing) then();
    },
  };
}
