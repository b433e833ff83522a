import { money } from "@shared/money";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { PartnerBalanceOut } from "@/gen/model";
import { getListBalancesQueryKey, listBalances } from "@/gen/money/money";
import { open } from "@/navigation";
import { Card, Facts } from "@/ui/card";
import { Chips } from "@/ui/chips";
import { Icon } from "@/ui/icon";
import { More } from "@/ui/more";
import { Answered } from "@/ui/states";
import { Tap } from "@/ui/tap";
import { usePages } from "@/ui/use-pages";
import { debtsOf, isSome } from "./sums";
import "@/domains/home/home.scss";
import "./money.scss";

function Customer({ of: account }: { of: PartnerBalanceOut }) {
  const { t } = useTranslation("store-mine");
  const say = (amount: string) => money(amount, account.currency);
  const isOwing = account.balance.startsWith("-");
  return (
    <li>
      <Tap className="home-row" onClick={() => void open("customer", { id: String(account.buyer_id) })}>
        <span className="home-words">
          <span>{account.buyer_name}</span>
          {isSome(account.overdue) && (
            <span className="money-line-late">{t("money.late", { amount: say(account.overdue) })}</span>
          )}
        </span>
        <span className="home-words money-right">
          <span className="money-amount">{say(isOwing ? account.balance.slice(1) : account.balance)}</span>
          <span className="soft">
            {t(
              isOwing
                ? "money.theirs_owed"
                : isSome(account.balance)
                  ? "money.theirs_paid"
                  : "money.theirs_none",
            )}
          </span>
        </span>
        <Icon name="next" />
      </Tap>
    </li>
  );
}

/** Who owes the house how much, and who for too long. The sum stands there once every account is read. */
export function Customers({ sellerId }: { sellerId: number }) {
  const { t } = useTranslation("store-mine");
  const [which, setWhich] = useState<"all" | "overdue">("all");
  const query = { seller_id: sellerId, overdue: which === "overdue" || undefined, limit: 50 };
  const accounts = usePages(getListBalancesQueryKey(query), (cursor, signal) =>
    listBalances({ ...query, cursor }, signal),
  );
  return (
    <>
      <Chips
        label={t("money.which")}
        isWrapped
        value={which}
        options={[
          { value: "all", label: t("money.all") },
          { value: "overdue", label: t("money.only_overdue") },
        ]}
        onChange={setWhich}
      />
      <Card>
        <Answered of={accounts}>
          {(found) => {
            const sums = debtsOf(found);
            const currency = found[0]?.currency ?? "CNY";
            if (found.length === 0)
              return (
                <p className="soft home-none">
                  {t(which === "all" ? "money.customers_none" : "money.overdue_none")}
                </p>
              );
            return (
              <>
                {!accounts.loadMore && found.every((one) => one.currency === currency) && (
                  <Facts
                    of={[
                      [t("money.owed_sum"), money(sums.owed, currency)],
                      [
                        t("money.overdue"),
                        isSome(sums.overdue) && (
                          <span className="money-line-late">{money(sums.overdue, currency)}</span>
                        ),
                      ],
                    ]}
                  />
                )}
                <ul>
                  {found.map((one) => (
                    <Customer key={`${one.buyer_id}${one.currency}`} of={one} />
                  ))}
                </ul>
              </>
            );
          }}
        </Answered>
        <More of={accounts} />
      </Card>
    </>
  );
}
