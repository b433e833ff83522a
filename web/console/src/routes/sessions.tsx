import { useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { DeviceList } from "@/domains/access/device-list";
import { PasswordForm } from "@/domains/access/password-form";
import { PreferencesCard } from "@/domains/access/preferences-card";
import { TotpSetup } from "@/domains/access/totp-setup";
import { getListDevicesQueryKey } from "@/gen/access/access";
import { Page } from "@/ui/page";

export function SessionsPage() {
  const { t } = useTranslation("access");
  const queries = useQueryClient();
  const reload = () => void queries.invalidateQueries({ queryKey: getListDevicesQueryKey() });
  return (
    <Page title={t("device.title")} note={t("device.note")}>
      <div className="stack">
        <DeviceList />
        <div className="fields fields-fit">
          <PasswordForm onDone={reload} />
          <TotpSetup />
          <PreferencesCard />
        </div>
      </div>
    </Page>
  );
}
