import { useTranslation } from "react-i18next";
import { Icon } from "@/ui/icon";
import { Tap } from "@/ui/tap";
import { useKept } from "./use-favourites";
import "./star.scss";

/** Keeps goods at hand; not there for who may not order. */
export function Star({ skuId, name }: { skuId: number; name: string }) {
  const { t } = useTranslation("store-find");
  const { isKept, toggle } = useKept(skuId);
  if (!toggle) return null;
  return (
    <Tap
      className={isKept ? "star star-kept" : "star"}
      aria-pressed={isKept}
      aria-label={t("favourite.keep", { name })}
      onClick={toggle}
    >
      <Icon name={isKept ? "starred" : "star"} />
    </Tap>
  );
}
