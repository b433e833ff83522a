import { money } from "@shared/money";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Statement } from "@/domains/money/statement";
import type { PartnerBalanceOut } from "@/gen/model";
import { useListBalances } from "@/gen/money/money";
import { useSession } from "@/session";
import { Card, Facts } from "@/ui/card";
import { Chips } from "@/ui/chips";
import { Page } from "@/ui/page";
import { Answered, Empty } from "@/ui/states";

const isSome = (amount: string): boolean => !/^-?0*(\.0*)?$/.test(amount);

function Account({ of: account }: { of: PartnerBalanceOut }) {
  const { t } = useTranslation("store-mine");
  const say = (amount: string) => money(amount, account.currency);
  const isOwed = account.balance.startsWith("-");
  const facts = { balance: say(account.balance), limit: say(account.limit), held: say(account.held) };
  return (
    <Card title={t("money.from", { name: account.seller_name })}>
      <p className="soft">{t("money.available")}</p>
      <p className="money-line-figure">{say(account.available)}</p>
      <p className="soft">{t(isSome(account.limit) ? "money.means" : "money.means_prepay", facts)}</p>
      <Facts
        of={[
          [
            t(isOwed ? "money.balance_owed" : "money.balance_paid"),
            say(isOwed ? account.balance.slice(1) : account.balance),
          ],
          [t("money.limit"), isSome(account.limit) && say(account.limit)],
          [t("money.held"), isSome(account.held) && say(account.held)],
          [
            t("money.overdue"),
            isSome(account.overdue) && <span className="money-line-late">{say(account.overdue)}</span>,
          ],
        ]}
      />
    </Card>
  );
}

/** What one owes and may still order for, with each seller, and the months behind it. */
export default function MoneyPage() {
  const { t } = useTranslation("store-mine");
  const session = useSession();
  const [seller, setSeller] = useState("");
  const balances = useListBalances(
    { buyer_id: session?.organization_id, limit: 50 },
    { query: { enabled: session !== undefined } },
  );
  return (
    <Page title={t("money.title")}>
      <Answered of={balances}>
        {({ items }) => {
          const chosen = items.find((one) => String(one.seller_id) === seller) ?? items[0];
          if (!chosen) return <Empty text={t("money.none")} />;
          return (
            <>
              {items.length > 1 && (
                <Chips
                  label={t("money.supplier")}
                  value={String(chosen.seller_id)}
                  options={items.map((one) => ({ value: String(one.seller_id), label: one.seller_name }))}
                  onChange={setSeller}
                />
              )}
              <Account of={chosen} />
              <Statement key={chosen.seller_id} of={chosen} />
            </>
          );
        }}
      </Answered>
    </Page>
  );
}
