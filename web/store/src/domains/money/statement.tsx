import { month, shift } from "@shared/dates";
import { money } from "@shared/money";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { PartnerBalanceOut, StatementLineOut } from "@/gen/model";
import { useGetStatement } from "@/gen/money/money";
import { open } from "@/navigation";
import { Action } from "@/ui/action";
import { Card, Facts } from "@/ui/card";
import { Answered } from "@/ui/states";
import { Tap } from "@/ui/tap";
import { useFormat } from "@/ui/use-format";
import { monthOf, sumsOf } from "./sums";
import "@/domains/home/home.scss";

const SOURCES = new Set(["receipt", "shipment", "return", "order", "opening"]);

function Line({ of: line, currency }: { of: StatementLineOut; currency: string }) {
  const { t } = useTranslation("store-mine");
  const format = useFormat();
  const source = SOURCES.has(line.source_type) ? line.source_type : "other";
  const content = (
    <>
      <span className="home-words">
        <span>
          {t(`source.${source}` as "source.other")} {line.document_number}
        </span>
        <span className="soft">
          {format.spoken(line.effective_at)} ·{" "}
          {t("statement.after", { amount: money(line.balance, currency) })}
        </span>
      </span>
      <span>{money(line.change, currency)}</span>
    </>
  );
  if (line.source_type !== "order") return <li className="home-row">{content}</li>;
  return (
    <li>
      <Tap className="home-row" onClick={() => void open("order", { id: line.source_id })}>
        {content}
      </Tap>
    </li>
  );
}

/** One month with a seller: opening, entries, closing, as the ledger has them. */
export function Statement({ of: account }: { of: PartnerBalanceOut }) {
  const { t } = useTranslation("store-mine");
  const format = useFormat();
  const [day, setDay] = useState(format.today());
  const { first, last } = monthOf(day);
  const statement = useGetStatement({
    buyer_id: account.buyer_id,
    seller_id: account.seller_id,
    currency: account.currency,
    first,
    last,
  });
  return (
    <Card title={`${t("statement.title")} · ${month(first, format.language)}`}>
      <div className="two-actions">
        <Action kind="plain" onClick={() => setDay(shift(first, { days: -1 }))}>
          {t("statement.earlier")}
        </Action>
        <Action
          kind="plain"
          isDisabled={last >= format.today()}
          onClick={() => setDay(shift(last, { days: 1 }))}
        >
          {t("statement.later")}
        </Action>
      </div>
      <Answered of={statement}>
        {(found) => {
          const sums = sumsOf(found.lines);
          return (
            <>
              <Facts
                of={[
                  [t("statement.opening"), money(found.opening, found.currency)],
                  [t("statement.in"), money(sums.up, found.currency)],
                  [t("statement.out"), money(sums.down, found.currency)],
                  [t("statement.closing"), money(found.closing, found.currency)],
                ]}
              />
              {found.lines.length === 0 && <p className="soft home-none">{t("statement.none")}</p>}
              <ul>
                {found.lines.map((line) => (
                  <Line key={line.transfer_id} of={line} currency={found.currency} />
                ))}
              </ul>
            </>
          );
        }}
      </Answered>
    </Card>
  );
}
