import { add } from "@shared/decimal";
import { money } from "@shared/money";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useReader } from "@/domains/orders/reader";
import { useRefresh } from "@/domains/orders/refresh";
import { getListSalesQueryKey, listSales, useReverseSale } from "@/gen/inventory/inventory";
import type { SaleOut } from "@/gen/model";
import { open } from "@/navigation";
import { newId } from "@/platform/ids";
import { Action } from "@/ui/action";
import { Asked } from "@/ui/asked";
import { Card, Facts } from "@/ui/card";
import { More } from "@/ui/more";
import { Page } from "@/ui/page";
import { say } from "@/ui/said";
import { Answered, Empty } from "@/ui/states";
import { useFormat } from "@/ui/use-format";
import { usePages } from "@/ui/use-pages";

/** Undone by an opposite entry: what was recorded stays, and so does who undid it and why. */
function Undo({ of: sale }: { of: SaleOut }) {
  const { t } = useTranslation("store-stock");
  const refresh = useRefresh();
  const [id] = useState(newId);
  const [isAsked, setIsAsked] = useState(false);
  const reverse = useReverseSale({
    mutation: {
      onSuccess: () => {
        say(t("sales.undone", { number: sale.number }));
        setIsAsked(false);
        refresh();
      },
    },
  });
  return (
    <>
      <Action kind="quiet" label={`${t("sales.undo")} ${sale.number}`} onClick={() => setIsAsked(true)}>
        {t("sales.undo")}
      </Action>
      <Asked
        title={`${t("sales.undo")} ${sale.number}`}
        question={t("sales.undo_ask")}
        confirm={t("sales.undo")}
        isOpen={isAsked}
        isBusy={reverse.isPending}
        error={reverse.error}
        onClose={() => setIsAsked(false)}
        onConfirm={(note) => reverse.mutate({ saleId: sale.id, data: { id, note } })}
      />
    </>
  );
}

function Sale({ of: sale, seesAmounts }: { of: SaleOut; seesAmounts: boolean }) {
  const { t } = useTranslation("store-stock");
  const format = useFormat();
  const who = sale.buyer_name || sale.customer || t("sales.customer");
  const amounts = sale.lines.map((line) => line.amount).filter((amount): amount is string => amount !== null);
  const isReversed = sale.lines.every((line) => line.is_reversed);
  const isBack = sale.source !== "CORRECTION" && sale.lines.every((line) => line.units.startsWith("-"));
  const state = sale.reverses_id ? "correction" : isReversed ? "reversed" : isBack ? "back" : null;
  return (
    <Card
      title={who}
      aside={
        seesAmounts &&
        amounts.length > 0 && <span className="card-amount">{money(add(...amounts), "CNY")}</span>
      }
    >
      {state && <p className="soft">{t(`sales.${state}`)}</p>}
      <Facts
        of={[
          ...sale.lines.map((line) => [line.sku_name, line.units_text] as const),
          [
            t("sales.by"),
            [format.spoken(sale.recorded_at), sale.recorded_by_name].filter(Boolean).join(" · "),
          ],
          [t("sell.note"), sale.note],
          [t("sales.number"), sale.number],
        ]}
      />
      {sale.allowed_actions.includes("reverse") && <Undo of={sale} />}
    </Card>
  );
}

export default function SalesPage() {
  const { t } = useTranslation("store-stock");
  const reader = useReader();
  const wanted = { organization_id: reader?.organizationId, limit: 20 };
  const pages = usePages(
    getListSalesQueryKey(wanted),
    (cursor, signal) => listSales({ ...wanted, cursor }, signal),
    reader !== undefined,
  );
  // Who sells over the counter knows what was asked for; else it is a matter of prices.
  const seesAmounts = Boolean(reader && (reader.seesPrices || reader.maySell));
  return (
    <Page
      title={t("sales.title")}
      footer={
        reader?.maySell && (
          <Action isWide onClick={() => void open("sell")}>
            {t("sales.new")}
          </Action>
        )
      }
    >
      <Answered of={pages}>
        {(rows) =>
          rows.length === 0 ? (
            <Empty icon="sale" text={t("sales.none")} />
          ) : (
            <>
              {rows.map((sale) => (
                <Sale key={sale.id} of={sale} seesAmounts={seesAmounts} />
              ))}
              <More of={pages} />
            </>
          )
        }
      </Answered>
    </Page>
  );
}
