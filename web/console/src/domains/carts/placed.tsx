import { money } from "@shared/money";
import { Link } from "@tanstack/react-router";
import { Alert, Button, Result } from "antd";
import { useTranslation } from "react-i18next";
import type { PlacedOut } from "@/gen/model";
import { ButtonLink } from "@/ui/button-link";
import { Card } from "@/ui/page";
import { useFormat } from "@/ui/use-format";

/** The order stands: its number, what waits for goods, and whether it looks like one placed before. */
export function Placed({ of: order, onAgain }: { of: PlacedOut; onAgain: () => void }) {
  const { t } = useTranslation("carts");
  const format = useFormat();
  const short = order.backordered_lines.length;
  return (
    <Card>
      <Result
        status="success"
        title={t("placed.title", { number: order.number })}
        subTitle={
          <span className="figures">
            {t("placed.sum", { count: order.line_count, amount: money(order.gross_amount, order.currency) })}{" "}
            {t(`placed.state.${order.state === "AWAITING_BUYER" ? "buyer" : "seller"}`)}
          </span>
        }
        extra={
          <div className="placed-links">
            <ButtonLink to="/orders/$orderId" params={{ orderId: order.id }}>
              {t("placed.open")}
            </ButtonLink>
            <Button onClick={onAgain}>{t("placed.again")}</Button>
          </div>
        }
      >
        {(order.twin || short > 0) && (
          <div className="stack">
            {order.twin && (
              <Alert
                type="warning"
                showIcon
                title={t("placed.twin", {
                  number: order.twin.number,
                  at: format.instant(order.twin.submitted_at),
                })}
                description={
                  <Link to="/orders/$orderId" params={{ orderId: order.twin.id }}>
                    {t("placed.compare")}
                  </Link>
                }
              />
            )}
            {short > 0 && <Alert type="info" showIcon title={t("placed.short", { count: short })} />}
          </div>
        )}
      </Result>
    </Card>
  );
}
