import { compare, subtract } from "@shared/decimal";
import { money, number } from "@shared/money";
import { Alert, Button } from "antd";
import { useTranslation } from "react-i18next";
import { useGetCredit } from "@/gen/credit/credit";
import type { CartOut, CreditOut } from "@/gen/model";
import { Card } from "@/ui/page";
import { Refusal } from "@/ui/refusal";
import { useFormat } from "@/ui/use-format";
import type { CartWork } from "./use-cart";

function Row({ name, value, isMain }: { name: string; value: string; isMain?: boolean }) {
  return (
    <div className={isMain ? "quote-main" : undefined}>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}

/** What the buyer may still order for, and what it has paid in advance. */
function Credit({ of: credit, total }: { of: CreditOut; total: string }) {
  const { t } = useTranslation("carts");
  const isOwed = credit.balance.startsWith("-");
  const missing = subtract(total, credit.available);
  return (
    <>
      <dl className="quote-sums figures">
        <Row
          name={t(credit.mode === "PREPAY" ? "quote.available_prepaid" : "quote.available")}
          value={money(credit.available, credit.currency)}
        />
        <Row
          name={t(isOwed ? "quote.owed" : "quote.prepaid")}
          value={money(isOwed ? credit.balance.slice(1) : credit.balance, credit.currency)}
        />
      </dl>
      {compare(missing, "0") > 0 && (
        <p className="field-error" role="alert">
          {t("quote.missing", { amount: money(missing, credit.currency) })}
        </p>
      )}
    </>
  );
}

/** What changed since somebody last looked, to be seen before the order is placed. */
function News({ of: cart, accept }: { of: CartOut; accept: CartWork["accept"] }) {
  const { t } = useTranslation("carts");
  const format = useFormat();
  if (!cart.news) return null;
  const { lines, difference, since } = cart.news;
  const isLess = difference.startsWith("-");
  return (
    <Alert
      type="warning"
      showIcon
      title={t("news.title", { count: lines, at: format.instant(since) })}
      description={
        <div className="stack">
          <span className="figures">
            {t(isLess ? "news.less" : "news.more", {
              amount: money(isLess ? difference.slice(1) : difference, cart.currency),
            })}
          </span>
          <Refusal of={accept.error} />
          <Button
            loading={accept.isPending}
            onClick={() => accept.mutate({ cartId: cart.id, data: { digest: cart.digest } })}
          >
            {t("news.accept")}
          </Button>
        </div>
      }
    />
  );
}

interface QuoteCardProps {
  cart: CartOut;
  accept: CartWork["accept"];
  isSaving: boolean;
  /** Who may not read money sees no credit. */
  mayReadMoney: boolean;
}

/** What the cart costs now: always the server's figures, asked again after every change. */
export function QuoteCard({ cart, accept, isSaving, mayReadMoney }: QuoteCardProps) {
  const { t } = useTranslation("carts");
  const credit = useGetCredit(
    { buyer_id: cart.buyer_id, seller_id: cart.seller_id },
    { query: { enabled: mayReadMoney, staleTime: 30_000 } },
  );
  return (
    <Card
      title={t("quote.title")}
      extra={
        <span className="quiet" role="status">
          {isSaving ? t("quote.saving") : t("quote.saved")}
        </span>
      }
    >
      <div className="stack">
        <News of={cart} accept={accept} />
        <dl className="quote-sums figures">
          <Row name={t("quote.lines")} value={number(cart.line_count)} />
          <Row name={t("quote.net")} value={money(cart.net_amount, cart.currency)} />
          <Row name={t("quote.tax")} value={money(cart.tax_amount, cart.currency)} />
          <Row isMain name={t("quote.total")} value={money(cart.gross_amount, cart.currency)} />
        </dl>
        {credit.data && <Credit of={credit.data} total={cart.gross_amount} />}
      </div>
    </Card>
  );
}
