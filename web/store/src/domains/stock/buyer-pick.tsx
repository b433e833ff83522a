import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useListPartners } from "@/gen/partners/partners";
import { Action } from "@/ui/action";
import { SearchBox } from "@/ui/search-box";
import { Tap } from "@/ui/tap";
import "./goods-pick.scss";

export interface Buyer {
  id: number;
  name: string;
}

interface Props {
  sellerId: number;
  value: Buyer | null;
  onChange: (buyer: Buyer | null) => void;
}

/** One of those who buy from me. */
export function BuyerPick({ sellerId, value, onChange }: Props) {
  const { t } = useTranslation("store-stock");
  const [text, setText] = useState("");
  const found = useListPartners(
    { under_id: sellerId, text, limit: 8 },
    { query: { enabled: value === null } },
  );
  if (value)
    return (
      <div className="card-head">
        <p>{t("sell.chosen", { name: value.name })}</p>
        <Action kind="quiet" onClick={() => onChange(null)}>
          {t("sell.change")}
        </Action>
      </div>
    );
  const others = found.data?.items.filter((one) => one.id !== sellerId);
  return (
    <>
      <SearchBox label={t("sell.shop_search")} hint={t("sell.shop_search")} value={text} onChange={setText} />
      <ul className="goods-found">
        {others?.map((one) => (
          <li key={one.id}>
            <Tap className="goods-found-one" onClick={() => onChange({ id: one.id, name: one.name })}>
              {one.name}
            </Tap>
          </li>
        ))}
      </ul>
      {others?.length === 0 && <p className="soft">{t("sell.shop_none")}</p>}
    </>
  );
}
