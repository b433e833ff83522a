import { useQueryClient } from "@tanstack/react-query";
import { App, Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { getListClientsQueryKey, listClients, useChangeClient, useRotateClient } from "@/gen/access/access";
import type { ClientOut } from "@/gen/model";
import { type Column, DataTable } from "@/ui/data-table";
import { ReasonDialog } from "@/ui/reason-action";
import { SecretOnce } from "@/ui/secret-once";
import { StateTag } from "@/ui/state-tag";
import { useFormat } from "@/ui/use-format";
import { usePages } from "@/ui/use-pages";
import { ClientForm } from "./client-form";

type Open = { what: "edit" | "rotate" | "switch"; client: ClientOut } | null;

function State({ of: client }: { of: ClientOut }) {
  const { t } = useTranslation("administration");
  return (
    <StateTag tone={client.is_active ? "good" : "idle"}>
      {t(client.is_active ? "client.on" : "client.off")}
    </StateTag>
  );
}

function Actions({ of: client, open }: { of: ClientOut; open: (what: Open) => void }) {
  const { t } = useTranslation("administration");
  return (
    <span className="row-actions">
      <Button size="small" onClick={() => open({ what: "edit", client })}>
        {t("client.edit")}
      </Button>
      <Button size="small" type="text" onClick={() => open({ what: "rotate", client })}>
        {t("client.rotate")}
      </Button>
      <Button size="small" type="text" onClick={() => open({ what: "switch", client })}>
        {t(client.is_active ? "client.disable" : "client.enable")}
      </Button>
    </span>
  );
}

function useColumns(open: (what: Open) => void): Column<ClientOut>[] {
  const { t } = useTranslation("administration");
  const format = useFormat();
  return [
    {
      key: "name",
      title: t("client.name"),
      width: 220,
      render: (client) => (
        <span className="cell-two">
          <span className="cell-main">{client.name}</span>
          <span className="quiet">{client.client_id}</span>
        </span>
      ),
    },
    {
      key: "scopes",
      title: t("client.scopes"),
      width: 110,
      numeric: true,
      render: (client) => t("client.scope_count", { count: client.scopes.length }),
    },
    {
      key: "used",
      title: t("client.used"),
      width: 150,
      numeric: true,
      render: (client) => (client.last_used_at ? format.instant(client.last_used_at) : t("client.never")),
    },
    {
      key: "created",
      title: t("client.created_at"),
      width: 150,
      numeric: true,
      render: (client) => format.instant(client.created_at),
    },
    { key: "state", title: t("client.state"), width: 100, render: (client) => <State of={client} /> },
    { key: "actions", title: "", width: 240, render: (client) => <Actions of={client} open={open} /> },
  ];
}

/** The programs that may sign in, with what each may do and when it last did. */
export function ClientList({ scopes }: { scopes: ReadonlySet<string> }) {
  const { t } = useTranslation("administration");
  const { message } = App.useApp();
  const queries = useQueryClient();
  const [open, setOpen] = useState<Open>(null);
  const refresh = () => void queries.invalidateQueries({ queryKey: getListClientsQueryKey() });
  const pages = usePages(getListClientsQueryKey(), (cursor, signal) => listClients({ cursor }, signal));
  const change = useChangeClient({
    mutation: {
      onSuccess: (after) => {
        void message.success(t(after.is_active ? "client.enabled" : "client.disabled", { name: after.name }));
        setOpen(null);
        refresh();
      },
    },
  });
  const rotate = useRotateClient({ mutation: { onSuccess: refresh } });
  const columns = useColumns((what) => {
    change.reset();
    rotate.reset();
    setOpen(what);
  });
  const client = open?.client;
  const verb = open?.what === "rotate" ? "rotate" : client?.is_active ? "disable" : "enable";
  return (
    <>
      <DataTable
        label={t("client.title")}
        columns={columns}
        pages={pages}
        rowKey={(row) => row.client_id}
        empty={t("client.empty")}
        card={(row) => (
          <>
            <div className="phone-row">
              <span className="cell-main">{row.name}</span>
              <State of={row} />
            </div>
            <span className="quiet">{row.client_id}</span>
            <Actions of={row} open={setOpen} />
          </>
        )}
      />
      {open?.what === "edit" && (
        <ClientForm client={open.client} mine={scopes} onClose={() => setOpen(null)} />
      )}
      {rotate.data?.secret && client && (
        <SecretOnce
          title={t("client.rotated", { name: client.name })}
          explanation={t("client.secret_note", { id: client.client_id })}
          secrets={[rotate.data.secret]}
          onClose={() => {
            rotate.reset();
            setOpen(null);
          }}
        />
      )}
      {client && open.what !== "edit" && !rotate.data && (
        <ReasonDialog
          isOpen
          title={t(`client.${verb}`)}
          explanation={t(`client.explain.${verb}`, { name: client.name })}
          confirm={t(`client.${verb}`)}
          isBusy={change.isPending || rotate.isPending}
          problem={change.error ?? rotate.error}
          isReasonNeeded={false}
          onClose={() => setOpen(null)}
          onConfirm={() =>
            open.what === "rotate"
              ? rotate.mutate({ clientId: client.client_id })
              : change.mutate({ clientId: client.client_id, data: { is_active: !client.is_active } })
          }
        />
      )}
    </>
  );
}
