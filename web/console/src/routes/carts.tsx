import "@/theme/selling.css";
import { useParams } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useSession } from "@/domains/access/session";
import { CartActions } from "@/domains/carts/cart-actions";
import { CartDesk } from "@/domains/carts/cart-desk";
import { CartList } from "@/domains/carts/cart-list";
import { useCartName } from "@/domains/carts/cart-name";
import { StartCart } from "@/domains/carts/start-cart";
import { useCart } from "@/domains/carts/use-cart";
import { ButtonLink } from "@/ui/button-link";
import { Page } from "@/ui/page";
import { Refusal } from "@/ui/refusal";
import { PageSkeleton } from "@/ui/states";
import { one, useFilters } from "@/ui/use-filters";

export function CartsPage() {
  const { t } = useTranslation("carts");
  return (
    <Page
      title={t("cart.list")}
      note={t("cart.about")}
      actions={<ButtonLink to="/orders/new">{t("start.title")}</ButtonLink>}
    >
      <CartList />
    </Page>
  );
}

export function OrderNewPage() {
  const { t } = useTranslation("carts");
  const session = useSession();
  const [filters] = useFilters();
  const buyer = Number.parseInt(one(filters.buyer), 10);
  const isBuyer = !session.isStaff;
  return (
    <Page
      title={t("start.title")}
      crumbs={[{ label: t("cart.list"), to: "/carts" }, { label: t("start.title") }]}
    >
      <StartCart
        buyerId={Number.isNaN(buyer) ? undefined : buyer}
        isBuyer={isBuyer}
        isSeller={session.scopes.has("partners:read") && session.kind !== "STORE"}
      />
    </Page>
  );
}

export function CartPage() {
  const { t } = useTranslation("carts");
  const session = useSession();
  const nameOf = useCartName();
  const { cartId = "" } = useParams({ strict: false }) as { cartId?: string };
  const work = useCart(cartId);
  const { data: cart, error, refetch } = work.found;
  const crumbs = [{ label: t("cart.list"), to: "/carts" }];
  if (error && !cart) {
    return (
      <Page title={t("start.title")} crumbs={crumbs}>
        <Refusal of={error} onRetry={() => void refetch()} />
      </Page>
    );
  }
  if (!cart) return <PageSkeleton />;
  const isOwn = cart.buyer_id === session.organizationId;
  return (
    <Page
      crumbs={[...crumbs, { label: nameOf(cart) }]}
      title={isOwn ? t("sheet.own") : t("sheet.other", { buyer: cart.buyer_name })}
      note={t("sheet.from", { seller: cart.seller_name, name: nameOf(cart) })}
      actions={cart.state === "OPEN" && <CartActions of={cart} />}
    >
      <CartDesk
        key={cart.id}
        cart={cart}
        work={work}
        reader={{
          organizationId: session.organizationId,
          mayReadMoney: session.scopes.has("money:read"),
          mayReadPartners: session.scopes.has("partners:read"),
        }}
      />
    </Page>
  );
}
