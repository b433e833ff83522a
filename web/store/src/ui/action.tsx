import type { PropsWithChildren } from "react";
import { Tap } from "./tap";
import { Whole } from "./whole";
import "./action.scss";

interface Props {
  /** `main`: the one next thing of a page; `plain`: beside it; `quiet`: a word one may press; `bad`: takes something away. */
  kind?: "main" | "plain" | "quiet" | "bad";
  isBusy?: boolean;
  isDisabled?: boolean;
  isWide?: boolean;
  label?: string;
  onClick: () => void;
}

/** A button, at least 44 points high; while it works it cannot be pressed again. */
export function Action({
  kind = "main",
  isBusy,
  isDisabled,
  isWide,
  label,
  onClick,
  children,
}: PropsWithChildren<Props>) {
  return (
    <Tap
      className={`action action-${kind}${isWide ? " action-wide" : ""}`}
      disabled={Boolean(isBusy || isDisabled)}
      aria-busy={isBusy}
      aria-label={label}
      onClick={onClick}
    >
      {isBusy && <span className="action-wheel" aria-hidden="true" />}
      <Whole>{children}</Whole>
    </Tap>
  );
}
