import { unitPrice } from "@shared/money";
import { useQueryClient } from "@tanstack/react-query";
import { AutoComplete, type GetRef, Input } from "antd";
import { type RefObject, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import type { OfferOut } from "@/gen/model";
import { findOrderableSkus, getFindOrderableSkusQueryKey, useFindOrderableSkus } from "@/gen/shop/shop";
import { popupWidth } from "@/ui/popup-width";
import { LevelTag } from "./words";

const TYPING_MS = 200;

/** What a screen may do with the field: put the cursor back into it. */
export type SkuFieldRef = GetRef<typeof AutoComplete>;

export interface Sides {
  buyer_id: number;
  seller_id: number;
}

function OfferOption({ of: offer }: { of: OfferOut }) {
  return (
    <span className="sku-option">
      <span className="cell-two">
        <span>{offer.sku_name}</span>
        <span className="quiet figures">
          {offer.sku_code} {offer.specification}
        </span>
      </span>
      <span className="sku-option-side">
        <span className="figures nowrap">
          {unitPrice(offer.unit_price, offer.currency)} / {offer.unit}
        </span>
        <LevelTag of={offer} />
      </span>
    </span>
  );
}

interface SkuFieldProps {
  sides: Sides;
  label: string;
  onPick: (offer: OfferOut) => void;
  inputRef?: RefObject<SkuFieldRef | null>;
  autoFocus?: boolean;
}

/** Orderable goods by code, name, pinyin initials or barcode; Enter takes the one that fits, a scanner's code at once. */
export function SkuField({ sides, label, onPick, inputRef, autoFocus }: SkuFieldProps) {
  const { t } = useTranslation("carts");
  const queries = useQueryClient();
  const [text, setText] = useState("");
  const [wanted, setWanted] = useState("");
  const [isUnknown, setIsUnknown] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setWanted(text.trim()), TYPING_MS);
    return () => clearTimeout(timer);
  }, [text]);
  const params = { ...sides, text: wanted, limit: 12 };
  const found = useFindOrderableSkus(params, {
    query: { enabled: wanted !== "", staleTime: 60_000, placeholderData: (before) => before },
  });
  const pick = (offer: OfferOut) => {
    setText("");
    setWanted("");
    setIsUnknown(false);
    onPick(offer);
  };
  // A scanner types faster than the list comes: what it typed is asked for at once.
  const enter = async () => {
    const code = text.trim();
    if (!code) return;
    const exact = { ...sides, text: code, limit: 12 };
    const offers = await queries.fetchQuery({
      queryKey: getFindOrderableSkusQueryKey(exact),
      queryFn: ({ signal }) => findOrderableSkus(exact, signal),
      staleTime: 60_000,
    });
    const [first, second] = offers;
    if (first && (!second || first.sku_code.toLowerCase() === code.toLowerCase())) pick(first);
    else setIsUnknown(!first);
  };
  const options = (wanted ? (found.data ?? []) : []).map((offer) => ({
    value: offer.sku_code,
    label: <OfferOption of={offer} />,
    offer,
  }));
  const isNone = wanted !== "" && found.isSuccess && !found.isPlaceholderData && options.length === 0;
  return (
    <div className="goods-field">
      <AutoComplete
        ref={inputRef}
        value={text}
        options={options}
        className="goods-input"
        popupMatchSelectWidth={popupWidth(440)}
        defaultActiveFirstOption={options.length > 0}
        onSelect={(_value, option) => pick((option as (typeof options)[number]).offer)}
        onChange={(next: string) => {
          setText(next);
          setIsUnknown(false);
        }}
      >
        <Input
          autoFocus={autoFocus}
          placeholder={t("entry.placeholder")}
          aria-label={label}
          aria-invalid={isUnknown}
          onPressEnter={() => {
            if (options.length === 0) void enter();
          }}
        />
      </AutoComplete>
      {(isUnknown || isNone) && (
        <p className="field-error" role="alert">
          {t("entry.unknown", { text: text.trim() || wanted })}
        </p>
      )}
    </div>
  );
}
