import { useQueryClient } from "@tanstack/react-query";
import { App, Button, Popconfirm } from "antd";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import {
  getListDevicesQueryKey,
  useEndDevice,
  useEndOtherDevices,
  useListDevices,
} from "@/gen/access/access";
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

const SHOWN_FIRST = 6;
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
        key: "seen",
        title: t("device.seen_at"),
        width: 150,
        numeric: true,
        render: (device) => format.instant(device.last_seen_at),
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

/** A phone was lost, or somebody may know the password: everything but this device, at once. */
function EndOthers({ count, onDone }: { count: number; onDone: () => void }) {
  const { t } = useTranslation("access");
  const { message } = App.useApp();
  const ending = useEndOtherDevices({
    mutation: {
      onSuccess: ({ ended }) => {
        void message.success(t("device.others_ended", { count: ended }));
        onDone();
      },
    },
  });
  return (
    <div className="stack">
      <div>
        <Popconfirm
          title={t("device.end_others_ask", { count })}
          description={t("device.end_others_text")}
          okText={t("device.end_others")}
          okButtonProps={{ danger: true }}
          onConfirm={() => ending.mutate()}
        >
          <Button danger loading={ending.isPending}>
            {t("device.end_others_of", { count })}
          </Button>
        </Popconfirm>
      </div>
      <Refusal of={ending.error} />
    </div>
  );
}

/** Where I am signed in; any of it can be ended from here. */
export function DeviceList() {
  const { t } = useTranslation("access");
  const format = useFormat();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const [isWhole, setIsWhole] = useState(false);
  const devices = useListDevices();
  const reload = () => void queries.invalidateQueries({ queryKey: getListDevicesQueryKey() });
  const ending = useEndDevice({
    mutation: {
      onSuccess: () => {
        void message.success(t("device.ended"));
        reload();
      },
    },
  });
  const { mutate } = ending;
  const end = useMemo(() => (device: DeviceOut) => mutate({ sessionId: device.id }), [mutate]);
  const columns = useColumns(end);
  if (devices.error && !devices.data)
    return <Refusal of={devices.error} onRetry={() => void devices.refetch()} />;
  if (!devices.data) return <PageSkeleton />;
  const others = devices.data.filter((device) => !device.is_current).length;
  // This device first; what hangs below the list is not pushed away by a long past of sign-ins.
  const sorted = devices.data.toSorted((one, other) => Number(other.is_current) - Number(one.is_current));
  const shown = isWhole ? sorted : sorted.slice(0, SHOWN_FIRST);
  return (
    <div className="stack">
      <Refusal of={ending.error} />
      {others > 1 && <EndOthers count={others} onDone={reload} />}
      <Card flush>
        <SimpleTable
          columns={columns}
          rows={shown}
          rowKey={(device) => device.id}
          card={(device) => (
            <>
              <div className="phone-row">
                {columns[0]?.render(device)}
                {columns.at(-1)?.render(device)}
              </div>
              <span className="quiet figures">
                {device.ip} · {t("device.seen", { at: format.instant(device.last_seen_at) })}
              </span>
            </>
          )}
        />
      </Card>
      {shown.length < sorted.length && (
        <div>
          <Button type="link" onClick={() => setIsWhole(true)}>
            {t("device.show_all", { count: sorted.length })}
          </Button>
        </div>
      )}
    </div>
  );
}
