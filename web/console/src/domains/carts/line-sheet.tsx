import { DeleteOutlined, StarFilled, StarOutlined } from "@ant-design/icons";
import { compare, isZero } from "@shared/decimal";
import { money, UNKNOWN, unitPrice } from "@shared/money";
import { quantity } from "@shared/quantity";
import { Button } from "antd";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { CartLineIn, CartLineOut, CartOut } from "@/gen/model";
import type { Column } from "@/ui/data-table";
import { SimpleTable } from "@/ui/simple-table";
import { lineKey } from "./line-key";
import { QuantityField } from "./quantity-field";
import type { Favourites } from "./use-favourites";
import { useLineEdit } from "./use-line-edit";
import { LevelTag, ProblemWords, unitNames, unitNote, useLimitText } from "./words";

interface SheetProps {
  cart: CartOut;
  favourites: Favourites;
  onSet: (lines: CartLineIn[]) => Promise<unknown>;
  onWhy: (line: CartLineOut) => void;
  /** After Enter in a quantity: on to the next line. */
  onEnter: () => void;
}

function Goods({ of: line }: { of: CartLineOut }) {
  const limits = useLimitText();
  const note = [line.sku_code, line.specification, limits(line)].filter(Boolean).join(" · ");
  return (
    <span className="cell-two">
      <span className="cell-main">{line.sku_name}</span>
      <span className="quiet figures">{note}</span>
      <LevelTag of={line} />
      {line.problem && <ProblemWords of={line.problem} />}
    </span>
  );
}

/** The price, what it was when somebody last looked, and the way to its reasons. */
function Price({ of: line, cart, onWhy }: { of: CartLineOut; cart: CartOut; onWhy: SheetProps["onWhy"] }) {
  const { t } = useTranslation("carts");
  const { change } = line;
  const before = change?.unit_price_before ?? null;
  const after = change?.unit_price_after ?? null;
  const isDearer = before !== null && after !== null && compare(after, before) > 0;
  return (
    <span className="cell-two">
      <span className="nowrap">
        {unitPrice(line.unit_price, cart.currency)} / {line.unit}
        {line.unit_price !== null && (
          <Button type="link" size="small" className="why" onClick={() => onWhy(line)}>
            {t("line.why")}
          </Button>
        )}
      </span>
      {before !== null && before !== after && (
        <span className={`price-change ${isDearer ? "tone-text-bad" : "tone-text-good"}`}>
          {t(isDearer ? "line.dearer" : "line.cheaper", { before: unitPrice(before, cart.currency) })}
        </span>
      )}
    </span>
  );
}

function Quantity({ of: line, onSet, onEnter }: Pick<SheetProps, "onSet" | "onEnter"> & { of: CartLineOut }) {
  const { t } = useTranslation("carts");
  const edit = useLineEdit(line, onSet);
  const base =
    line.base_quantity === null || edit.isTyping
      ? unitNote(line.units, line.unit, line.base_unit)
      : quantity(line.base_quantity, line.units, line.base_unit);
  return (
    <span className="cell-two">
      <QuantityField
        label={t("entry.quantity_of", { name: line.sku_name })}
        quantity={edit.quantity}
        unit={line.unit}
        units={unitNames(line.units)}
        onQuantity={edit.type}
        onUnit={edit.changeUnit}
        onBlur={edit.flush}
        onEnter={() => {
          edit.flush();
          onEnter();
        }}
        hasProblem={edit.problem !== null || line.problem !== null}
      />
      <span className="quiet figures">{base}</span>
      {edit.problem !== null && <ProblemWords of={edit.problem} />}
    </span>
  );
}

function RowButtons({
  of: line,
  favourites,
  onSet,
}: Pick<SheetProps, "favourites" | "onSet"> & { of: CartLineOut }) {
  const { t } = useTranslation("carts");
  const isKept = favourites.ids.has(line.sku_id);
  return (
    <span className="nowrap">
      {favourites.isOwn && (
        <Button
          type="text"
          icon={isKept ? <StarFilled className="star" /> : <StarOutlined />}
          aria-pressed={isKept}
          aria-label={t(isKept ? "favourite.drop" : "favourite.keep", { name: line.sku_name })}
          onClick={() => favourites.toggle(line.sku_id)}
        />
      )}
      <Button
        type="text"
        icon={<DeleteOutlined />}
        aria-label={t("line.remove", { name: line.sku_name })}
        onClick={() =>
          void onSet([{ sku_id: line.sku_id, unit: line.unit, quantity: "0" }]).catch(() => null)
        }
      />
    </span>
  );
}

function useColumns(props: SheetProps): Column<CartLineOut>[] {
  const { t } = useTranslation("carts");
  const { cart, favourites, onSet, onWhy, onEnter } = props;
  return useMemo(
    () => [
      { key: "goods", title: t("line.goods"), width: 210, render: (line) => <Goods of={line} /> },
      {
        key: "quantity",
        title: t("line.quantity"),
        width: 186,
        render: (line) => <Quantity of={line} onSet={onSet} onEnter={onEnter} />,
      },
      {
        key: "price",
        title: t("line.price"),
        width: 150,
        numeric: true,
        render: (line) => <Price of={line} cart={cart} onWhy={onWhy} />,
      },
      {
        key: "amount",
        title: t("line.amount"),
        width: 104,
        numeric: true,
        render: (line) => (line.gross_amount === null ? UNKNOWN : money(line.gross_amount, cart.currency)),
      },
      {
        key: "buttons",
        title: <span className="hidden-words">{t("line.buttons")}</span>,
        width: 76,
        render: (line) => <RowButtons of={line} favourites={favourites} onSet={onSet} />,
      },
    ],
    [t, cart, favourites, onSet, onWhy, onEnter],
  );
}

function LineCard({ of: line, ...props }: SheetProps & { of: CartLineOut }) {
  return (
    <>
      <div className="phone-row">
        <Goods of={line} />
        <RowButtons of={line} favourites={props.favourites} onSet={props.onSet} />
      </div>
      <div className="phone-row figures">
        <Price of={line} cart={props.cart} onWhy={props.onWhy} />
      </div>
      <div className="phone-row">
        <Quantity of={line} onSet={props.onSet} onEnter={props.onEnter} />
        <strong className="figures">
          {line.gross_amount === null || isZero(line.gross_amount)
            ? UNKNOWN
            : money(line.gross_amount, props.cart.currency)}
        </strong>
      </div>
    </>
  );
}

/** The lines of a cart as a sheet: everything is changed where it stands. */
export function LineSheet(props: SheetProps) {
  const columns = useColumns(props);
  return (
    <SimpleTable
      columns={columns}
      rows={props.cart.lines}
      rowKey={lineKey}
      card={(line) => <LineCard of={line} {...props} />}
    />
  );
}
