import { useNavigate, useParams } from "@tanstack/react-router";
import { Button, Tabs } from "antd";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { OrganizationPicker } from "@/domains/access/organization-picker";
import { useSession } from "@/domains/access/session";
import { UserForm } from "@/domains/access/user-form";
import { UserList } from "@/domains/access/user-list";
import { CreditSummary } from "@/domains/credit/credit-summary";
import { type Drill, DrillDrawer } from "@/domains/insights/drill-drawer";
import { PartnerStateTag } from "@/domains/partners/states";
import { PartnerActions } from "@/domains/partners/status-actions";
import { ContractsTab } from "@/domains/partners/tabs/contracts";
import { FiguresTab } from "@/domains/partners/tabs/figures";
import { HistoryTab } from "@/domains/partners/tabs/history";
import { MoneyTab } from "@/domains/partners/tabs/money";
import { OrdersTab } from "@/domains/partners/tabs/orders";
import { PeopleTab } from "@/domains/partners/tabs/people";
import { PricesTab } from "@/domains/partners/tabs/prices";
import { ProfileTab } from "@/domains/partners/tabs/profile";
import { StockTab } from "@/domains/partners/tabs/stock";
import { StoryTab } from "@/domains/partners/tabs/story";
import type { PartnerPageOut } from "@/gen/model";
import { useGetPartner } from "@/gen/partners/partners";
import { Attachments } from "@/ui/attachments";
import { Comments } from "@/ui/comments";
import { Page } from "@/ui/page";
import { Refusal } from "@/ui/refusal";
import { PageSkeleton } from "@/ui/states";

export function PartnerUsers({ partnerId, mayAdd }: { partnerId: number; mayAdd: boolean }) {
  const { t } = useTranslation("access");
  const [isNew, setIsNew] = useState(false);
  return (
    <>
      {mayAdd && (
        <div className="list-tools">
          <Button onClick={() => setIsNew(true)}>{t("user.new")}</Button>
        </div>
      )}
      <UserList organizationId={partnerId} />
      {isNew && <UserForm organizationId={partnerId} onClose={() => setIsNew(false)} />}
    </>
  );
}

function Figures({ code }: { code: string }) {
  const [drill, setDrill] = useState<Drill | null>(null);
  return (
    <>
      <FiguresTab code={code} onDrill={setDrill} />
      <DrillDrawer drill={drill} currency="CNY" onClose={() => setDrill(null)} />
    </>
  );
}

interface Section {
  key: string;
  label: string;
  /** The scope that opens it; what the reader may not see has no tab. */
  scope: string;
  show: () => ReactNode;
}

function useSections(partner: PartnerPageOut): Section[] {
  const { t } = useTranslation("partners");
  const { scopes, isStaff, userId } = useSession();
  const mayKeep = scopes.has("contacts:write");
  const pickSeller = (value: number | null, onPick: (id: number | null) => void) => (
    <OrganizationPicker
      label={t("contract.seller")}
      value={value}
      exceptId={partner.id}
      onPick={(picked) => onPick(picked?.id ?? null)}
    />
  );
  const id = partner.id;
  const files = scopes.has("files:read") && (
    <Attachments
      subjectType="partner"
      subjectId={String(id)}
      mayWrite={scopes.has("files:write")}
      userId={userId}
    />
  );
  const all: Section[] = [
    {
      key: "profile",
      label: t("tab.profile"),
      scope: "partners:read",
      show: () => <ProfileTab of={partner} mayKeep={mayKeep} files={files} />,
    },
    {
      key: "people",
      label: t("tab.people"),
      scope: "partners:read",
      show: () => <PeopleTab of={partner} mayKeep={mayKeep} />,
    },
    {
      key: "contracts",
      label: t("tab.contracts"),
      scope: "partners:read",
      show: () => <ContractsTab of={partner} sellerField={pickSeller} />,
    },
    {
      key: "users",
      label: t("tab.users"),
      scope: "users:read",
      show: () => <PartnerUsers partnerId={id} mayAdd={scopes.has("users:write")} />,
    },
    { key: "prices", label: t("tab.prices"), scope: "prices:read", show: () => <PricesTab partnerId={id} /> },
    { key: "orders", label: t("tab.orders"), scope: "orders:read", show: () => <OrdersTab partnerId={id} /> },
    { key: "stock", label: t("tab.stock"), scope: "stock:read", show: () => <StockTab partnerId={id} /> },
    {
      key: "money",
      label: t("tab.money"),
      scope: "money:read",
      show: () => (
        <MoneyTab
          partnerId={id}
          mayGrant={scopes.has("credit:write") && isStaff}
          summary={<CreditSummary buyerId={id} />}
        />
      ),
    },
    {
      key: "figures",
      label: t("tab.figures"),
      scope: "metrics:read",
      show: () => <Figures code={partner.code} />,
    },
    { key: "story", label: t("tab.story"), scope: "partners:read", show: () => <StoryTab partnerId={id} /> },
    {
      key: "comments",
      label: t("tab.comments"),
      scope: "session:use",
      show: () => <Comments subjectType="partner" subjectId={String(id)} isStaff={isStaff} />,
    },
    {
      key: "history",
      label: t("tab.history"),
      scope: "audit:read",
      show: () => <HistoryTab partnerId={id} />,
    },
  ];
  return all.filter((section) => scopes.has(section.scope));
}

function Document({ of: partner }: { of: PartnerPageOut }) {
  const navigate = useNavigate();
  const { section = "" } = useParams({ strict: false }) as { section?: string };
  const sections = useSections(partner);
  const shown = sections.find(({ key }) => key === section) ?? sections[0];
  return (
    <>
      <Tabs
        className="tabs"
        activeKey={shown?.key}
        onChange={(key) =>
          void navigate({
            to: "/partners/$partnerId/$section",
            params: { partnerId: String(partner.id), section: key },
          } as never)
        }
        items={sections.map(({ key, label }) => ({ key, label }))}
      />
      {shown?.show()}
    </>
  );
}

export function PartnerPage() {
  const { t } = useTranslation(["partners", "access"]);
  const { scopes } = useSession();
  const navigate = useNavigate();
  const { partnerId = "" } = useParams({ strict: false }) as { partnerId?: string };
  const { data: partner, error, refetch } = useGetPartner(Number(partnerId));
  const list = { label: t("list.title"), to: "/partners" };
  if (error && !partner) {
    return (
      <Page title={t("list.title")} crumbs={[list]}>
        <Refusal of={error} onRetry={() => void refetch()} />
      </Page>
    );
  }
  if (!partner) return <PageSkeleton />;
  return (
    <Page
      crumbs={[list, { label: partner.name }]}
      title={
        <>
          {partner.name} <PartnerStateTag of={partner.status} />
        </>
      }
      note={[partner.code, partner.tier, partner.parent_name].filter(Boolean).join(" · ")}
      actions={
        <>
          {scopes.has("orders:read") && (
            <Button
              onClick={() => void navigate({ to: "/orders", search: { buyer: String(partner.id) } } as never)}
            >
              {t("action.orders")}
            </Button>
          )}
          <PartnerActions of={partner} />
        </>
      }
    >
      <Document of={partner} />
    </Page>
  );
}
