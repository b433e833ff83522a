import { createLink } from "@tanstack/react-router";
import { Button, type ButtonProps } from "antd";

// The router's link keeps `type` for itself: the main look is said by color and variant.
function Main(props: ButtonProps) {
  return <Button {...props} color="primary" variant="solid" />;
}

/** A link to another page that looks like the main button; opens in a new tab like every link. */
export const ButtonLink = createLink(Main);
