import { App, Button, DatePicker, Input, InputNumber, Modal } from "antd";
import dayjs from "dayjs";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useChangeOrganization, useCreateOrganization } from "@/gen/access/access";
import type { OrganizationOut } from "@/gen/model";
import { Refusal } from "@/ui/refusal";
import { useFormat } from "@/ui/use-format";

interface OrganizationFormProps {
  organization: OrganizationOut;
  /** A new branch below it instead of a change of itself. */
  isNew: boolean;
  onClose: () => void;
  onDone: () => void;
}

/** A new branch below an organization, or its name, time zone and seats. */
export function OrganizationForm({ organization, isNew, onClose, onDone }: OrganizationFormProps) {
  const { t } = useTranslation(["access", "common"]);
  const { message } = App.useApp();
  const format = useFormat();
  const [name, setName] = useState(isNew ? "" : organization.name);
  const [code, setCode] = useState("");
  const [timezone, setTimezone] = useState(organization.timezone);
  const [seats, setSeats] = useState(organization.seats);
  const [since, setSince] = useState(format.today());
  const isStaff = ["BRAND", "BRANCH"].includes(organization.kind);
  const finish = (text: string) => {
    void message.success(text);
    onDone();
    onClose();
  };
  const create = useCreateOrganization({
    mutation: { onSuccess: (made) => finish(t("organization.created", { name: made.name })) },
  });
  const change = useChangeOrganization({
    mutation: { onSuccess: (after) => finish(t("organization.changed", { name: after.name })) },
  });
  const submit = () =>
    isNew
      ? create.mutate({
          data: { code: code.trim(), name: name.trim(), kind: "BRANCH", parent_id: organization.id, since },
        })
      : change.mutate({
          organizationId: organization.id,
          data: {
            name: isStaff ? name.trim() : undefined,
            timezone: timezone.trim(),
            seats: isStaff ? undefined : seats,
            version: organization.version,
          },
        });
  return (
    <Modal
      open
      title={isNew ? t("organization.new_below", { name: organization.name }) : t("organization.edit")}
      onCancel={onClose}
      footer={[
        <Button key="back" onClick={onClose}>
          {t("common:action.back")}
        </Button>,
        <Button
          key="go"
          type="primary"
          disabled={name.trim() === "" || (isNew && code.trim() === "")}
          loading={create.isPending || change.isPending}
          onClick={submit}
        >
          {t(isNew ? "organization.create" : "save")}
        </Button>,
      ]}
    >
      <div className="stack">
        <label className="field">
          <span>{t("organization.name")}</span>
          <Input
            value={name}
            maxLength={200}
            disabled={!isNew && !isStaff}
            onChange={(event) => setName(event.target.value)}
          />
          {!isNew && !isStaff && <span className="quiet">{t("organization.name_elsewhere")}</span>}
        </label>
        {isNew ? (
          <>
            <label className="field">
              <span>{t("organization.code")}</span>
              <Input value={code} maxLength={40} onChange={(event) => setCode(event.target.value)} />
            </label>
            <div className="field">
              <span>{t("organization.since_day")}</span>
              <DatePicker
                aria-label={t("organization.since_day")}
                allowClear={false}
                value={dayjs(since)}
                maxDate={dayjs(format.today())}
                onChange={(day) => setSince(day?.format("YYYY-MM-DD") ?? since)}
              />
            </div>
          </>
        ) : (
          <>
            <label className="field">
              <span>{t("organization.timezone")}</span>
              <Input value={timezone} maxLength={60} onChange={(event) => setTimezone(event.target.value)} />
              <span className="quiet">{t("organization.timezone_hint")}</span>
            </label>
            {!isStaff && (
              <label className="field">
                <span>{t("organization.seats")}</span>
                <InputNumber
                  min={0}
                  max={100000}
                  precision={0}
                  value={seats}
                  onChange={(value) => setSeats(value ?? 0)}
                />
              </label>
            )}
          </>
        )}
        <Refusal of={create.error ?? change.error} />
      </div>
    </Modal>
  );
}
