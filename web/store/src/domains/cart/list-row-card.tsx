import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { OfferOut } from "@/gen/model";
import { useFindOrderableSkus } from "@/gen/shop/shop";
import { asProblem } from "@/problem";
import { Choice } from "@/ui/choice";
import { Field } from "@/ui/field";
import { wordsOf } from "@/ui/refused";
import { Tap } from "@/ui/tap";
import { cleaned } from "../goods/entry";
import { isSettled, type ListRow, withChoice, withOffer } from "./list-rows";
import "./list-row-card.scss";

interface Props {
  of: ListRow;
  onChange: (row: ListRow) => void;
  onDrop: () => void;
}

/** Why a row needs a person, in words. */
function useBecause({ because, choices }: ListRow): string {
  const { t } = useTranslation("store-cart");
  if (because === "ambiguous") return t("list.ambiguous", { count: choices.length });
  if (because === "not_found") return t("list.not_found");
  if (because === "quantity_missing") return t("list.quantity_missing");
  return because ? wordsOf({ ...asProblem(null), code: because, status: 422 }).title : "";
}

/** One row of the list: what it says, which goods that is, and how many. */
export function ListRowCard({ of: row, onChange, onDrop }: Props) {
  const { t } = useTranslation("store-cart");
  const because = useBecause(row);
  const isReady = isSettled(row);
  return (
    <li className={isReady ? "list-row" : "list-row list-row-open"}>
      <div className="list-row-top">
        <span className="list-row-said">
          {t("list.said", { no: row.no, text: row.text })}
          {row.sameAs !== null && <span className="soft"> {t("list.same", { no: row.sameAs })}</span>}
        </span>
        <Tap className="list-row-drop" aria-label={t("list.drop_of", { no: row.no })} onClick={onDrop}>
          {t("list.drop")}
        </Tap>
      </div>
      {!isReady && because && <p className="list-row-why">{because}</p>}
      {row.skuId !== null && <p className="list-row-name">{row.name}</p>}
      {row.skuId === null && row.choices.length > 0 && (
        <Choice
          label={t("list.choose", { text: row.text })}
          value={0}
          options={row.choices.map((one) => ({ value: one.id, title: one.name, note: one.note }))}
          onChange={(id) => onChange(withChoice(row, id))}
        />
      )}
      {row.skuId === null && row.choices.length === 0 && (
        <LookUp text={row.text} onPick={(offer) => onChange(withOffer(row, offer))} />
      )}
      {row.skuId !== null && (
        <div className="list-row-count">
          <input
            className="list-row-quantity"
            inputMode="decimal"
            aria-label={t("list.quantity_of", { name: row.name })}
            value={row.quantity}
            onInput={(event) =>
              onChange({ ...row, quantity: cleaned((event.target as HTMLInputElement).value, false) })
            }
          />
          {row.units.map((unit) => (
            <Tap
              key={unit}
              className={unit === row.unit ? "chip chip-on" : "chip"}
              aria-pressed={unit === row.unit}
              onClick={() => onChange({ ...row, unit })}
            >
              {unit}
            </Tap>
          ))}
        </div>
      )}
    </li>
  );
}

/** Looks goods up for a row that named none. */
function LookUp({ text, onPick }: { text: string; onPick: (offer: OfferOut) => void }) {
  const { t } = useTranslation("store-cart");
  const [wanted, setWanted] = useState("");
  const found = useFindOrderableSkus(
    { text: wanted.trim(), limit: 6 },
    { query: { enabled: wanted.trim() !== "", placeholderData: (before) => before } },
  );
  const rows = wanted.trim() === "" ? [] : (found.data ?? []);
  return (
    <>
      <Field label={t("list.look_up", { text })} value={wanted} onChange={setWanted} />
      {rows.length > 0 && (
        <Choice
          label={t("list.choose", { text })}
          value={0}
          options={rows.map((one) => ({
            value: one.sku_id,
            title: one.sku_name,
            note: `${one.specification} ${one.sku_code}`,
          }))}
          onChange={(id) => {
            const offer = rows.find((one) => one.sku_id === id);
            if (offer) onPick(offer);
          }}
        />
      )}
    </>
  );
}
