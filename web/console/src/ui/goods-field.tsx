import { ScanOutlined } from "@ant-design/icons";
import { useQueryClient } from "@tanstack/react-query";
import { AutoComplete, type GetRef, Input } from "antd";
import { type RefObject, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { findGoods, getFindGoodsQueryKey, useFindGoods } from "@/gen/inventory/inventory";
import type { GoodsOut } from "@/gen/model";

const TYPING_MS = 250;

/** What a screen may do with the field: put the cursor back into it. */
export type GoodsFieldRef = GetRef<typeof AutoComplete>;

interface GoodsFieldProps {
  label: string;
  onPick: (goods: GoodsOut) => void;
  autoFocus?: boolean;
  size?: "large";
  inputRef?: RefObject<GoodsFieldRef | null>;
}

/** Scan or type goods: a scanner's code ends with Enter and picks at once, words offer what fits. */
export function GoodsField({ label, onPick, autoFocus, size, inputRef }: GoodsFieldProps) {
  const { t } = useTranslation("inventory");
  const queries = useQueryClient();
  const [text, setText] = useState("");
  const [wanted, setWanted] = useState("");
  const [isUnknown, setIsUnknown] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setWanted(text.trim()), TYPING_MS);
    return () => clearTimeout(timer);
  }, [text]);
  const params = { text: wanted, limit: 12 };
  const found = useFindGoods(params, { query: { enabled: wanted !== "", staleTime: 60_000 } });
  const pick = (goods: GoodsOut) => {
    setText("");
    setWanted("");
    setIsUnknown(false);
    onPick(goods);
  };
  const enter = async () => {
    const code = text.trim();
    if (!code) return;
    const exact = { text: code, limit: 2 };
    const goods = await queries.fetchQuery({
      queryKey: getFindGoodsQueryKey(exact),
      queryFn: ({ signal }) => findGoods(exact, signal),
      staleTime: 60_000,
    });
    const [first, second] = goods;
    if (first && !second) pick(first);
    else setIsUnknown(!first);
  };
  const options = (wanted ? (found.data ?? []) : []).map((goods) => ({
    value: goods.code,
    label: (
      <span className="cell-two">
        <span>{goods.name}</span>
        <span className="quiet figures">
          {goods.code} {goods.specification}
        </span>
      </span>
    ),
    goods,
  }));
  return (
    <div className="goods-field">
      <AutoComplete
        ref={inputRef}
        value={text}
        options={options}
        className="goods-input"
        onSelect={(_value, option) => pick((option as (typeof options)[number]).goods)}
        onChange={(next: string) => {
          setText(next);
          setIsUnknown(false);
        }}
      >
        <Input
          autoFocus={autoFocus}
          size={size}
          prefix={<ScanOutlined aria-hidden />}
          placeholder={t("goods.placeholder")}
          aria-label={label}
          aria-invalid={isUnknown}
          onPressEnter={() => void enter()}
        />
      </AutoComplete>
      {isUnknown && (
        <p className="field-error" role="alert">
          {t("goods.unknown", { code: text.trim() })}
        </p>
      )}
    </div>
  );
}
