import { useTranslation } from "react-i18next";
import type { PriceChangeOut } from "@/gen/model";
import { useFormat } from "@/ui/use-format";
import { nextRise } from "./changes";
import "./home.scss";

/** Until when one still orders at the old price; nothing where no rise is announced. */
export function NextRise({ of: changes }: { of: readonly PriceChangeOut[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const day = nextRise(changes);
  return day && <p className="change-next">{t("home.change.next_rise", { day: format.day(day) })}</p>;
}
