import { useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import {
  getListDevicesQueryKey,
  useEndDevice,
  useEndOtherDevices,
  useListDevices,
} from "@/gen/access/access";
import type { DeviceOut } from "@/gen/model";
import { Action } from "@/ui/action";
import { Card } from "@/ui/card";
import { Refused } from "@/ui/refused";
import { Answered } from "@/ui/states";
import { useFormat } from "@/ui/use-format";
import "@/domains/home/home.scss";

/** Where this person is signed in, and an end to any of it. */
export function Devices() {
  const { t } = useTranslation("store-mine");
  const format = useFormat();
  const queries = useQueryClient();
  const onSuccess = () => void queries.invalidateQueries({ queryKey: getListDevicesQueryKey() });
  const devices = useListDevices();
  const end = useEndDevice({ mutation: { onSuccess } });
  const endOthers = useEndOtherDevices({ mutation: { onSuccess } });
  const nameOf = (one: DeviceOut): string =>
    one.kind === "DEVICE" || one.kind === "BROWSER" || one.kind === "CLIENT" || one.kind === "VIEW_AS"
      ? t(`devices.${one.kind}`)
      : t("devices.unknown");
  return (
    <Card title={t("devices.title")}>
      {(end.error ?? endOthers.error) && <Refused error={end.error ?? endOthers.error} />}
      <Answered of={devices} rows={2}>
        {(list) => (
          <>
            <ul>
              {list.map((one) => (
                <li key={one.id} className="usual">
                  <span className="home-words">
                    <span>
                      {nameOf(one)} {one.is_current && `(${t("devices.current")})`}
                    </span>
                    <span className="soft">
                      {t("devices.seen", { at: format.spoken(one.last_seen_at) })} · {one.ip}
                    </span>
                  </span>
                  {!one.is_current && (
                    <Action
                      kind="quiet"
                      label={t("devices.end_name", { name: nameOf(one) })}
                      onClick={() => end.mutate({ sessionId: one.id })}
                    >
                      {t("devices.end")}
                    </Action>
                  )}
                </li>
              ))}
            </ul>
            {list.length > 1 && (
              <Action kind="plain" isWide isBusy={endOthers.isPending} onClick={() => endOthers.mutate()}>
                {t("devices.end_others")}
              </Action>
            )}
          </>
        )}
      </Answered>
    </Card>
  );
}
