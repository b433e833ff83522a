import { useRouter } from "@tarojs/taro";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Account } from "@/domains/money/account";
import { Customers } from "@/domains/money/customers";
import type { Side } from "@/domains/money/lines";
import { ReceiptSheet } from "@/domains/money/receipt-sheet";
import type { SessionOut } from "@/gen/model";
import { useListBalances } from "@/gen/money/money";
import { useSession } from "@/session";
import { Chips } from "@/ui/chips";
import { Page } from "@/ui/page";
import { Answered, Empty, Skeleton } from "@/ui/states";

/** What one owes and may still order for, with each seller. */
function Own({ organizationId }: { organizationId: number }) {
  const { t } = useTranslation("store-mine");
  const [seller, setSeller] = useState("");
  const balances = useListBalances({ buyer_id: organizationId, limit: 50 });
  return (
    <Answered of={balances}>
      {({ items }) => {
        const chosen = items.find((one) => String(one.seller_id) === seller) ?? items[0];
        if (!chosen) return <Empty icon="wallet" text={t("money.none")} />;
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
            <Account key={chosen.seller_id} of={chosen} side="mine" />
          </>
        );
      }}
    </Answered>
  );
}

function Money({ of: { organization_id: own, organization_kind: kind } }: { of: SessionOut }) {
  const { t } = useTranslation("store-mine");
  const { side: asked, receipt } = useRouter().params;
  const [side, setSide] = useState<Side>(asked === "theirs" ? "theirs" : "mine");
  const [opened, setOpened] = useState(receipt);
  const mayHaveCustomers = kind === "DISTRIBUTOR" || kind === "SUB_DISTRIBUTOR";
  const customers = useListBalances({ seller_id: own, limit: 1 }, { query: { enabled: mayHaveCustomers } });
  const hasCustomers = (customers.data?.items.length ?? 0) > 0;
  return (
    <>
      {hasCustomers && (
        <Chips
          isWrapped
          label={t("money.side")}
          value={side}
          options={[
            { value: "mine", label: t("money.mine") },
            { value: "theirs", label: t("money.customers") },
          ]}
          onChange={setSide}
        />
      )}
      {side === "mine" ? <Own organizationId={own} /> : <Customers sellerId={own} />}
      {opened && <ReceiptSheet id={opened} onClose={() => setOpened(undefined)} />}
    </>
  );
}

/** The house's money: with whom it buys from and with whom buys from it; balances, months, payments. */
export default function MoneyPage() {
  const { t } = useTranslation("store-mine");
  const session = useSession();
  return <Page title={t("money.title")}>{session ? <Money of={session} /> : <Skeleton />}</Page>;
}
