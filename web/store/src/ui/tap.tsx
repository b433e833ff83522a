import type { ComponentPropsWithoutRef } from "react";
import "./tap.scss";

/** A bare button: everything that can be pressed. Its look comes from `className` alone, in both products. */
export function Tap({ className = "", ...rest }: ComponentPropsWithoutRef<"button">) {
  return <button type="button" className={`tap ${className}`} {...rest} />;
}
