import { Link } from "@tanstack/react-router";
import i18next from "i18next";
import { useTranslation } from "react-i18next";
import type { FindingOut, LintOut, PriceListPageOut } from "@/gen/model";
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

const ROWS_SHOWN = 10;

function skusOf({ facts }: FindingOut): number[] {
  if (typeof facts.sku_id === "number") return [facts.sku_id];
  return Array.isArray(facts.sku_ids) ? facts.sku_ids.map(Number) : [];
}

/** Which rows a finding is about, as links into the sheet. */
function Rows({
  of: finding,
  goods,
  versionId,
}: {
  of: FindingOut;
  goods: LintOut["goods"];
  versionId: string;
}) {
  const { t } = useTranslation("prices");
  const { unit } = finding.facts;
  const ids = skusOf(finding);
  const shown = ids.slice(0, ROWS_SHOWN);
  // The facts name some of many.
  const more = Math.max(Number(finding.facts.count ?? 0), ids.length) - shown.length;
  if (ids.length === 0) return null;
  return (
    <div className="tag-row">
      {shown.map((id) => (
        <Link
          key={id}
          className="tag"
          to="/price-lists/$versionId"
          params={{ versionId }}
          search={{ tab: "rows", row: `${id} ${text(unit)}`.trim() } as never}
        >
          {goods[String(id)] ?? t("lint.to_row")}
        </Link>
      ))}
      {more > 0 && <span className="quiet">{t("lint.more_rows", { count: more })}</span>}
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
                <Rows of={finding} goods={data.goods} versionId={version.id} />
              </div>
            </li>
          );
        })}
      </ul>
    </Card>
  );
}
