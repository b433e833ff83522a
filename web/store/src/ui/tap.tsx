import type { ComponentPropsWithoutRef } from "react";
import { IS_WEAPP } from "@/platform/server";
import "./tap.scss";

/** WeChat's own look of a pressed button is a light grey, in the dark, too. */
const PRESSED: object = IS_WEAPP ? { hoverClass: "tap-pressed" } : {};

/** A bare button: everything that can be pressed. Its look comes from `className` alone, in both products. */
export function Tap({ className = "", ...rest }: ComponentPropsWithoutRef<"button">) {
  return <button type="button" className={`tap ${className}`} {...PRESSED} {...rest} />;
}
