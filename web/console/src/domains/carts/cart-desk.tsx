import { SnippetsOutlined } from "@ant-design/icons";
import { Link, useNavigate } from "@tanstack/react-router";
import { Alert, App, Button } from "antd";
import { useCallback, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { CartOut, PlacedOut, QuickCartOut } from "@/gen/model";
import { Card } from "@/ui/page";
import { useDraft } from "@/ui/use-draft";
import { doublesIn, type OpenRow, openRowsOf } from "./entered-rows";
import { LineEntry } from "./line-entry";
import { LineSheet } from "./line-sheet";
import { ListDialog } from "./list-dialog";
import { OpenRows } from "./open-rows";
import { emptyDraft } from "./order-draft";
import { Placed } from "./placed";
import { QuoteCard } from "./quote-card";
import { SideLists } from "./side-lists";
import type { SkuFieldRef } from "./sku-field";
import { SubmitCard } from "./submit-card";
import type { CartWork } from "./use-cart";
import { useFavourites } from "./use-favourites";
import { useWhyPrice } from "./why-price";

export interface Reader {
  organizationId: number;
  mayReadMoney: boolean;
  mayReadPartners: boolean;
}

const NO_ROWS: OpenRow[] = [];

/** A cart that became an order: where it is now. */
function Ordered({ of: cart }: { of: CartOut }) {
  const { t } = useTranslation("carts");
  return (
    <Alert
      type="success"
      showIcon
      title={t("placed.title", { number: cart.order_number })}
      description={
        <Link to="/orders/$orderId" params={{ orderId: cart.order_id ?? "" }}>
          {t("placed.open")}
        </Link>
      }
    />
  );
}

/** A cart as the sheet an order is written on: everything typed is in the cart at once, on every device. */
export function CartDesk({ cart, work, reader }: { cart: CartOut; work: CartWork; reader: Reader }) {
  const { t } = useTranslation("carts");
  const { message } = App.useApp();
  const navigate = useNavigate();
  const entry = useRef<SkuFieldRef>(null);
  const first = useMemo(() => emptyDraft(), []);
  const [draft, setDraft, clearDraft] = useDraft(`order-${cart.id}`, first);
  const [open, setOpen] = useDraft<OpenRow[]>(`list-${cart.id}`, NO_ROWS);
  const [isListing, setIsListing] = useState(false);
  const [placed, setPlaced] = useState<PlacedOut | null>(null);
  const sides = { buyer_id: cart.buyer_id, seller_id: cart.seller_id };
  const isOwn = cart.buyer_id === reader.organizationId;
  const favourites = useFavourites(sides, isOwn);
  const why = useWhyPrice(cart);
  const toEntry = useCallback(() => entry.current?.focus(), []);

  const read = (answer: QuickCartOut) => {
    const left = openRowsOf(answer.rows, String(Date.now()));
    setOpen([...left, ...open]);
    const doubles = doublesIn(answer.rows);
    const told = [
      t("list.done", { count: answer.matched }),
      left.length > 0 && t("list.left", { count: left.length }),
      doubles > 0 && t("list.doubles", { count: doubles }),
    ];
    void message.info(told.filter(Boolean).join(t("list.comma")), 6);
  };
  if (placed) {
    const again = isOwn ? {} : { buyer: String(cart.buyer_id) };
    return (
      <Placed of={placed} onAgain={() => void navigate({ to: "/orders/new", search: again as never })} />
    );
  }
  if (cart.state === "ORDERED") return <Ordered of={cart} />;
  return (
    <div className="document cart-desk">
      <div className="stack">
        <Card
          flush
          title={t("sheet.title")}
          extra={
            <Button icon={<SnippetsOutlined />} onClick={() => setIsListing(true)}>
              {t("list.open")}
            </Button>
          }
        >
          <LineEntry sides={sides} onAdd={work.add} inputRef={entry} />
          {cart.lines.length === 0 ? (
            <p className="quiet sheet-empty">{t("sheet.empty")}</p>
          ) : (
            <LineSheet
              cart={cart}
              favourites={favourites}
              onSet={work.set}
              onWhy={why.ask}
              onEnter={toEntry}
            />
          )}
        </Card>
        <OpenRows rows={open} sides={sides} onAdd={work.add} onRows={setOpen} />
        <SideLists sides={sides} favourites={favourites} onAdd={work.add} />
      </div>
      <div className="stack cart-side">
        <QuoteCard
          cart={cart}
          accept={work.accept}
          isSaving={work.isSaving}
          mayReadMoney={reader.mayReadMoney}
        />
        <SubmitCard
          cart={cart}
          draft={draft}
          openCount={open.length}
          isSaving={work.isSaving}
          mayReadPartners={reader.mayReadPartners}
          onDraft={setDraft}
          onPlaced={(order) => {
            clearDraft();
            setPlaced(order);
          }}
        />
      </div>
      {isListing && (
        <ListDialog onRead={work.read.mutateAsync} onDone={read} onClose={() => setIsListing(false)} />
      )}
      {why.drawer}
    </div>
  );
}
