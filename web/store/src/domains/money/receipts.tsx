import { money } from "@shared/money";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { PartnerBalanceOut, ReceiptOut } from "@/gen/model";
import { getListReceiptsQueryKey, listReceipts } from "@/gen/money/money";
import { Card } from "@/ui/card";
import { More } from "@/ui/more";
import { Answered } from "@/ui/states";
import { Tap } from "@/ui/tap";
import { useFormat } from "@/ui/use-format";
import { usePages } from "@/ui/use-pages";
import { ReceiptSheet } from "./receipt-sheet";
import "@/domains/home/home.scss";
import "./money.scss";

function Receipt({ of: receipt, onOpen }: { of: ReceiptOut; onOpen: () => void }) {
  const { t } = useTranslation("store-mine");
  const format = useFormat();
  const isGone = receipt.state === "REVERSED";
  return (
    <li>
      <Tap className="home-row" onClick={onOpen}>
        <span className="home-words">
          <span>
            {format.day(receipt.value_date)} · {t(`method.${receipt.method}`)}
          </span>
          <span className="soft">{receipt.number}</span>
          {isGone && (
            <span className="money-line-late">
              {t("money.reversed", { reason: receipt.reversal_reason })}
            </span>
          )}
        </span>
        <span className={isGone ? "money-amount money-gone" : "money-amount"}>
          {money(receipt.amount, receipt.currency)}
        </span>
      </Tap>
    </li>
  );
}

/** Every payment on an account, the newest first. */
export function Receipts({ of: account }: { of: PartnerBalanceOut }) {
  const { t } = useTranslation("store-mine");
  const [opened, setOpened] = useState<string | null>(null);
  const query = { buyer_id: account.buyer_id, seller_id: account.seller_id, limit: 30 };
  const receipts = usePages(getListReceiptsQueryKey(query), (cursor, signal) =>
    listReceipts({ ...query, cursor }, signal),
  );
  return (
    <Card>
      <Answered of={receipts}>
        {(found) =>
          found.length === 0 ? (
            <p className="soft home-none">{t("money.receipts_none")}</p>
          ) : (
            <ul>
              {found.map((one) => (
                <Receipt key={one.id} of={one} onOpen={() => setOpened(one.id)} />
              ))}
            </ul>
          )
        }
      </Answered>
      <More of={receipts} />
      {opened && <ReceiptSheet id={opened} onClose={() => setOpened(null)} />}
    </Card>
  );
}
