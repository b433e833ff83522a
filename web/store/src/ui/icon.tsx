import "./icon.scss";

/** Drawn as masks, so that they take the colour of the text in both products; each beside a word or a label. */
export type IconName =
  | "home"
  | "find"
  | "cart"
  | "orders"
  | "mine"
  | "back"
  | "next"
  | "search"
  | "scan"
  | "star"
  | "starred"
  | "close"
  | "truck"
  | "camera"
  | "note"
  | "plus"
  | "minus"
  | "undo"
  | "box"
  | "sale"
  | "people"
  | "settings"
  | "bell"
  | "wallet"
  | "send"
  | "lock"
  | "chat"
  | "mark";

export function Icon({ name }: { name: IconName }) {
  return <span className={`icon icon-${name}`} aria-hidden="true" />;
}
