import { useTranslation } from "react-i18next";
import { useListShopPriceChanges } from "@/gen/shop/shop";
import { open } from "@/navigation";
import { may, useSession } from "@/session";
import { Card } from "@/ui/card";
import { Tap } from "@/ui/tap";
import { ChangeRow } from "./change-row";
import { headOf } from "./changes";
import { NextRise } from "./next-rise";
import "./home.scss";

const SHOWN = 3;

/** What will be dearer soon and what is cheaper now, by the price lists that speak to this buyer; nothing otherwise. */
export function NewPrices() {
  const { t } = useTranslation();
  const { data } = useListShopPriceChanges({}, { query: { enabled: may(useSession(), "prices:read") } });
  if (!data || data.length === 0) return null;
  return (
    <Card
      title={t("home.new_price")}
      aside={
        data.length > SHOWN && (
          <Tap className="home-all" onClick={() => void open("newPrices")}>
            {t("home.all")}
          </Tap>
        )
      }
    >
      <NextRise of={data} />
      <ul>
        {headOf(data, SHOWN).map((change) => (
          <ChangeRow key={`${change.offer.sku_id} ${change.is_ahead}`} of={change} />
        ))}
      </ul>
    </Card>
  );
}
