import { useNavigate, useRouterState } from "@tanstack/react-router";
import { Button, Segmented } from "antd";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { MoveOrganization } from "@/domains/access/move-organization";
import { OrganizationPicker } from "@/domains/access/organization-picker";
import { useSession } from "@/domains/access/session";
import { exportOf } from "@/domains/partners/filters";
import { NewPartner } from "@/domains/partners/new-partner";
import { PartnerList, PartnerTotals } from "@/domains/partners/partner-list";
import { PartnerMap } from "@/domains/partners/partner-map";
import { PartnerTree } from "@/domains/partners/partner-tree";
import { ExportButton } from "@/ui/export-button";
import { Page } from "@/ui/page";
import type { View } from "@/ui/saved-views";
import { useFilters } from "@/ui/use-filters";
import { useFormat } from "@/ui/use-format";

const VIEWS = ["/partners", "/partners/map", "/partners/tree"] as const;

function Frame({ note, actions, children }: { note?: ReactNode; actions?: ReactNode; children: ReactNode }) {
  const { t } = useTranslation(["partners", "access"]);
  const { scopes } = useSession();
  const navigate = useNavigate();
  const path = useRouterState({ select: (state) => state.location.pathname });
  const [isNew, setIsNew] = useState(false);
  const labels = [t("view.list"), t("view.map"), t("view.tree")];
  const shown = VIEWS.filter((view) => view !== "/partners/map" || scopes.has("metrics:read"));
  return (
    <Page
      title={t("list.title")}
      note={note}
      actions={
        <>
          <Segmented
            value={path}
            onChange={(key) => void navigate({ to: key })}
            options={shown.map((view) => ({ value: view, label: labels[VIEWS.indexOf(view)] }))}
          />
          {actions}
          {scopes.has("partners:write") && (
            <Button type="primary" onClick={() => setIsNew(true)}>
              {t("new.open")}
            </Button>
          )}
        </>
      }
    >
      {children}
      {isNew && (
        <NewPartner
          onClose={() => setIsNew(false)}
          parentField={(value, onPick) => (
            <OrganizationPicker
              label={t("new.parent")}
              value={value}
              onPick={(picked) => onPick(picked?.id ?? null)}
            />
          )}
        />
      )}
    </Page>
  );
}

export function PartnersPage() {
  const { t } = useTranslation("partners");
  const { organizationId, isStaff, scopes } = useSession();
  const [filters] = useFilters();
  const format = useFormat();
  const today = format.today();
  const views: View[] = [
    { key: "all", label: t("views.all"), filters: {} },
    { key: "dealers", label: t("views.dealers"), filters: { kind: "DISTRIBUTOR" } },
    { key: "ending", label: t("views.ending"), filters: { contract: "60" } },
    { key: "gaps", label: t("views.gaps"), filters: { kind: "DISTRIBUTOR", gap: "USCC_MISSING" } },
    { key: "frozen", label: t("views.frozen"), filters: { status: "FROZEN" } },
  ];
  return (
    <Frame
      note={<PartnerTotals />}
      actions={
        scopes.has("exports:run") && (
          <ExportButton name="partners" filters={exportOf(filters, today)} fileName={`partners-${today}`} />
        )
      }
    >
      <PartnerList organizationId={isStaff ? organizationId : 0} views={isStaff ? views : undefined} />
    </Frame>
  );
}

export function PartnerMapPage() {
  return (
    <Frame>
      <PartnerMap />
    </Frame>
  );
}

export function PartnerTreePage() {
  const { organizationId, organization, scopes } = useSession();
  const [move, setMove] = useState<{ id: number; to?: number } | null>(null);
  const [edition, setEdition] = useState(0);
  return (
    <Frame>
      <PartnerTree
        root={{ id: organizationId, name: organization }}
        mayMove={scopes.has("organizations:write")}
        edition={edition}
        onMove={(id, to) => setMove({ id, to })}
      />
      {move && (
        <MoveOrganization
          organizationId={move.id}
          targetId={move.to}
          onClose={() => setMove(null)}
          onMoved={() => setEdition((before) => before + 1)}
        />
      )}
    </Frame>
  );
}
