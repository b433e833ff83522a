import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { factorOf, wantsFactor } from "@/domains/entry/asks";
import { useListIdentities, useSwitchIdentity } from "@/gen/access/access";
import type { IdentityOut } from "@/gen/model";
import { toTab } from "@/navigation";
import { IS_WEAPP } from "@/platform/server";
import { setToken } from "@/token";
import { Action } from "@/ui/action";
import { Card } from "@/ui/card";
import { Refused } from "@/ui/refused";
import { sayThere } from "@/ui/said";
import { FactorSheet } from "./factor-sheet";
import "@/domains/home/home.scss";

/** The companies that this person serves; nothing when it is one. */
export function Identities() {
  const { t } = useTranslation("store-mine");
  const queries = useQueryClient();
  const { data } = useListIdentities();
  /** The identity whose second factor is asked for. */
  const [asked, setAsked] = useState<IdentityOut | null>(null);
  const change = useSwitchIdentity({
    mutation: {
      onSuccess: async (session) => {
        if (IS_WEAPP) setToken(session.token);
        setAsked(null);
        queries.clear();
        await sayThere(toTab("home"), t("identity.done", { organization: session.organization_name }));
      },
    },
  });
  if (!data || data.length < 2) return null;
  const go = (one: IdentityOut, factor: string) =>
    change.mutate(
      { data: { user_id: one.user_id, ...factorOf(factor) } },
      { onError: (problem) => wantsFactor(problem) && setAsked(one) },
    );
  return (
    <Card title={t("identity.title")}>
      <p className="soft">{t("identity.note")}</p>
      {change.error && !asked && !wantsFactor(change.error) && <Refused error={change.error} />}
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
                isBusy={change.isPending && change.variables?.data.user_id === one.user_id}
                isDisabled={change.isPending}
                label={t("identity.go", { organization: one.organization_name })}
                onClick={() => go(one, "")}
              >
                {t("identity.switch")}
              </Action>
            )}
          </li>
        ))}
      </ul>
      {asked && (
        <FactorSheet
          name={asked.organization_name}
          isBusy={change.isPending}
          error={change.error}
          isAnswered={
            (change.variables?.data.totp ?? "") !== "" || (change.variables?.data.recovery_code ?? "") !== ""
          }
          onClose={() => {
            setAsked(null);
            change.reset();
          }}
          onConfirm={(factor) => go(asked, factor)}
        />
      )}
    </Card>
  );
}
