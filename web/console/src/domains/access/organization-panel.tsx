import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { App, Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import {
  getGetOrganizationQueryKey,
  getGetOrganizationQueryOptions,
  getGetSeatsQueryOptions,
  getListPlacementsQueryOptions,
  useSwitchOrganization,
} from "@/gen/access/access";
import type { OrganizationOut } from "@/gen/model";
import { Card } from "@/ui/page";
import { ReasonDialog } from "@/ui/reason-action";
import { Refusal } from "@/ui/refusal";
import { StateTag } from "@/ui/state-tag";
import { PageSkeleton } from "@/ui/states";
import { useFormat } from "@/ui/use-format";
import { MoveOrganization } from "./move-organization";
import { OrganizationForm } from "./organization-form";
import { useSession } from "./session";

type Open = "edit" | "branch" | "move" | "switch" | null;

const isStaffKind = (organization: OrganizationOut) => ["BRAND", "BRANCH"].includes(organization.kind);

function Facts({ of: organization }: { of: OrganizationOut }) {
  const { t } = useTranslation("access");
  const seats = useQuery(getGetSeatsQueryOptions(organization.id));
  const used = seats.data?.used ?? 0;
  return (
    <dl className="facts">
      <div>
        <dt>{t("organization.code")}</dt>
        <dd className="figures">{organization.code}</dd>
      </div>
      <div>
        <dt>{t("organization.kind")}</dt>
        <dd>{t(`kind.${organization.kind}`)}</dd>
      </div>
      <div>
        <dt>{t("organization.timezone")}</dt>
        <dd>{organization.timezone}</dd>
      </div>
      <div>
        <dt>{t("organization.people")}</dt>
        <dd className="figures">
          <Link to="/users" search={{ organization: String(organization.id) } as never}>
            {seats.data?.seats == null ? used : `${used} / ${seats.data.seats}`}
          </Link>
        </dd>
      </div>
    </dl>
  );
}

function Placements({ of: organization }: { of: OrganizationOut }) {
  const { t } = useTranslation("access");
  const format = useFormat();
  const placements = useQuery(getListPlacementsQueryOptions(organization.id));
  if (placements.error) return <Refusal of={placements.error} />;
  return (
    <section className="stack">
      <h3>{t("organization.placements")}</h3>
      <ol className="plain-list">
        {(placements.data ?? []).map((one) => (
          <li key={`${one.valid_from} ${one.path}`}>
            <span className="figures">
              {one.valid_to
                ? t("organization.from_to", {
                    from: format.day(one.valid_from),
                    to: format.day(one.valid_to),
                  })
                : t("organization.since", { from: format.day(one.valid_from) })}
            </span>{" "}
            {one.parent_id === null
              ? t("organization.root")
              : t("organization.below", { parent: one.parent_name || t("move.no_parent") })}
          </li>
        ))}
      </ol>
    </section>
  );
}

function Actions({ of: organization, open }: { of: OrganizationOut; open: (what: Open) => void }) {
  const { t } = useTranslation("access");
  const isRoot = organization.kind === "BRAND";
  return (
    <div className="page-actions">
      <Button type="primary" onClick={() => open("edit")}>
        {t("organization.edit")}
      </Button>
      {isStaffKind(organization) && (
        <Button onClick={() => open("branch")}>{t("organization.new_branch")}</Button>
      )}
      {!isRoot && <Button onClick={() => open("move")}>{t("organization.move")}</Button>}
      {organization.kind === "BRANCH" && (
        <Button danger={organization.is_active} onClick={() => open("switch")}>
          {t(organization.is_active ? "organization.close" : "organization.reopen")}
        </Button>
      )}
    </div>
  );
}

/** One organization: what it is, where it stood, and what can be done with it. */
export function OrganizationPanel({ id, onChanged }: { id: number; onChanged: () => void }) {
  const { t } = useTranslation("access");
  const { message } = App.useApp();
  const { scopes } = useSession();
  const queries = useQueryClient();
  const [open, setOpen] = useState<Open>(null);
  const found = useQuery(getGetOrganizationQueryOptions(id));
  const refresh = () => {
    void queries.invalidateQueries({ queryKey: getGetOrganizationQueryKey(id) });
    onChanged();
  };
  const change = useSwitchOrganization({
    mutation: {
      onSuccess: (after) => {
        void message.success(
          t(after.is_active ? "organization.reopened" : "organization.is_closed", { name: after.name }),
        );
        setOpen(null);
        refresh();
      },
    },
  });
  if (found.error) return <Refusal of={found.error} />;
  if (!found.data) return <PageSkeleton />;
  const organization = found.data;
  const verb = organization.is_active ? "organization.close" : "organization.reopen";
  return (
    <Card
      title={organization.name}
      extra={
        <StateTag tone={organization.is_active ? "good" : "idle"}>
          {t(organization.is_active ? "organization.open" : "organization.closed")}
        </StateTag>
      }
    >
      <div className="stack">
        {scopes.has("organizations:write") && <Actions of={organization} open={setOpen} />}
        {!isStaffKind(organization) && (
          <p>
            <Link to="/partners/$partnerId" params={{ partnerId: String(organization.id) } as never}>
              {t("organization.partner_page")}
            </Link>
          </p>
        )}
        <Facts of={organization} />
        <Placements of={organization} />
      </div>
      {(open === "edit" || open === "branch") && (
        <OrganizationForm
          organization={organization}
          isNew={open === "branch"}
          onClose={() => setOpen(null)}
          onDone={refresh}
        />
      )}
      {open === "move" && (
        <MoveOrganization organizationId={id} onClose={() => setOpen(null)} onMoved={onChanged} />
      )}
      {open === "switch" && (
        <ReasonDialog
          isOpen
          title={t(verb)}
          explanation={t(
            organization.is_active ? "organization.close_explained" : "organization.reopen_explained",
            {
              name: organization.name,
            },
          )}
          confirm={t(verb)}
          isBusy={change.isPending}
          problem={change.error}
          onClose={() => setOpen(null)}
          onConfirm={(reason) =>
            change.mutate({ organizationId: id, data: { is_active: !organization.is_active, reason } })
          }
        />
      )}
    </Card>
  );
}
