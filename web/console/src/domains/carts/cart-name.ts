import { useCallback } from "react";
import { useTranslation } from "react-i18next";

/** What people call a cart: its name, or that it is the shared one. */
export function useCartName(): (cart: { name: string; is_default: boolean }) => string {
  const { t } = useTranslation("carts");
  return useCallback((cart) => cart.name || t(cart.is_default ? "cart.default" : "cart.unnamed"), [t]);
}
