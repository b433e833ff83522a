import { unitPrice } from "@shared/money";
import { useTranslation } from "react-i18next";
import { Picture } from "@/domains/goods/goods-card";
import type { PriceChangeOut } from "@/gen/model";
import { open } from "@/navigation";
import { Tap } from "@/ui/tap";
import { useFormat } from "@/ui/use-format";
import { differenceOf, wayOf } from "./changes";
import "@/domains/goods/goods-card.scss";
import "./home.scss";

/** Goods that became or will become cheaper or dearer for this buyer: by how much, since or from when. */
export function ChangeRow({ of: change }: { of: PriceChangeOut }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { offer } = change;
  const say = (price: string) => unitPrice(price, offer.currency);
  const way = wayOf(change);
  const by = { amount: say(differenceOf(change)), day: format.day(change.since) };
  const when = change.is_ahead ? "ahead" : "since";
  return (
    <li>
      <Tap className="home-row" onClick={() => void open("product", { code: offer.sku_code })}>
        <Picture of={offer} />
        <span className="home-words">
          <span className="usual-name">{offer.sku_name}</span>
          <span className={`change-${way}`}>{t(`home.change.${way}_${when}`, by)}</span>
          <span className="soft">
            {t("home.change.prices", {
              before: say(change.price_before),
              after: say(change.price_after),
              unit: offer.unit,
            })}
          </span>
        </span>
      </Tap>
    </li>
  );
}
