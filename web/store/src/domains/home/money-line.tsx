import { money } from "@shared/money";
import { useTranslation } from "react-i18next";
import { useListBalances } from "@/gen/money/money";
import { open } from "@/navigation";
import { may, useSession } from "@/session";
import { Icon } from "@/ui/icon";
import { Tap } from "@/ui/tap";
import "./home.scss";

/** What one may still order for, and what is owed; nothing for who may not read money. */
export function MoneyLine() {
  const { t } = useTranslation();
  const session = useSession();
  const { data } = useListBalances(
    { buyer_id: session?.organization_id, limit: 1 },
    { query: { enabled: may(session, "money:read") } },
  );
  const own = data?.items[0];
  if (!own) return null;
  const isOverdue = !/^-?0*(\.0*)?$/.test(own.overdue);
  const isOwed = own.balance.startsWith("-");
  return (
    <Tap className="money-line" aria-label={t("home.money.open")} onClick={() => void open("money")}>
      <span className="home-words">
        <span className="soft">{t("home.money.available")}</span>
        <span className="money-line-figure">{money(own.available, own.currency)}</span>
        <span className={isOverdue ? "money-line-late" : "soft"}>
          {isOverdue
            ? t("home.money.overdue", { amount: money(own.overdue, own.currency) })
            : isOwed
              ? t("home.money.owed", { amount: money(own.balance.slice(1), own.currency) })
              : t("home.money.none")}
        </span>
      </span>
      <Icon name="next" />
    </Tap>
  );
}
