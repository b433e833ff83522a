import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Sheet } from "@/ui/sheet";
import { Tap } from "@/ui/tap";
import { isOwnList, SORTS, type Wish } from "./shelf";
import "./sort-row.scss";

/** How the list is sorted and whether it leaves out what is not in stock. */
export function SortRow({ wish, onWish }: { wish: Wish; onWish: (change: Partial<Wish>) => void }) {
  const { t } = useTranslation("store-find");
  const [isOpen, setIsOpen] = useState(false);
  return (
    <div className="sort-row">
      {!isOwnList(wish.place) && (
        <Tap className="sort-pick" aria-haspopup="dialog" onClick={() => setIsOpen(true)}>
          {t(`sort.${wish.sort}`)}
          <span className="sort-mark" aria-hidden="true">
            ▾
          </span>
        </Tap>
      )}
      <Tap
        className={wish.inStock ? "sort-pick sort-on" : "sort-pick"}
        aria-pressed={wish.inStock}
        onClick={() => onWish({ inStock: !wish.inStock })}
      >
        {wish.inStock && <span aria-hidden="true">✓ </span>}
        {t("filter.in_stock")}
      </Tap>
      <Sheet title={t("sort.label")} isOpen={isOpen} onClose={() => setIsOpen(false)}>
        {SORTS.map((sort) => (
          <Tap
            key={sort}
            className={sort === wish.sort ? "sort-choice sort-chosen" : "sort-choice"}
            aria-pressed={sort === wish.sort}
            onClick={() => {
              onWish({ sort });
              setIsOpen(false);
            }}
          >
            {t(`sort.${sort}`)}
            {sort === wish.sort && <span aria-hidden="true">✓</span>}
          </Tap>
        ))}
      </Sheet>
    </div>
  );
}
