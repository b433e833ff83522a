import { money } from "@shared/money";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { PartnerBalanceOut } from "@/gen/model";
import { Card, Facts } from "@/ui/card";
import { Chips } from "@/ui/chips";
import type { Side } from "./lines";
import { Receipts } from "./receipts";
import { Statement } from "./statement";
import { isSome } from "./sums";

function Standing({ of: account, side }: { of: PartnerBalanceOut; side: Side }) {
  const { t } = useTranslation("store-mine");
  const say = (amount: string) => money(amount, account.currency);
  const isOwed = account.balance.startsWith("-");
  const amount = say(isOwed ? account.balance.slice(1) : account.balance);
  const facts = { balance: say(account.balance), limit: say(account.limit), held: say(account.held) };
  const own = isOwed ? "money.balance_owed" : "money.balance_paid";
  const theirs = isOwed ? "money.theirs_owed" : "money.theirs_paid";
  return (
    <Card
      title={
        side === "mine"
          ? t("money.from", { name: account.seller_name })
          : t("money.of", { name: account.buyer_name })
      }
    >
      <p className="soft">{side === "mine" ? t("money.available") : t(theirs)}</p>
      <p className="money-line-figure">{side === "mine" ? say(account.available) : amount}</p>
      {side === "mine" && (
        <p className="soft">{t(isSome(account.limit) ? "money.means" : "money.means_prepay", facts)}</p>
      )}
      <Facts
        of={[
          [t(own), side === "mine" && amount],
          [
            t("money.overdue"),
            isSome(account.overdue) && <span className="money-line-late">{say(account.overdue)}</span>,
          ],
          [t("money.limit"), isSome(account.limit) && say(account.limit)],
          [t("money.held"), isSome(account.held) && say(account.held)],
          [t("money.theirs_available"), side === "theirs" && say(account.available)],
        ]}
      />
      {side === "mine" && account.available.startsWith("-") && (
        <p className="money-line-late">{t("money.short")}</p>
      )}
    </Card>
  );
}

/** One account: how it stands, its months, its payments. */
export function Account({ of: account, side }: { of: PartnerBalanceOut; side: Side }) {
  const { t } = useTranslation("store-mine");
  const [part, setPart] = useState<"statement" | "receipts">("statement");
  return (
    <>
      <Standing of={account} side={side} />
      <Chips
        label={t("money.parts")}
        isWrapped
        value={part}
        options={[
          { value: "statement", label: t("statement.title") },
          { value: "receipts", label: t("money.receipts") },
        ]}
        onChange={setPart}
      />
      {part === "statement" ? <Statement of={account} side={side} /> : <Receipts of={account} />}
    </>
  );
}
