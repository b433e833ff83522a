import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ChangeRow } from "@/domains/home/change-row";
import { byUse, wayOf } from "@/domains/home/changes";
import { NextRise } from "@/domains/home/next-rise";
import type { PriceChangeOut } from "@/gen/model";
import { useListShopPriceChanges } from "@/gen/shop/shop";
import { Action } from "@/ui/action";
import { Card } from "@/ui/card";
import { Page } from "@/ui/page";
import { Answered, Empty } from "@/ui/states";

const SHOWN = 10;
const PARTS = ["up_ahead", "down_since", "down_ahead", "up_since"] as const;

const partOf = (change: PriceChangeOut): (typeof PARTS)[number] =>
  `${wayOf(change)}_${change.is_ahead ? "ahead" : "since"}`;

function Part({ name, of: rows }: { name: (typeof PARTS)[number]; of: readonly PriceChangeOut[] }) {
  const { t } = useTranslation();
  const [isWhole, setIsWhole] = useState(false);
  const shown = isWhole ? rows : rows.slice(0, SHOWN);
  return (
    <Card title={t(`home.change.part.${name}`, { count: rows.length })}>
      <ul>
        {shown.map((change) => (
          <ChangeRow key={change.offer.sku_id} of={change} />
        ))}
      </ul>
      {rows.length > shown.length && (
        <Action kind="quiet" isWide onClick={() => setIsWhole(true)}>
          {t("home.usual_more", { count: rows.length - shown.length })}
        </Action>
      )}
    </Card>
  );
}

/** Every price that changed for this buyer lately or will change soon, what has a last day first. */
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
            <>
              <NextRise of={found} />
              {PARTS.map((part) => {
                const rows = byUse(found).filter((change) => partOf(change) === part);
                return rows.length === 0 ? null : <Part key={part} name={part} of={rows} />;
              })}
            </>
          )
        }
      </Answered>
    </Page>
  );
}
