import { money } from "@shared/money";
import { useTranslation } from "react-i18next";
import { useGetCredit } from "@/gen/credit/credit";
import { Refusal } from "@/ui/refusal";

/** What a buyer may still order for: limit, what is owed or prepaid, what open orders hold, what is left. */
export function CreditSummary({ buyerId }: { buyerId: number }) {
  const { t } = useTranslation("credit");
  const { data, error } = useGetCredit({ buyer_id: buyerId });
  if (error && error.status !== 404) return <Refusal of={error} />;
  if (!data) return null;
  const figures = [
    [t("available"), data.available],
    [t("limit"), data.limit],
    [t("temporary"), data.temporary],
    [t("balance"), data.balance],
    [t("held"), data.held],
  ] as const;
  return (
    <dl className="card key-figures figures">
      {figures.map(([name, amount]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{money(amount, data.currency)}</dd>
        </div>
      ))}
    </dl>
  );
}
