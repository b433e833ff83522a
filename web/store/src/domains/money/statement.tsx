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
import { Whole } from "@/ui/whole";
import { kindOf, placeOf, type Side } from "./lines";
import { ReceiptSheet } from "./receipt-sheet";
import { ReturnSheet } from "./return-sheet";
import { monthOf, signed, sumsOf } from "./sums";
import "@/domains/home/home.scss";
import "./money.scss";

interface LineProps {
  of: StatementLineOut;
  currency: string;
  side: Side;
  onPaper: (line: StatementLineOut) => void;
}

function Line({ of: line, currency, side, onPaper }: LineProps) {
  const { t } = useTranslation("store-mine");
  const format = useFormat();
  const kind = kindOf(line);
  const place = placeOf(line);
  const what = t(side === "mine" ? `source.${kind}` : `source_theirs.${kind}`);
  const isDown = line.change.startsWith("-");
  const content = (
    <>
      <span className="home-words">
        <span>{what}</span>
        {line.document_number && (
          <span className="soft">
            <Whole>{line.document_number}</Whole>
          </span>
        )}
        <span className="soft">
          {format.spoken(line.effective_at)} ·{" "}
          <Whole>{t("statement.after", { amount: money(line.balance, currency) })}</Whole>
        </span>
        {line.note && <span className="soft">{line.note}</span>}
      </span>
      <span className={isDown ? "money-amount" : "money-amount money-up"}>
        {signed(money(line.change, currency), line.change)}
      </span>
    </>
  );
  if (!place) return <li className="home-row">{content}</li>;
  const go = () => {
    if (place === "shipment") void open("receive", { id: line.source_id });
    else if (place === "order") void open("order", { id: line.source_id });
    else onPaper(line);
  };
  return (
    <li>
      <Tap
        className="home-row"
        aria-label={`${t("statement.open", { what, number: line.document_number })} ${signed(money(line.change, currency), line.change)}`}
        onClick={go}
      >
        {content}
      </Tap>
    </li>
  );
}

/** One month of an account: opening, entries, closing, as the ledger has them. */
export function Statement({ of: account, side }: { of: PartnerBalanceOut; side: Side }) {
  const { t } = useTranslation("store-mine");
  const format = useFormat();
  const [day, setDay] = useState(format.today());
  const [paper, setPaper] = useState<StatementLineOut | null>(null);
  const { first, last } = monthOf(day);
  const statement = useGetStatement({
    buyer_id: account.buyer_id,
    seller_id: account.seller_id,
    currency: account.currency,
    first,
    last,
  });
  const close = () => setPaper(null);
  return (
    <Card>
      <div className="month-row">
        <Action kind="quiet" onClick={() => setDay(shift(first, { days: -1 }))}>
          {t("statement.earlier")}
        </Action>
        <h2 className="month-name">{month(first, format.language)}</h2>
        <Action
          kind="quiet"
          isDisabled={last >= format.today()}
          onClick={() => setDay(shift(last, { days: 1 }))}
        >
          {t("statement.later")}
        </Action>
      </div>
      <Answered of={statement}>
        {(found) => {
          const sums = sumsOf(found.lines);
          const say = (amount: string) => money(amount, found.currency);
          return (
            <>
              <Facts
                of={[
                  [t("statement.opening"), say(found.opening)],
                  [t(side === "mine" ? "statement.in" : "statement.in_theirs"), say(sums.up)],
                  [t(side === "mine" ? "statement.out" : "statement.out_theirs"), say(sums.down)],
                  [t("statement.closing"), say(found.closing)],
                ]}
              />
              <p className="soft money-note">
                {t(found.lines.length === 0 ? "statement.none" : "statement.sign_note")}
              </p>
              <ul>
                {[...found.lines].reverse().map((line) => (
                  <Line
                    key={line.transfer_id}
                    of={line}
                    currency={found.currency}
                    side={side}
                    onPaper={setPaper}
                  />
                ))}
              </ul>
            </>
          );
        }}
      </Answered>
      {paper && placeOf(paper) === "receipt" && <ReceiptSheet id={paper.source_id} onClose={close} />}
      {paper && placeOf(paper) === "return" && (
        <ReturnSheet id={paper.source_id} side={side} onClose={close} />
      )}
    </Card>
  );
}
