import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { setSilent } from "@/domains/entry/kept";
import {
  getListWechatBindingsQueryKey,
  useBindWechat,
  useListWechatBindings,
  useUnbindWechat,
} from "@/gen/access/access";
import { IS_WEAPP } from "@/platform/server";
import { appId, wechatCode } from "@/platform/wechat";
import { Action } from "@/ui/action";
import { Asked } from "@/ui/asked";
import { Card } from "@/ui/card";
import { Refused } from "@/ui/refused";
import { say } from "@/ui/said";
import { Answered } from "@/ui/states";
import { useFormat } from "@/ui/use-format";
import "@/domains/home/home.scss";

/** The WeChats that open this account. Unbinding works everywhere, for a phone that is lost; binding only in WeChat. */
export function Wechat() {
  const { t } = useTranslation("store-mine");
  const format = useFormat();
  const queries = useQueryClient();
  const [isAsked, setIsAsked] = useState(false);
  const bindings = useListWechatBindings();
  const renew = () => void queries.invalidateQueries({ queryKey: getListWechatBindingsQueryKey() });
  const bind = useBindWechat({
    mutation: {
      onSuccess: () => {
        setSilent(true);
        renew();
        say(t("devices.bind_done"));
      },
    },
  });
  const unbind = useUnbindWechat({
    mutation: {
      onSuccess: () => {
        setIsAsked(false);
        // Opened by WeChat, this session ended with it: what is asked next leads to the sign-in page.
        setSilent(false);
        void queries.invalidateQueries();
        say(t("devices.unbind_done"));
      },
    },
  });
  const [isSilentHost, setIsSilentHost] = useState(false);
  const bindHere = async () => {
    const code = await wechatCode();
    setIsSilentHost(!code);
    if (code) bind.mutate({ data: { code, app_id: appId() } });
  };
  // Elsewhere than in WeChat there is nothing to do about it unless one is bound.
  if (!IS_WEAPP && !bindings.data?.length) return null;
  return (
    <Card title={t("devices.wechat")}>
      {bind.error && <Refused error={bind.error} />}
      {isSilentHost && <p className="soft">{t("devices.wechat_silent")}</p>}
      <Answered of={bindings} rows={1}>
        {(list) =>
          list.length === 0 ? (
            <>
              <p className="soft start-hint">{t("devices.unbound")}</p>
              <Action kind="plain" isWide isBusy={bind.isPending} onClick={() => void bindHere()}>
                {t("devices.bind")}
              </Action>
            </>
          ) : (
            <>
              <ul>
                {list.map((one) => (
                  <li key={one.id} className="usual">
                    <span className="home-words">
                      {t("devices.bound", { at: format.spoken(one.created_at) })}
                    </span>
                  </li>
                ))}
              </ul>
              <Action kind="bad" isWide onClick={() => setIsAsked(true)}>
                {t("devices.unbind")}
              </Action>
            </>
          )
        }
      </Answered>
      <Asked
        isPlain
        title={t("devices.unbind")}
        question={t("devices.unbind_ask")}
        confirm={t("devices.unbind")}
        stay={t("devices.stay")}
        isOpen={isAsked}
        isBusy={unbind.isPending}
        error={unbind.error}
        onClose={() => setIsAsked(false)}
        onConfirm={() => unbind.mutate()}
      />
    </Card>
  );
}
