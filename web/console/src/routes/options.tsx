import { useQueries } from "@tanstack/react-query";
import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { OrganizationPicker } from "@/domains/access/organization-picker";
import { useSession } from "@/domains/access/session";
import { SellerValue } from "@/domains/administration/seller-value";
import { SettingList } from "@/domains/administration/setting-list";
import { getGetOrganizationQueryOptions } from "@/gen/access/access";
import { useListSettings } from "@/gen/settings/settings";
import { Page } from "@/ui/page";

/** The names of the sellers that have values of their own. */
function useSellerName(): (id: number) => string {
  const settings = useListSettings();
  const ids = [...new Set((settings.data ?? []).map((one) => one.seller_id).filter((id) => id !== null))];
  const found = useQueries({ queries: ids.map((id) => getGetOrganizationQueryOptions(id)) });
  return (id) => found.find((one) => one.data?.id === id)?.data?.name ?? String(id);
}

export function OptionsPage() {
  const { t } = useTranslation("administration");
  const { scopes } = useSession();
  const nameOf = useSellerName();
  const [isOpen, setIsOpen] = useState(false);
  return (
    <Page
      title={t("option.title")}
      note={t("option.note")}
      actions={
        scopes.has("settings:write") && (
          <Button onClick={() => setIsOpen(true)}>{t("option.for_seller")}</Button>
        )
      }
    >
      <SettingList nameOf={nameOf} />
      {isOpen && (
        <SellerValue
          picker={(value, onPick) => (
            <OrganizationPicker
              label={t("option.seller")}
              value={value}
              kinds={["BRAND", "DISTRIBUTOR", "SUB_DISTRIBUTOR"]}
              onPick={(picked) => onPick(picked?.id ?? null)}
            />
          )}
          onClose={() => setIsOpen(false)}
        />
      )}
    </Page>
  );
}
