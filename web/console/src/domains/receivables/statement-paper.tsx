import { money } from "@shared/money";
import { useTranslation } from "react-i18next";
import type { StatementOut } from "@/gen/model";
import { Sheet, Signatures } from "@/ui/print-frame";
import { useFormat } from "@/ui/use-format";
import { sourceName, sumOf } from "./statement-lines";

interface StatementPaperProps {
  of: StatementOut;
  buyerName: string;
  sellerName: string;
  printedAt: string;
}

/** A statement of account (对账单) on paper: what stood before, each movement, what stands; both sides sign. */
export function StatementPaper({ of: said, buyerName, sellerName, printedAt }: StatementPaperProps) {
  const { t } = useTranslation("money");
  const format = useFormat();
  const amount = (value: string) => money(value, said.currency);
  return (
    <Sheet title={t("statement.paper")}>
      <header className="sheet-head">
        <div>
          <p>{sellerName}</p>
          <h2>{t("statement.paper")}</h2>
        </div>
        <p className="figures">{format.instant(printedAt)}</p>
      </header>
      <dl className="sheet-pairs">
        <div>
          <dt>{t("statement.buyer")}</dt>
          <dd>{buyerName}</dd>
        </div>
        <div>
          <dt>{t("statement.days")}</dt>
          <dd className="figures">
            {t("statement.from_until", {
              from: format.fullDay(said.first),
              until: format.fullDay(said.last),
            })}
          </dd>
        </div>
      </dl>
      <table className="sheet-table">
        <thead>
          <tr>
            <th>{t("statement.at")}</th>
            <th>{t("statement.document")}</th>
            <th className="figures">{t("statement.change")}</th>
            <th className="figures">{t("statement.after")}</th>
          </tr>
        </thead>
        <tbody>
          <tr>
            <td colSpan={3}>{t("statement.opening")}</td>
            <td className="figures num">{amount(said.opening)}</td>
          </tr>
          {said.lines.map((line) => (
            <tr key={line.transfer_id}>
              <td className="figures">{format.instant(line.effective_at)}</td>
              <td>
                {sourceName(line.source_type, t)} <span className="figures">{line.document_number}</span>
              </td>
              <td className="figures num">{amount(line.change)}</td>
              <td className="figures num">{amount(line.balance)}</td>
            </tr>
          ))}
          <tr>
            <td colSpan={2}>
              {t("statement.closing")} · {t("statement.came")} {amount(sumOf(said.lines, false))} ·{" "}
              {t("statement.went")} {amount(sumOf(said.lines, true))}
            </td>
            <td colSpan={2} className="figures strong">
              {amount(said.closing)}
            </td>
          </tr>
        </tbody>
      </table>
      <p>{t("statement.sign")}</p>
      <Signatures names={[t("statement.of_seller"), t("statement.of_buyer"), t("statement.signed_on")]} />
    </Sheet>
  );
}
