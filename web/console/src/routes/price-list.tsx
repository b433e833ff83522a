import { number } from "@shared/money";
import { useSuspenseQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { Alert, Tabs } from "antd";
import { useTranslation } from "react-i18next";
import { sessionQuery } from "@/domains/access/session";
import { VersionDiff } from "@/domains/pricing/diff-table";
import { HeadForm } from "@/domains/pricing/head-form";
import { LintFindings } from "@/domains/pricing/lint-findings";
import { PreviewDesk } from "@/domains/pricing/preview-desk";
import { useValidity } from "@/domains/pricing/price-list-table";
import { PriceSheet } from "@/domains/pricing/sheet/price-sheet";
import { VersionStateTag } from "@/domains/pricing/states";
import { VersionActions } from "@/domains/pricing/version-actions";
import { VersionHistory } from "@/domains/pricing/version-history";
import type { PriceListPageOut } from "@/gen/model";
import { useGetPriceList } from "@/gen/prices/prices";
import { Page } from "@/ui/page";
import { Refusal } from "@/ui/refusal";
import { PageSkeleton } from "@/ui/states";
import { one, useFilters } from "@/ui/use-filters";
import "@/theme/pricing.css";

const TABS = ["rows", "head", "check", "diff", "preview", "history"] as const;
type Tab = (typeof TABS)[number];

function KeyFigures({ of: version }: { of: PriceListPageOut }) {
  const { t } = useTranslation("prices");
  const validity = useValidity();
  const width =
    version.width === null
      ? ""
      : t("audience.count", { count: version.width, partners: number(version.width) });
  return (
    <dl className="card key-figures figures">
      <div>
        <dt>{t("field.rows")}</dt>
        <dd>{number(version.row_count)}</dd>
      </div>
      <div>
        <dt>{t("field.width")}</dt>
        <dd className="key-text">
          {version.audience_words} {width && <span className="quiet">{width}</span>}
        </dd>
      </div>
      <div>
        <dt>{t("field.validity")}</dt>
        <dd className="key-text">{validity(version)}</dd>
      </div>
      <div>
        <dt>{t("field.level")}</dt>
        <dd className="key-text">
          {t(`level_name.${version.level}`)}
          {version.priority !== 0 && (
            <span className="quiet"> {t("field.priority_at", { priority: version.priority })}</span>
          )}
        </dd>
      </div>
      <div>
        <dt>{t("field.seller")}</dt>
        <dd className="key-text">{version.seller_name}</dd>
      </div>
    </dl>
  );
}

/** Whoever cannot take the next step is told whose it is. */
function WhatNext({ of: version }: { of: PriceListPageOut }) {
  const { t } = useTranslation("prices");
  const step = version.state === "DRAFT" ? "approve" : version.state === "APPROVED" ? "publish" : null;
  if (!step || version.allowed_actions.includes(step) || version.row_count === 0) return null;
  return <Alert className="section-gap" type="info" showIcon title={t(`next.${step}`)} />;
}

function Content({ of: version, tab }: { of: PriceListPageOut; tab: Tab }) {
  const { data: session } = useSuspenseQuery(sessionQuery);
  switch (tab) {
    case "rows":
      return <PriceSheet of={version} userId={session?.userId ?? 0} />;
    case "head":
      return <HeadForm key={version.version} of={version} />;
    case "check":
      return <LintFindings of={version} />;
    case "diff":
      return <VersionDiff of={version} />;
    case "preview":
      return <PreviewDesk of={version} />;
    default:
      return <VersionHistory of={version} isStaff={session?.isStaff ?? false} />;
  }
}

/** One version of a price list: its rows as a spreadsheet, whom it speaks to, what it changes, who did what. */
export function PriceListPage() {
  const { t } = useTranslation("prices");
  const { versionId = "" } = useParams({ strict: false }) as { versionId?: string };
  const [filters, change] = useFilters();
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
  const isOpen = version.state === "DRAFT" || version.state === "APPROVED";
  const tabs = TABS.filter((one) => isOpen || one !== "check");
  const tab = tabs.find((name) => name === one(filters.tab)) ?? "rows";
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
      <WhatNext of={version} />
      <Tabs
        className="tabs"
        activeKey={tab}
        items={tabs.map((key) => ({ key, label: t(`tab.${key}`) }))}
        onChange={(key) => change({ tab: key, text: undefined, kind: undefined, row: undefined })}
      />
      <Content key={version.id} of={version} tab={tab} />
    </Page>
  );
}
