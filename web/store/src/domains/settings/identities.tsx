import { useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useListIdentities, useSwitchIdentity } from "@/gen/access/access";
import { toTab } from "@/navigation";
import { IS_WEAPP } from "@/platform/server";
import { setToken } from "@/token";
import { Action } from "@/ui/action";
import { Card } from "@/ui/card";
import { Refused } from "@/ui/refused";
import "@/domains/home/home.scss";

/** The companies that this person serves; nothing when it is one. */
export function Identities() {
  const { t } = useTranslation("store-mine");
  const queries = useQueryClient();
  const { data } = useListIdentities();
  const change = useSwitchIdentity({
    mutation: {
      onSuccess: async (session) => {
        if (IS_WEAPP) setToken(session.token);
        queries.clear();
        await toTab("home");
      },
    },
  });
  if (!data || data.length < 2) return null;
  return (
    <Card title={t("identity.title")}>
      <p className="soft">{t("identity.note")}</p>
      {change.error && <Refused error={change.error} />}
      <ul>
        {data.map((one) => (
          <li key={one.user_id} className="usual">
            <span className="home-words">
              <span>{one.organization_name}</span>
              <span className="soft">{t(`kind.${one.organization_kind}`)}</span>
            </span>
            {one.is_current ? (
              <span className="soft">{t("identity.current")}</span>
            ) : (
              <Action
                kind="plain"
                isBusy={change.isPending}
                label={t("identity.go", { organization: one.organization_name })}
                onClick={() => change.mutate({ data: { user_id: one.user_id } })}
              >
                {t("identity.switch")}
              </Action>
            )}
          </li>
        ))}
      </ul>
    </Card>
  );
}
