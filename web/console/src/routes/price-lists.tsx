import { PlusOutlined } from "@ant-design/icons";
import { useSuspenseQuery } from "@tanstack/react-query";
import { Button, Segmented } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { sessionQuery } from "@/domains/access/session";
import { NewListDialog } from "@/domains/pricing/new-version-dialog";
import { PriceCalendar } from "@/domains/pricing/price-calendar";
import { PriceListTable } from "@/domains/pricing/price-list-table";
import { Page } from "@/ui/page";
import { one, useFilters } from "@/ui/use-filters";
import "@/theme/calendar.css";
import "@/theme/price-sheet.css";
import "@/theme/pricing.css";

const VIEWS = ["list", "calendar"] as const;

/** Every version of every price list, as a list or in time. */
export function PriceListsPage() {
  const { t } = useTranslation("prices");
  const { data: session } = useSuspenseQuery(sessionQuery);
  const [filters, change] = useFilters();
  const [isNew, setIsNew] = useState(false);
  const view = one(filters.view) === "calendar" ? "calendar" : "list";
  const mayWrite = session?.scopes.has("policies:write") ?? false;
  return (
    <Page
      title={t("list.title")}
      actions={
        <>
          <Segmented<(typeof VIEWS)[number]>
            aria-label={t("view.label")}
            value={view}
            options={VIEWS.map((value) => ({ value, label: t(`view.${value}`) }))}
            onChange={(next) =>
              change({ view: next === "list" ? undefined : next, start: undefined, span: undefined })
            }
          />
          {mayWrite && (
            <Button type="primary" icon={<PlusOutlined />} onClick={() => setIsNew(true)}>
              {t("new.title")}
            </Button>
          )}
        </>
      }
    >
      {view === "calendar" ? <PriceCalendar /> : <PriceListTable />}
      {isNew && <NewListDialog sellerId={session?.organizationId ?? 0} onClose={() => setIsNew(false)} />}
    </Page>
  );
}
