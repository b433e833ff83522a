import { number, unitPrice } from "@shared/money";
import { useTranslation } from "react-i18next";
import type { PriceListPageOut, RowChangeOut } from "@/gen/model";
import { useDiffPriceList, useLintPriceList } from "@/gen/prices/prices";
import { Card } from "@/ui/page";
import { Refusal } from "@/ui/refusal";
import { StateTag } from "@/ui/state-tag";

const SHOWN = 12;

function Changes({
  title,
  rows,
  currency,
}: {
  title: string;
  rows: readonly RowChangeOut[];
  currency: string;
}) {
  const { t } = useTranslation("prices");
  if (rows.length === 0) return null;
  return (
    <section>
      <h3>{title}</h3>
      <ul className="holds figures">
        {rows.slice(0, SHOWN).map((row) => (
          <li key={`${row.sku_id} ${row.unit}`}>
            <span>{row.sku_code}</span>
            <span className="nowrap">
              {unitPrice(row.before, currency)} → {unitPrice(row.after, currency)} / {row.unit}
            </span>
            <span className="quiet">{number(row.percent)}%</span>
          </li>
        ))}
      </ul>
      {rows.length > SHOWN && <p className="quiet">{t("diff.more", { count: rows.length - SHOWN })}</p>}
    </section>
  );
}

/** What this version changes, in words and in figures. */
export function VersionDiff({ of: version }: { of: PriceListPageOut }) {
  const { t } = useTranslation("prices");
  const { data, error } = useDiffPriceList(version.id);
  return (
    <Card title={t("diff.title")}>
      <div className="stack">
        <Refusal of={error} />
        {data && data.words.length === 0 && <p className="quiet">{t("diff.none")}</p>}
        <ul className="words">
          {data?.words.slice(0, SHOWN).map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
        {data && <Changes title={t("diff.raised")} rows={data.raised} currency={version.currency} />}
        {data && <Changes title={t("diff.lowered")} rows={data.lowered} currency={version.currency} />}
      </div>
    </Card>
  );
}

/** What publishing would refuse now, and what to look at first. */
export function VersionLint({ of: version }: { of: PriceListPageOut }) {
  const { t } = useTranslation("prices");
  const isWanted = version.state === "DRAFT" || version.state === "APPROVED";
  const { data, error } = useLintPriceList(version.id, { query: { enabled: isWanted } });
  if (!isWanted) return null;
  return (
    <Card title={t("lint.title")}>
      <div className="stack">
        <Refusal of={error} />
        {data && data.findings.length === 0 && <StateTag tone="good">{t("lint.clean")}</StateTag>}
        <ul className="stack">
          {data?.findings.map((finding) => (
            <li key={`${finding.code} ${finding.message}`}>
              <StateTag tone={finding.severity === "ERROR" ? "bad" : "wait"}>
                {t(`lint.${finding.severity}`)}
              </StateTag>
              <p>{finding.message}</p>
              <p className="quiet">{finding.remedy}</p>
            </li>
          ))}
        </ul>
      </div>
    </Card>
  );
}
