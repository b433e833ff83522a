import { useQueryClient } from "@tanstack/react-query";
import { App, Button, Checkbox, Drawer, Input } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { getListClientsQueryKey, useChangeClient, useCreateClient } from "@/gen/access/access";
import type { ClientOut } from "@/gen/model";
import { Refusal } from "@/ui/refusal";
import { SecretOnce } from "@/ui/secret-once";

interface ClientFormProps {
  client?: ClientOut;
  /** Nobody gives more than the own rights. */
  mine: ReadonlySet<string>;
  onClose: () => void;
}

const ID = /^[a-z0-9-]{3,100}$/;

/** A program that may sign in, and what it may do; its secret is shown once. */
export function ClientForm({ client, mine, onClose }: ClientFormProps) {
  const { t } = useTranslation(["administration", "common", "access"]);
  const { message } = App.useApp();
  const queries = useQueryClient();
  const [clientId, setClientId] = useState(client?.client_id ?? "");
  const [name, setName] = useState(client?.name ?? "");
  const [scopes, setScopes] = useState<string[]>(client?.scopes ?? []);
  const refresh = () => void queries.invalidateQueries({ queryKey: getListClientsQueryKey() });
  const create = useCreateClient({ mutation: { onSuccess: refresh } });
  const change = useChangeClient({
    mutation: {
      onSuccess: (after) => {
        void message.success(t("client.changed", { name: after.name }));
        refresh();
        onClose();
      },
    },
  });
  if (create.data?.secret)
    return (
      <SecretOnce
        title={t("client.created", { name: create.data.name })}
        explanation={t("client.secret_note", { id: create.data.client_id })}
        secrets={[create.data.secret]}
        fileName={`${create.data.client_id}.txt`}
        onClose={onClose}
      />
    );
  const words = (scope: string) =>
    t(`access:scope.${scope.replace(":", "_")}` as never, { defaultValue: scope });
  const submit = () =>
    client
      ? change.mutate({ clientId: client.client_id, data: { name: name.trim(), scopes } })
      : create.mutate({ data: { client_id: clientId, name: name.trim(), scopes } });
  return (
    <Drawer
      open
      size={520}
      onClose={onClose}
      title={client ? t("client.edit_title", { name: client.name }) : t("client.new")}
      footer={
        <div className="drawer-foot">
          <Button onClick={onClose}>{t("common:action.back")}</Button>
          <Button
            type="primary"
            disabled={!ID.test(clientId) || name.trim() === "" || scopes.length === 0}
            loading={create.isPending || change.isPending}
            onClick={submit}
          >
            {t(client ? "option.save" : "client.create")}
          </Button>
        </div>
      }
    >
      <div className="stack">
        <label className="field">
          <span>{t("client.name")}</span>
          <Input value={name} maxLength={200} onChange={(event) => setName(event.target.value)} />
        </label>
        <label className="field">
          <span>{t("client.id")}</span>
          <Input
            value={clientId}
            disabled={client !== undefined}
            maxLength={100}
            onChange={(event) => setClientId(event.target.value.trim())}
          />
          <span className="quiet">{t("client.id_hint")}</span>
        </label>
        <fieldset className="field">
          <legend>{t("client.may")}</legend>
          {client && <p className="quiet">{t("client.scopes_end_tokens")}</p>}
          <Checkbox.Group
            className="role-choices"
            value={scopes}
            options={[...new Set([...mine, ...scopes])].sort().map((scope) => ({
              value: scope,
              label: String(words(scope)),
              disabled: !mine.has(scope),
            }))}
            onChange={setScopes}
          />
        </fieldset>
        <Refusal of={create.error ?? change.error} />
      </div>
    </Drawer>
  );
}
