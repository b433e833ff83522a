import { Tabs } from "antd";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useSession } from "@/domains/access/session";
import { PartnerStateTag } from "@/domains/partners/states";
import { PeopleTab } from "@/domains/partners/tabs/people";
import { ProfileTab } from "@/domains/partners/tabs/profile";
import type { PartnerPageOut } from "@/gen/model";
import { useGetPartner } from "@/gen/partners/partners";
import { Attachments } from "@/ui/attachments";
import { Page } from "@/ui/page";
import { Refusal } from "@/ui/refusal";
import { PageSkeleton } from "@/ui/states";
import { one, useFilters } from "@/ui/use-filters";
import { Missing } from "./fallbacks";
import { PartnerUsers } from "./partner";

/** What a partner keeps of itself: profile with licences, people with addresses, users. */
function Sections({ of: partner }: { of: PartnerPageOut }) {
  const { t } = useTranslation("partners");
  const { scopes, userId } = useSession();
  const [filters, change] = useFilters();
  const mayKeep = scopes.has("contacts:write");
  const files = scopes.has("files:read") && (
    <Attachments
      subjectType="partner"
      subjectId={String(partner.id)}
      mayWrite={scopes.has("files:write")}
      userId={userId}
    />
  );
  const sections: { key: string; label: string; scope: string; show: ReactNode }[] = [
    {
      key: "profile",
      label: t("tab.profile"),
      scope: "partners:read",
      show: <ProfileTab of={partner} mayKeep={mayKeep} files={files} />,
    },
    {
      key: "people",
      label: t("tab.people"),
      scope: "partners:read",
      show: <PeopleTab of={partner} mayKeep={mayKeep} />,
    },
    {
      key: "users",
      label: t("tab.users"),
      scope: "users:read",
      show: <PartnerUsers partnerId={partner.id} mayAdd={scopes.has("users:write")} />,
    },
  ];
  const shown = sections.filter((section) => scopes.has(section.scope));
  const open = shown.find(({ key }) => key === one(filters.tab)) ?? shown[0];
  return (
    <>
      <Tabs
        className="tabs"
        activeKey={open?.key}
        items={shown.map(({ key, label }) => ({ key, label }))}
        onChange={(tab) => change({ tab })}
      />
      {open?.show}
    </>
  );
}

function OwnCompany({ id }: { id: number }) {
  const { t } = useTranslation(["common", "partners"]);
  const { data: partner, error, refetch } = useGetPartner(id);
  if (error && !partner) {
    return (
      <Page title={t("menu.company")}>
        <Refusal of={error} onRetry={() => void refetch()} />
      </Page>
    );
  }
  if (!partner) return <PageSkeleton />;
  return (
    <Page
      title={
        <>
          {partner.name} <PartnerStateTag of={partner.status} />
        </>
      }
      note={[partner.code, partner.tier].filter(Boolean).join(" · ")}
    >
      <Sections of={partner} />
    </Page>
  );
}

/** A partner's own page; headquarters is no partner and has none. */
export function CompanyPage() {
  const { isStaff, organizationId } = useSession();
  return isStaff ? <Missing /> : <OwnCompany id={organizationId} />;
}
