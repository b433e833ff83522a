import { useTranslation } from "react-i18next";
import { getListProductsQueryKey, listProducts } from "@/gen/catalog/catalog";
import type { ProductOut } from "@/gen/model";
import { open } from "@/navigation";
import { LongList } from "@/ui/long-list";
import { More } from "@/ui/more";
import { Answered, Empty } from "@/ui/states";
import { Tap } from "@/ui/tap";
import { usePages } from "@/ui/use-pages";
import { Picture } from "./goods-card";
import "./goods-card.scss";

const keyOf = (product: ProductOut) => product.id;
const card = (product: ProductOut) => <Plain of={product} />;

/** The range for who handles goods and reads no prices. */
export function PlainShelf() {
  const { t } = useTranslation("store-find");
  const pages = usePages<ProductOut>(getListProductsQueryKey({ limit: 30 }), (cursor, signal) =>
    listProducts({ limit: 30, cursor }, signal),
  );
  return (
    <Answered of={pages} rows={5}>
      {(rows) =>
        rows.length === 0 ? (
          <Empty text={t("list.none")} />
        ) : (
          <>
            <LongList rows={rows} rowKey={keyOf}>
              {card}
            </LongList>
            <More of={pages} />
          </>
        )
      }
    </Answered>
  );
}

function Plain({ of: product }: { of: ProductOut }) {
  return (
    <>
      {product.skus.map((sku) => (
        <article key={sku.id} className="goods" data-sku={sku.code}>
          <Tap className="goods-open" onClick={() => void open("product", { code: sku.code })}>
            <Picture of={{ image: product.image, sku_name: sku.name }} />
            <span className="goods-words">
              <span className="goods-name">{sku.name}</span>
              <span className="goods-note">{[sku.specification, sku.code].filter(Boolean).join(" · ")}</span>
            </span>
          </Tap>
        </article>
      ))}
    </>
  );
}
