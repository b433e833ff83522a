import { number } from "@shared/money";
import { useParams } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useValidity } from "@/domains/pricing/price-list-table";
import { PriceRows } from "@/domains/pricing/price-rows";
import { VersionStateTag } from "@/domains/pricing/states";
import { VersionActions } from "@/domains/pricing/version-actions";
import { VersionDiff, VersionLint } from "@/domains/pricing/version-checks";
import type { PriceListPageOut } from "@/gen/model";
import { useGetPriceList } from "@/gen/prices/prices";
import { Page } from "@/ui/page";
import { Refusal } from "@/ui/refusal";
import { PageSkeleton } from "@/ui/states";

function KeyFigures({ of: version }: { of: PriceListPageOut }) {
  const { t } = useTranslation("prices");
  const validity = useValidity();
  const { width } = version;
  return (
    <dl className="card key-figures figures">
      <div>
        <dt>{t("field.rows")}</dt>
        <dd>{number(version.row_count)}</dd>
      </div>
      <div>
        <dt>{t("field.width")}</dt>
        <dd>
          {width === null
            ? t("audience.everyone")
            : t("audience.count", { count: width, partners: number(width) })}
        </dd>
      </div>
      <div>
        <dt>{t("field.validity")}</dt>
        <dd>{validity(version)}</dd>
      </div>
      <div>
        <dt>{t("field.level")}</dt>
        <dd className="key-text">{t(`level_name.${version.level}`)}</dd>
      </div>
      <div>
        <dt>{t("field.seller")}</dt>
        <dd className="key-text">{version.seller_name}</dd>
      </div>
    </dl>
  );
}

export function PriceListPage() {
  const { t } = useTranslation("prices");
  const { versionId = "" } = useParams({ strict: false }) as { versionId?: string };
  const { data: version, error, refetch } = useGetPriceList(versionId);
  const list = { label: t("list.title"), to: "/price-lists" };
  if (error && !version) {
    return (
      <Page title={t("list.title")} crumbs={[list]}>
        <Refusal of={error} onRetry={() => void refetch()} />
      </Page>
    );
  }
  if (!version) return <PageSkeleton />;
  const label = `${version.code} ${t("field.version_no", { no: version.version_no })}`;
  return (
    <Page
      crumbs={[list, { label }]}
      title={
        <>
          {version.name} <VersionStateTag of={version.state} />
        </>
      }
      note={label}
      actions={<VersionActions of={version} />}
    >
      <KeyFigures of={version} />
      <div className="document">
        <div>
          <PriceRows of={version} />
        </div>
        <div className="stack">
          <VersionLint of={version} />
          <VersionDiff of={version} />
        </div>
      </div>
    </Page>
  );
}
