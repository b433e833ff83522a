import { money, number } from "@shared/money";
import { Skeleton } from "antd";
import { useTranslation } from "react-i18next";
import type { ConsequencesOut, PriceListPageOut } from "@/gen/model";
import { useWeighPriceList } from "@/gen/prices/prices";
import { usePreferences } from "@/theme/preferences";
import { Refusal } from "@/ui/refusal";
import { useFormat } from "@/ui/use-format";

/** An amount more or less, with its sign and the reader's color for a rise. */
export function Difference({ amount, currency }: { amount: string; currency: string }) {
  const { riseIsRed } = usePreferences();
  const isDown = amount.startsWith("-");
  const isLevel = /^-?0*(\.0*)?$/.test(amount);
  const tone = isLevel ? "" : isDown === riseIsRed ? "rise-green" : "rise-red";
  return (
    <span className={`figures ${tone}`}>
      {!isLevel && !isDown && "+"}
      {money(amount, currency)}
    </span>
  );
}

function Facts({ of: found }: { of: ConsequencesOut }) {
  const { t } = useTranslation("prices");
  const format = useFormat();
  const lines = [
    found.partners === null
      ? t("weigh.everyone")
      : t("weigh.partners", { count: found.partners, partners: number(found.partners) }),
    t("weigh.starts", { day: format.day(found.starts_on) }),
    ...found.ends.map((one) => t("weigh.ends", { no: one.version_no, day: format.day(found.starts_on) })),
    t("weigh.carts", { count: found.open_carts, carts: number(found.open_carts) }),
    t("weigh.orders", { count: found.open_orders, orders: number(found.open_orders) }),
  ];
  return (
    <ul className="words">
      {lines.map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  );
}

/** What publishing means, in sentences and in money: shown before it is done and beside the changes. */
export function Consequences({ of: version, isShort }: { of: PriceListPageOut; isShort?: boolean }) {
  const { t } = useTranslation("prices");
  const { data, error } = useWeighPriceList(version.id, { query: { staleTime: 0 } });
  if (error) return <Refusal of={error} />;
  if (!data) return <Skeleton active title={false} paragraph={{ rows: 4 }} />;
  return (
    <div className="stack">
      <Facts of={data} />
      <dl className="key-figures key-figures-flat figures">
        <div>
          <dt>{t("weigh.amount", { days: data.days })}</dt>
          <dd>{money(data.amount, data.currency)}</dd>
        </div>
        <div>
          <dt>{t("weigh.change")}</dt>
          <dd>
            <Difference amount={data.change} currency={data.currency} />
          </dd>
        </div>
        <div>
          <dt>{t("weigh.buyers")}</dt>
          <dd>{number(data.active_buyers)}</dd>
        </div>
      </dl>
      {!isShort && data.buyers.length > 0 && (
        <table className="plain-table">
          <caption>{t("weigh.most")}</caption>
          <thead>
            <tr>
              <th scope="col">{t("weigh.buyer")}</th>
              <th scope="col" className="figures">
                {t("weigh.amount", { days: data.days })}
              </th>
              <th scope="col" className="figures">
                {t("weigh.change")}
              </th>
            </tr>
          </thead>
          <tbody>
            {data.buyers.map((one) => (
              <tr key={one.buyer_id}>
                <th scope="row">{one.name}</th>
                <td className="figures">{money(one.amount, data.currency)}</td>
                <td className="figures">
                  <Difference amount={one.change} currency={data.currency} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </div>
  );
}
