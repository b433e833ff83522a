import { number } from "@shared/money";
import { Link } from "@tanstack/react-router";
import i18next from "i18next";
import { useTranslation } from "react-i18next";
import type { FindingOut, PriceListPageOut } from "@/gen/model";
import { useLintPriceList } from "@/gen/prices/prices";
import { Card } from "@/ui/page";
import { Refusal } from "@/ui/refusal";
import { StateTag } from "@/ui/state-tag";
import { EmptyState } from "@/ui/states";

const text = (value: unknown): string =>
  typeof value === "string" || typeof value === "number" ? String(value) : "";

/** Our words for a finding; the server's where the catalogue does not know the code yet. */
function wordsOf(finding: FindingOut): { title: string; remedy: string } {
  const name = finding.code.replace("pricing.lint.", "");
  const facts = {
    count: Number(finding.facts.count ?? 0),
    list: text(finding.facts.list),
    wins: text(finding.facts.wins),
  };
  const say = (part: "title" | "remedy") => {
    const key = finding.code.startsWith("pricing.lint.")
      ? `prices:finding.${name}.${part}`
      : `refusals:${finding.code}.${part}`;
    return i18next.exists(key, facts) ? String(i18next.t(key as never, facts as never)) : "";
  };
  return { title: say("title") || finding.message, remedy: say("remedy") || finding.remedy };
}

/** Which rows a finding is about, as links into the sheet. */
function Rows({ of: finding, versionId }: { of: FindingOut; versionId: string }) {
  const { t } = useTranslation("prices");
  const { sku_id: one, unit, sku_ids: several } = finding.facts;
  const ids = typeof one === "number" ? [one] : Array.isArray(several) ? several.map(Number) : [];
  if (ids.length === 0) return null;
  return (
    <div className="tag-row">
      {ids.slice(0, 10).map((id, index) => (
        <Link
          key={id}
          className="tag"
          to="/price-lists/$versionId"
          params={{ versionId }}
          search={{ tab: "rows", row: `${id} ${text(unit)}`.trim() } as never}
        >
          {t("lint.to_row", { no: number(index + 1) })}
        </Link>
      ))}
    </div>
  );
}

/** What publishing would refuse now and what to look at first, each with its remedy and the way to its rows. */
export function LintFindings({ of: version }: { of: PriceListPageOut }) {
  const { t } = useTranslation("prices");
  const { data, error, refetch } = useLintPriceList(version.id, { query: { staleTime: 0 } });
  if (error) return <Refusal of={error} onRetry={() => void refetch()} />;
  if (!data) return null;
  if (data.findings.length === 0)
    return (
      <Card>
        <EmptyState text={t("lint.clean")} />
      </Card>
    );
  const errors = data.findings.filter(({ severity }) => severity === "ERROR").length;
  return (
    <Card
      title={
        errors > 0 ? t("lint.errors", { count: errors }) : t("lint.warnings", { count: data.findings.length })
      }
    >
      <ul className="findings">
        {data.findings.map((finding, index) => {
          const words = wordsOf(finding);
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: two findings may say the same of two rows
            <li key={`${finding.code} ${index}`}>
              <StateTag tone={finding.severity === "ERROR" ? "bad" : "wait"}>
                {t(`lint.${finding.severity}`)}
              </StateTag>
              <div>
                <p>
                  <strong>{words.title}</strong>
                </p>
                <p className="quiet">{words.remedy}</p>
                <Rows of={finding} versionId={version.id} />
              </div>
            </li>
          );
        })}
      </ul>
    </Card>
  );
}
