import { useSuspenseQuery } from "@tanstack/react-query";
import { DatePicker } from "antd";
import dayjs from "dayjs";
import { useCallback, useState } from "react";
import { useTranslation } from "react-i18next";
import { sessionQuery } from "@/domains/access/session";
import { Authorities } from "@/domains/pricing/authorities";
import { OrganizationSelect } from "@/domains/pricing/organization-select";
import { PriceAnswer } from "@/domains/pricing/price-answer";
import { PriceTable } from "@/domains/pricing/price-table";
import type { ShownPriceOut } from "@/gen/model";
import { FormField } from "@/ui/form-field";
import { Card, Page } from "@/ui/page";
import { EmptyState } from "@/ui/states";
import { one, useFilters } from "@/ui/use-filters";
import { useFormat } from "@/ui/use-format";
import "@/theme/price-sheet.css";
import "@/theme/pricing.css";

/** What a buyer pays and why: staff choose the buyer, a dealer sees its own prices. */
export function PricesPage() {
  const { t } = useTranslation("prices");
  const format = useFormat();
  const { data: session } = useSuspenseQuery(sessionQuery);
  const [filters, change] = useFilters();
  const [asked, setAsked] = useState<ShownPriceOut | null>(null);
  const isStaff = session?.isStaff ?? false;
  const chosen = Number(one(filters.buyer)) || undefined;
  const on = one(filters.on) || undefined;
  const buyerId = isStaff ? chosen : undefined;
  const onWhy = useCallback((row: ShownPriceOut) => setAsked(row), []);
  return (
    <Page title={t(isStaff ? "page.title" : "page.mine")}>
      <div className="stack">
        <Card>
          <div className="form-grid">
            {isStaff && (
              <FormField label={t("page.buyer")}>
                <OrganizationSelect
                  isSingle
                  value={chosen ? [chosen] : []}
                  onChange={([id]) => change({ buyer: id ? String(id) : undefined })}
                />
              </FormField>
            )}
            <FormField label={t("page.on")}>
              <DatePicker
                style={{ width: "100%" }}
                placeholder={format.today()}
                value={on ? dayjs(on) : null}
                onChange={(day) => change({ on: day?.format("YYYY-MM-DD") })}
              />
            </FormField>
          </div>
        </Card>
        {isStaff && !chosen ? (
          <div className="card">
            <EmptyState text={t("page.choose")} />
          </div>
        ) : (
          <div>
            <PriceTable buyerId={buyerId} on={on} onWhy={onWhy} />
          </div>
        )}
        {isStaff && session?.scopes.has("policies:read") && <Authorities />}
      </div>
      {asked && (
        <PriceAnswer
          key={asked.sku_id}
          goods={asked}
          buyerId={buyerId}
          on={on}
          isStaff={isStaff && (session?.scopes.has("policies:read") ?? false)}
          onClose={() => setAsked(null)}
        />
      )}
    </Page>
  );
}
