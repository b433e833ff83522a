import { useQueryClient } from "@tanstack/react-query";
import { App, Button } from "antd";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { getListDevicesQueryKey, useEndDevice, useListDevices } from "@/gen/access/access";
import type { DeviceOut } from "@/gen/model";
import type { Column } from "@/ui/data-table";
import { Card } from "@/ui/page";
import { Refusal } from "@/ui/refusal";
import { SimpleTable } from "@/ui/simple-table";
import { StateTag } from "@/ui/state-tag";
import { PageSkeleton } from "@/ui/states";
import { useFormat } from "@/ui/use-format";

const BROWSERS = [
  ["Edg/", "Edge"],
  ["MicroMessenger", "WeChat"],
  ["Firefox/", "Firefox"],
  ["Chrome/", "Chrome"],
  ["Safari/", "Safari"],
] as const;
const SYSTEMS = [
  ["iPhone", "iPhone"],
  ["iPad", "iPad"],
  ["Android", "Android"],
  ["Windows", "Windows"],
  ["Mac OS", "macOS"],
  ["Linux", "Linux"],
] as const;

/** What a person would call the device behind a user agent; "" when nobody can tell. */
export function deviceName(agent: string): string {
  const find = (known: readonly (readonly [string, string])[]) =>
    known.find(([mark]) => agent.includes(mark))?.[1];
  return [find(BROWSERS), find(SYSTEMS)].filter(Boolean).join(" · ");
}

const KINDS = ["BROWSER", "DEVICE", "CLIENT", "VIEW_AS"] as const;

function useColumns(end: (device: DeviceOut) => void): Column<DeviceOut>[] {
  const { t } = useTranslation("access");
  const format = useFormat();
  return useMemo(
    () => [
      {
        key: "agent",
        title: t("device.agent"),
        width: 260,
        render: (device) => {
          const kind = KINDS.find((one) => one === device.kind);
          return (
            <span className="cell-two">
              <span className="cell-main" title={device.user_agent}>
                {deviceName(device.user_agent) || t("device.unknown")}
              </span>
              <span className="quiet">{kind ? t(`device.${kind}`) : device.kind}</span>
            </span>
          );
        },
      },
      { key: "ip", title: t("device.ip"), width: 140, numeric: true, render: (device) => device.ip },
      {
        key: "created",
        title: t("device.created_at"),
        width: 150,
        numeric: true,
        render: (device) => format.instant(device.created_at),
      },
      {
        key: "expires",
        title: t("device.expires_at"),
        width: 150,
        numeric: true,
        render: (device) => format.instant(device.expires_at),
      },
      {
        key: "end",
        title: "",
        width: 130,
        render: (device) =>
          device.is_current ? (
            <StateTag tone="good">{t("device.current")}</StateTag>
          ) : (
            <Button size="small" onClick={() => end(device)}>
              {t("device.end")}
            </Button>
          ),
      },
    ],
    [t, format, end],
  );
}

/** Where I am signed in; any of it can be ended from here. */
export function DeviceList() {
  const { t } = useTranslation("access");
  const format = useFormat();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const devices = useListDevices();
  const ending = useEndDevice({
    mutation: {
      onSuccess: () => {
        void message.success(t("device.ended"));
        void queries.invalidateQueries({ queryKey: getListDevicesQueryKey() });
      },
    },
  });
  const { mutate } = ending;
  const end = useMemo(() => (device: DeviceOut) => mutate({ sessionId: device.id }), [mutate]);
  const columns = useColumns(end);
  if (devices.error && !devices.data)
    return <Refusal of={devices.error} onRetry={() => void devices.refetch()} />;
  if (!devices.data) return <PageSkeleton />;
  return (
    <div className="stack">
      <Refusal of={ending.error} />
      <Card flush>
        <SimpleTable
          columns={columns}
          rows={devices.data}
          rowKey={(device) => device.id}
          card={(device) => (
            <>
              <div className="phone-row">
                {columns[0]?.render(device)}
                {columns.at(-1)?.render(device)}
              </div>
              <span className="quiet figures">
                {device.ip} · {format.instant(device.created_at)}
              </span>
            </>
          )}
        />
      </Card>
    </div>
  );
}
