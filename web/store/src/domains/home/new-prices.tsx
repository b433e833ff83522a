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
/** Enough to choose from: what is to come and what came have half of it each. Every row is on the way of the first page. */
const ASKED = 12;

/** What will be dearer soon and what is cheaper now, by the price lists that speak to this buyer; nothing otherwise. */
export function NewPrices() {
  const { t } = useTranslation();
  const mayRead = may(useSession(), "prices:read");
  const { data } = useListShopPriceChanges({ limit: ASKED }, { query: { enabled: mayRead } });
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
