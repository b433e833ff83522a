import { useTranslation } from "react-i18next";
import { OrganizationPanel } from "@/domains/access/organization-panel";
import { OrganizationTree } from "@/domains/access/organization-tree";
import { useSession } from "@/domains/access/session";
import { useTree } from "@/domains/access/use-tree";
import { Page } from "@/ui/page";
import { one, useFilters } from "@/ui/use-filters";

export function OrganizationPage() {
  const { t } = useTranslation("access");
  const { organizationId } = useSession();
  const [filters, change] = useFilters();
  const tree = useTree();
  const selected = Number(one(filters.organization)) || organizationId;
  return (
    <Page title={t("organization.title")} note={t("organization.note")}>
      <div className="two-columns">
        <OrganizationTree
          rootId={organizationId}
          tree={tree}
          selectedId={selected}
          onSelect={(id) => change({ organization: String(id) })}
        />
        <OrganizationPanel key={selected} id={selected} onChanged={() => void tree.reload()} />
      </div>
    </Page>
  );
}
