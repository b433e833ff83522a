import { useRouter } from "@tarojs/taro";
import { useTranslation } from "react-i18next";
import { Account } from "@/domains/money/account";
import { useListBalances } from "@/gen/money/money";
import { useSession } from "@/session";
import { Page } from "@/ui/page";
import { Answered, Empty } from "@/ui/states";

/** The account of one customer with the own house. */
export default function CustomerPage() {
  const { t } = useTranslation("store-mine");
  const { id = "" } = useRouter().params;
  const session = useSession();
  const accounts = useListBalances(
    { buyer_id: Number(id), seller_id: session?.organization_id, limit: 10 },
    { query: { enabled: session !== undefined && Number(id) > 0 } },
  );
  return (
    <Page title={accounts.data?.items[0]?.buyer_name ?? t("money.customers")}>
      <Answered of={accounts}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty icon="wallet" text={t("money.none")} />
          ) : (
            items.map((one) => <Account key={one.currency} of={one} side="theirs" />)
          )
        }
      </Answered>
    </Page>
  );
}
