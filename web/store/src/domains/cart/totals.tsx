import { subtract } from "@shared/decimal";
import { money } from "@shared/money";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useGetCredit } from "@/gen/credit/credit";
import type { CartOut } from "@/gen/model";
import { may, useSession } from "@/session";
import { Card } from "@/ui/card";
import { missingMoney } from "./lines";
import "./totals.scss";

/** What the buyer has to order with; nothing for who may not read money. */
export function useMoney(cart: Pick<CartOut, "buyer_id" | "seller_id"> | undefined) {
  const session = useSession();
  return useGetCredit(
    { buyer_id: cart?.buyer_id ?? 0, seller_id: cart?.seller_id ?? 0 },
    { query: { enabled: cart !== undefined && may(session, "money:read"), staleTime: 30_000 } },
  ).data;
}

function Row({ name, children, isMain }: { name: string; children: ReactNode; isMain?: boolean }) {
  return (
    <div className={isMain ? "totals-row totals-main" : "totals-row"}>
      <span>{name}</span>
      <span>{children}</span>
    </div>
  );
}

/** What the cart costs now, and whether the buyer has that much: always the server's figures. */
export function Totals({ of: cart, isMoving }: { of: CartOut; isMoving: boolean }) {
  const { t } = useTranslation("store-cart");
  const credit = useMoney(cart);
  const missing = credit && missingMoney(cart.gross_amount, credit.available);
  const isOwed = credit?.balance.startsWith("-");
  const after = credit && subtract(credit.available, cart.gross_amount);
  return (
    <Card title={t("totals.title")}>
      <div className={isMoving ? "totals totals-moving" : "totals"} aria-busy={isMoving}>
        <Row name={t("totals.net")}>{money(cart.net_amount, cart.currency)}</Row>
        <Row name={t("totals.tax")}>{money(cart.tax_amount, cart.currency)}</Row>
        <Row name={t("totals.gross")} isMain>
          {money(cart.gross_amount, cart.currency)}
        </Row>
      </div>
      {credit && (
        <div className="totals totals-money">
          <Row name={t(credit.mode === "PREPAY" ? "totals.available_prepaid" : "totals.available")}>
            {money(credit.available, credit.currency)}
          </Row>
          <Row name={t(isOwed ? "totals.owed" : "totals.prepaid")}>
            {money(isOwed ? credit.balance.slice(1) : credit.balance, credit.currency)}
          </Row>
          {!missing && after && cart.lines.length > 0 && (
            <Row name={t("totals.after")}>{money(after, credit.currency)}</Row>
          )}
        </div>
      )}
      {missing && (
        <p className="totals-missing" role="alert">
          {t(credit.mode === "PREPAY" ? "totals.missing_prepaid" : "totals.missing", {
            amount: money(missing, cart.currency),
          })}
        </p>
      )}
      <p className="soft">{t("totals.note")}</p>
    </Card>
  );
}
