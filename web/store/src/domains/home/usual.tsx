import { trim } from "@shared/decimal";
import { unitPrice } from "@shared/money";
import { useTranslation } from "react-i18next";
import { useInCart, useMayOrder } from "@/domains/cart/use-cart";
import { Picture } from "@/domains/goods/goods-card";
import type { UsualOut } from "@/gen/model";
import { useListUsualSkus } from "@/gen/shop/shop";
import { open } from "@/navigation";
import { Action } from "@/ui/action";
import { Card } from "@/ui/card";
import { Tap } from "@/ui/tap";
import "@/domains/goods/goods-card.scss";
import "./home.scss";

const SHOWN = 6;

function Row({ of: usual }: { of: UsualOut }) {
  const { t } = useTranslation();
  const { offer } = usual;
  const { lines, set, isWaiting } = useInCart(offer.sku_id, offer);
  const isIn = lines.length > 0 || isWaiting;
  const asked = `${trim(usual.usual_quantity)}${usual.usual_unit}`;
  return (
    <li className="usual">
      <Tap className="usual-goods" onClick={() => void open("product", { code: offer.sku_code })}>
        <Picture of={offer} />
        <span className="home-words">
          <span className="usual-name">{offer.sku_name}</span>
          <span className="soft">
            {t("home.usual_price", { price: unitPrice(offer.unit_price, offer.currency), unit: offer.unit })}
            {" · "}
            {t("home.usual_times", { count: usual.times })}
          </span>
        </span>
      </Tap>
      {isIn ? (
        <span className="soft usual-in">{t("home.usual_in")}</span>
      ) : (
        <Action
          kind="plain"
          label={t("home.usual_add_name", { quantity: asked, name: offer.sku_name })}
          onClick={() => set({ [usual.usual_unit || offer.base_unit]: usual.usual_quantity })}
        >
          {asked}
        </Action>
      )}
    </li>
  );
}

/** What the house orders again and again, in the quantity it usually takes; nothing when there is no such list yet. */
export function Usual() {
  const { t } = useTranslation();
  const mayOrder = useMayOrder();
  const { data } = useListUsualSkus({ limit: SHOWN }, { query: { enabled: mayOrder } });
  const rows = data?.filter(({ orderable }) => orderable) ?? [];
  if (!mayOrder || rows.length === 0) return null;
  return (
    <Card title={t("home.usual")}>
      <p className="soft">{t("home.usual_note")}</p>
      <ul>
        {rows.map((row) => (
          <Row key={row.offer.sku_id} of={row} />
        ))}
      </ul>
    </Card>
  );
}
