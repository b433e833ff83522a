import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { CartBar } from "@/domains/cart/cart-bar";
import { OrderCard } from "@/domains/cart/order-card";
import { useMayOrder } from "@/domains/cart/use-cart";
import { useSearches } from "@/domains/goods/history";
import { SearchField } from "@/domains/goods/search-field";
import { useScanned } from "@/domains/goods/use-scanned";
import { useKeptRows } from "@/domains/offline/kept-range";
import { useFindOrderableSkus, useListUsualSkus } from "@/gen/shop/shop";
import { Icon } from "@/ui/icon";
import { Page } from "@/ui/page";
import { ScanButton } from "@/ui/scan-button";
import { Answered, Empty } from "@/ui/states";
import { Tap } from "@/ui/tap";
import "./index.scss";

const REST_MS = 220;
const MOST = 50;

/** What was typed, a moment after the typing rests. */
function useRested(text: string): string {
  const [rested, setRested] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setRested(text), REST_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return rested;
}

/** Goods by name, pinyin, initials, code or barcode, found while one types. */
export default function SearchPage() {
  const { t } = useTranslation(["store-find", "store"]);
  const [text, setText] = useState("");
  const searches = useSearches();
  const wanted = useRested(text.trim());
  const mayOrder = useMayOrder();
  const onCode = useScanned();
  const head = <SearchField value={text} onChange={setText} onDone={() => searches.remember(text)} />;
  const scan = (
    <ScanButton className="search-scan" label={t("store:scan.go")} onCode={onCode}>
      <Icon name="scan" />
    </ScanButton>
  );
  return (
    <Page title={t("search.label")} head={head} aside={scan} footer={mayOrder && <CartBar />}>
      {wanted === "" ? (
        <Before searches={searches} onPick={setText} />
      ) : (
        <Found text={wanted} onUse={() => searches.remember(wanted)} />
      )}
    </Page>
  );
}

function Found({ text, onUse }: { text: string; onUse: () => void }) {
  const { t } = useTranslation("store-find");
  const asked = useFindOrderableSkus(
    { text, limit: MOST },
    { query: { staleTime: 15_000, placeholderData: (before) => before } },
  );
  const found = useKeptRows(asked, { text });
  return (
    <Answered of={found} rows={4}>
      {(rows) =>
        rows.length === 0 ? (
          <Empty icon="search" text={t("search.none", { text })} />
        ) : (
          <div onClickCapture={onUse}>
            <p className="search-count" role="status">
              {t("search.found", { count: rows.length })}
            </p>
            {rows.map((offer) => (
              <OrderCard key={offer.sku_id} of={offer} />
            ))}
          </div>
        )
      }
    </Answered>
  );
}

interface BeforeProps {
  searches: ReturnType<typeof useSearches>;
  onPick: (text: string) => void;
}

/** Before anything is typed: what was looked for, and what is bought often. */
function Before({ searches, onPick }: BeforeProps) {
  const { t } = useTranslation("store-find");
  const mayOrder = useMayOrder();
  const usual = useListUsualSkus({ limit: 12 }, { query: { staleTime: 300_000, enabled: mayOrder } });
  const often = (usual.data ?? []).filter((row) => row.orderable);
  const chips = (title: string, texts: string[]) => (
    <section className="search-part">
      <h2 className="search-title">{title}</h2>
      <div className="search-chips">
        {texts.map((one) => (
          <Tap key={one} className="search-chip" onClick={() => onPick(one)}>
            <span className="search-chip-text">{one}</span>
          </Tap>
        ))}
      </div>
    </section>
  );
  return (
    <>
      <p className="search-hint">{t("search.hint")}</p>
      {searches.searches.length > 0 && (
        <>
          {chips(t("search.history"), searches.searches)}
          <Tap className="search-forget" onClick={searches.forget}>
            {t("search.forget")}
          </Tap>
        </>
      )}
      {often.length > 0 &&
        chips(
          t("search.suggested"),
          often.map((row) => row.offer.sku_name),
        )}
    </>
  );
}
