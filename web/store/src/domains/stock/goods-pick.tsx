import { useCallback, useState } from "react";
import { useTranslation } from "react-i18next";
import { findGoods, useFindGoods } from "@/gen/inventory/inventory";
import type { GoodsOut } from "@/gen/model";
import { say } from "@/ui/said";
import { SearchBox } from "@/ui/search-box";
import { Tap } from "@/ui/tap";
import "@/ui/card.scss";
import "./goods-pick.scss";

/** Goods by name or scanned; a scan that names one takes it at once. */
export function GoodsPick({ onPick }: { onPick: (goods: GoodsOut) => void }) {
  const { t } = useTranslation("store-stock");
  const [text, setText] = useState("");
  const [turn, setTurn] = useState(0);
  const words = text.trim();
  const found = useFindGoods({ text: words, limit: 8 }, { query: { enabled: words !== "" } });
  const pick = useCallback(
    (goods: GoodsOut) => {
      setText("");
      setTurn((before) => before + 1);
      onPick(goods);
    },
    [onPick],
  );
  const scan = async (code: string) => {
    const [goods] = await findGoods({ text: code, limit: 2 }).catch(() => []);
    if (goods) pick(goods);
    else say(t("pick.none", { text: code }));
  };
  return (
    <>
      <SearchBox
        key={turn}
        label={t("pick.search")}
        hint={t("pick.search")}
        value={text}
        onChange={setText}
        scan={{ label: t("pick.scan"), onCode: (code) => void scan(code) }}
      />
      {words !== "" && found.data && (
        <ul className="goods-found">
          {found.data.map((goods) => (
            <li key={goods.sku_id}>
              <Tap
                className="goods-found-one"
                aria-label={t("pick.add", { name: goods.name })}
                onClick={() => pick(goods)}
              >
                <p>{goods.name}</p>
                <p className="soft">
                  {goods.code} {goods.specification}
                </p>
              </Tap>
            </li>
          ))}
          {found.data.length === 0 && <p className="soft">{t("pick.none", { text: words })}</p>}
        </ul>
      )}
    </>
  );
}
