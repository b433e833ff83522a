import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import {
  getListDevicesQueryKey,
  useEndDevice,
  useEndOtherDevices,
  useListDevices,
} from "@/gen/access/access";
import type { DeviceOut } from "@/gen/model";
import { Action } from "@/ui/action";
import { Asked } from "@/ui/asked";
import { Card } from "@/ui/card";
import { Refused } from "@/ui/refused";
import { say } from "@/ui/said";
import { Answered } from "@/ui/states";
import { useFormat } from "@/ui/use-format";
import { deviceName } from "./device-name";
import "@/domains/home/home.scss";

/** So many are seen at once, the newest; who signs in often has a long list. */
const SHOWN = 5;

/** Where this person is signed in, and an end to any of it. */
export function Devices() {
  const { t } = useTranslation("store-mine");
  const format = useFormat();
  const queries = useQueryClient();
  const [isAsked, setIsAsked] = useState(false);
  const [isAll, setIsAll] = useState(false);
  const renew = () => void queries.invalidateQueries({ queryKey: getListDevicesQueryKey() });
  const devices = useListDevices();
  const end = useEndDevice({ mutation: { onSettled: renew } });
  const endOthers = useEndOtherDevices({
    mutation: {
      onSuccess: ({ ended }) => {
        setIsAsked(false);
        renew();
        say(t("devices.ended_others", { count: ended }));
      },
    },
  });
  const nameOf = (one: DeviceOut): string => {
    const { kind, host } = deviceName(one.kind, one.user_agent);
    return [t(`devices.${kind}`), host].filter(Boolean).join(" · ");
  };
  const drop = (one: DeviceOut) =>
    end.mutate({ sessionId: one.id }, { onSuccess: () => say(t("devices.ended", { name: nameOf(one) })) });
  return (
    <Card title={t("devices.title")}>
      {end.error && <Refused error={end.error} />}
      <Answered of={devices} rows={2}>
        {(list) => (
          <>
            <ul>
              {(isAll ? list : list.slice(0, SHOWN)).map((one) => (
                <li key={one.id} className="usual">
                  <span className="home-words">
                    <span>
                      {[nameOf(one), one.is_current && t("devices.current")].filter(Boolean).join(" · ")}
                    </span>
                    <span className="soft">
                      {t("devices.seen", { at: format.spoken(one.last_seen_at) })} · {one.ip}
                    </span>
                  </span>
                  {!one.is_current && (
                    <Action
                      kind="quiet"
                      isDisabled={end.isPending}
                      label={t("devices.end_name", { name: nameOf(one) })}
                      onClick={() => drop(one)}
                    >
                      {t("devices.end")}
                    </Action>
                  )}
                </li>
              ))}
            </ul>
            {!isAll && list.length > SHOWN && (
              <Action kind="quiet" isWide onClick={() => setIsAll(true)}>
                {t("devices.all", { count: list.length })}
              </Action>
            )}
            {list.length > 1 && (
              <Action kind="plain" isWide onClick={() => setIsAsked(true)}>
                {t("devices.end_others")}
              </Action>
            )}
          </>
        )}
      </Answered>
      <Asked
        isPlain
        title={t("devices.end_others")}
        question={t("devices.end_others_ask")}
        confirm={t("devices.end_others")}
        stay={t("devices.stay")}
        isOpen={isAsked}
        isBusy={endOthers.isPending}
        error={endOthers.error}
        onClose={() => setIsAsked(false)}
        onConfirm={() => endOthers.mutate()}
      />
    </Card>
  );
}
