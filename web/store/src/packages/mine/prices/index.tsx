import { useTranslation } from "react-i18next";
import { ChangeRow } from "@/domains/home/change-row";
import { byUse, wayOf } from "@/domains/home/changes";
import type { PriceChangeOut } from "@/gen/model";
import { useListShopPriceChanges } from "@/gen/shop/shop";
import { Card } from "@/ui/card";
import { Page } from "@/ui/page";
import { Answered, Empty } from "@/ui/states";

const PARTS = ["down_since", "up_ahead", "down_ahead", "up_since"] as const;

const partOf = (change: PriceChangeOut): (typeof PARTS)[number] =>
  `${wayOf(change)}_${change.is_ahead ? "ahead" : "since"}`;

/** Every price that changed for this buyer lately or will change soon, what one may profit from first. */
export default function NewPricesPage() {
  const { t } = useTranslation();
  const changes = useListShopPriceChanges({ limit: 200 });
  return (
    <Page title={t("home.new_price")}>
      <Answered of={changes}>
        {(found) =>
          found.length === 0 ? (
            <Empty text={t("home.change.none")} />
          ) : (
            PARTS.map((part) => {
              const rows = byUse(found).filter((change) => partOf(change) === part);
              return rows.length === 0 ? null : (
                <Card key={part} title={t(`home.change.part.${part}`, { count: rows.length })}>
                  <ul>
                    {rows.map((change) => (
                      <ChangeRow key={change.offer.sku_id} of={change} />
                    ))}
                  </ul>
                </Card>
              );
            })
          )
        }
      </Answered>
    </Page>
  );
}
