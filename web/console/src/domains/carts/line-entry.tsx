import { multiply, round } from "@shared/decimal";
import { money, unitPrice } from "@shared/money";
import { Button } from "antd";
import { type RefObject, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { CartLineIn, OfferOut } from "@/gen/model";
import { QuantityField } from "./quantity-field";
import { type Sides, SkuField, type SkuFieldRef } from "./sku-field";
import { firstUnit, LevelTag, ProblemWords, unitNames, unitNote, useLimitText } from "./words";

/** About what the line will cost, until the cart says it exactly. */
function estimate(offer: OfferOut, quantity: string | null, unit: string): string | null {
  if (offer.unit_price === null || !quantity || unit !== offer.unit) return null;
  return round(multiply(offer.unit_price, quantity), 2);
}

interface LineEntryProps {
  sides: Sides;
  onAdd: (lines: CartLineIn[]) => Promise<unknown>;
  inputRef: RefObject<SkuFieldRef | null>;
}

/** The next line: goods, Enter, quantity, Enter, and the cursor stands at the next one again. */
export function LineEntry({ sides, onAdd, inputRef }: LineEntryProps) {
  const { t } = useTranslation("carts");
  const limits = useLimitText();
  const [offer, setOffer] = useState<OfferOut | null>(null);
  const [quantity, setQuantity] = useState<string | null>(null);
  const [unit, setUnit] = useState("");
  const [problem, setProblem] = useState<unknown>(null);
  const [isBusy, setIsBusy] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (offer) field.current?.focus();
  }, [offer]);
  const pick = (next: OfferOut) => {
    setOffer(next);
    setUnit(firstUnit(next));
    setQuantity(null);
    setProblem(null);
  };
  const leave = () => {
    setOffer(null);
    setProblem(null);
    // The search field is there again after this render.
    setTimeout(() => inputRef.current?.focus(), 0);
  };
  const add = async () => {
    if (!offer || !quantity || !(Number(quantity) > 0) || isBusy) return;
    setIsBusy(true);
    try {
      await onAdd([{ sku_id: offer.sku_id, quantity, unit }]);
      leave();
    } catch (error) {
      setProblem(error);
    } finally {
      setIsBusy(false);
    }
  };
  if (!offer) {
    return (
      <div className="line-entry">
        <SkuField sides={sides} label={t("entry.goods")} onPick={pick} inputRef={inputRef} autoFocus />
      </div>
    );
  }
  const amount = estimate(offer, quantity, unit);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape leaves the line, as everywhere in the sheet
    <div
      className="line-entry line-entry-open"
      onKeyDown={(event) => {
        if (event.key === "Escape") leave();
      }}
    >
      <span className="cell-two line-entry-goods">
        <span className="cell-main">{offer.sku_name}</span>
        <span className="quiet figures">
          {[
            offer.sku_code,
            `${unitPrice(offer.unit_price, offer.currency)} / ${offer.unit}`,
            unitNote(offer.units, unit, offer.base_unit),
            limits(offer),
          ]
            .filter(Boolean)
            .join(" · ")}
        </span>
      </span>
      <LevelTag of={offer} />
      <QuantityField
        label={t("entry.quantity_of", { name: offer.sku_name })}
        inputRef={field}
        quantity={quantity}
        unit={unit}
        units={unitNames(offer.units)}
        onQuantity={setQuantity}
        onUnit={setUnit}
        onEnter={() => void add()}
        hasProblem={problem !== null}
      />
      {amount && <span className="figures nowrap quiet">≈ {money(amount, offer.currency)}</span>}
      <Button type="primary" loading={isBusy} disabled={!(Number(quantity) > 0)} onClick={() => void add()}>
        {t("entry.add")}
      </Button>
      <Button type="text" onClick={leave}>
        {t("entry.leave")}
      </Button>
      {problem !== null && <ProblemWords of={problem} />}
    </div>
  );
}
