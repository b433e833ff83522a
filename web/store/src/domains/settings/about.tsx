import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { RANGE_KEY } from "@/domains/offline/kept-range";
import { useNewVersion } from "@/domains/offline/version";
import type { OfflineOut } from "@/gen/model";
import { getOfflineRange } from "@/gen/shop/shop";
import { VERSION } from "@/platform/server";
import { Action } from "@/ui/action";
import { Card, Facts } from "@/ui/card";
import { useFormat } from "@/ui/use-format";

/** Which version this is, and how old what it can show without a network. */
export function About() {
  const { t } = useTranslation("store-mine");
  const { spoken } = useFormat();
  const renew = useNewVersion();
  // Looked at where it is kept, never asked for from here.
  const { dataUpdatedAt } = useQuery<OfflineOut>({
    queryKey: RANGE_KEY,
    queryFn: () => getOfflineRange(),
    enabled: false,
    gcTime: Number.POSITIVE_INFINITY,
  });
  const age = dataUpdatedAt
    ? t("settings.offline_at", { at: spoken(new Date(dataUpdatedAt).toISOString()) })
    : t("settings.offline_none");
  return (
    <Card title={t("settings.about")}>
      <p>{t("settings.about_text")}</p>
      <Facts
        of={[
          [t("settings.version"), VERSION],
          [t("settings.offline"), age],
        ]}
      />
      <p className="soft">{t("settings.offline_help")}</p>
      {renew && (
        <Action kind="plain" isWide onClick={renew}>
          {t("settings.update")}
        </Action>
      )}
    </Card>
  );
}
