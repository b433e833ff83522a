import { shift } from "@shared/dates";
import { App, Button, DatePicker, Input, Popconfirm, Select } from "antd";
import dayjs from "dayjs";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { uploadFile } from "@/gen/files/files";
import type { LicenceIn, LicenceKind, LicenceOut } from "@/gen/model";
import { useAddLicence, useListLicences, useRemoveLicence, useUpdateLicence } from "@/gen/partners/partners";
import { FileDrop } from "@/ui/file-drop";
import { FormDrawer } from "@/ui/form-drawer";
import { FormField } from "@/ui/form-field";
import { Card } from "@/ui/page";
import { Refusal } from "@/ui/refusal";
import { StateTag } from "@/ui/state-tag";
import { useFormat } from "@/ui/use-format";
import { usePartnerRefresh } from "./refresh";

const KINDS = [
  "BUSINESS",
  "FOOD",
  "ALCOHOL",
  "BRAND_AUTHORITY",
  "OTHER",
] as const satisfies readonly LicenceKind[];
const SOON_DAYS = 60;

/** Whether a paper holds: without end, for long, not for long, no more. */
export function LicenceState({ of: until }: { of: string | null }) {
  const { t } = useTranslation("partners");
  const format = useFormat();
  const today = format.today();
  if (!until) return <StateTag tone="good">{t("licence.no_end")}</StateTag>;
  if (until < today) return <StateTag tone="bad">{t("licence.over", { day: format.day(until) })}</StateTag>;
  if (until < shift(today, { days: SOON_DAYS }))
    return <StateTag tone="wait">{t("licence.soon", { day: format.day(until) })}</StateTag>;
  return <StateTag tone="good">{t("licence.until", { day: format.day(until) })}</StateTag>;
}

function EditLicence({
  partnerId,
  of: licence,
  onClose,
}: {
  partnerId: number;
  of: LicenceOut | null;
  onClose: () => void;
}) {
  const { t } = useTranslation("partners");
  const { message } = App.useApp();
  const refresh = usePartnerRefresh();
  const begin: LicenceIn = licence ?? {
    kind: "BUSINESS",
    number: "",
    valid_until: null,
    file_id: null,
    note: "",
  };
  const [draft, setDraft] = useState(begin);
  const [file, setFile] = useState<File | null>(null);
  const [problem, setProblem] = useState<unknown>(null);
  const mutation = {
    onSuccess: () => {
      void message.success(t("licence.done", { kind: t(`licence.kind.${draft.kind}`) }));
      refresh();
      onClose();
    },
  };
  const add = useAddLicence({ mutation });
  const update = useUpdateLicence({ mutation });
  const [isSending, setIsSending] = useState(false);
  const submit = async () => {
    setProblem(null);
    let data = draft;
    if (file) {
      setIsSending(true);
      try {
        const kept = await uploadFile({
          file,
          use: "ATTACHMENT",
          subject_type: "partner",
          subject_id: String(partnerId),
        });
        data = { ...draft, file_id: kept.id };
        setDraft(data);
        setFile(null);
      } catch (error) {
        setProblem(error);
        return;
      } finally {
        setIsSending(false);
      }
    }
    if (licence) update.mutate({ partnerId, licenceId: licence.id, data });
    else add.mutate({ partnerId, data });
  };
  return (
    <FormDrawer
      title={t(licence ? "licence.edit" : "licence.add")}
      confirm={t("edit.confirm")}
      isReady
      isBusy={isSending || add.isPending || update.isPending}
      isDirty={draft !== begin || file !== null}
      problem={problem ?? add.error ?? update.error}
      size={520}
      onClose={onClose}
      onSubmit={() => void submit()}
    >
      <FormField label={t("licence.kind_label")}>
        <Select
          value={draft.kind}
          onChange={(kind: LicenceKind) => setDraft({ ...draft, kind })}
          options={KINDS.map((value) => ({ value, label: t(`licence.kind.${value}`) }))}
        />
      </FormField>
      <FormField label={t("licence.number")}>
        <Input
          value={draft.number}
          maxLength={200}
          onChange={(event) => setDraft({ ...draft, number: event.target.value })}
        />
      </FormField>
      <FormField label={t("licence.valid_until")} hint={t("licence.valid_hint")}>
        <DatePicker
          value={draft.valid_until ? dayjs(draft.valid_until) : null}
          onChange={(day) => setDraft({ ...draft, valid_until: day?.format("YYYY-MM-DD") ?? null })}
        />
      </FormField>
      <div className="field">
        <span>{t("licence.file")}</span>
        <FileDrop accept="image/*,.pdf" hint={t("licence.file_hint")} file={file} onFile={setFile} />
      </div>
      <FormField label={t("licence.note")}>
        <Input
          value={draft.note}
          maxLength={200}
          onChange={(event) => setDraft({ ...draft, note: event.target.value })}
        />
      </FormField>
    </FormDrawer>
  );
}

/** The papers a partner has to have, those that end first on top. */
export function Licences({ partnerId, mayKeep }: { partnerId: number; mayKeep: boolean }) {
  const { t } = useTranslation(["partners", "common"]);
  const refresh = usePartnerRefresh();
  const { data, error } = useListLicences(partnerId);
  const [open, setOpen] = useState<LicenceOut | "new" | null>(null);
  const remove = useRemoveLicence({ mutation: { onSuccess: refresh } });
  return (
    <Card
      title={t("licence.section")}
      extra={mayKeep && <Button onClick={() => setOpen("new")}>{t("licence.add")}</Button>}
    >
      <Refusal of={error ?? remove.error} />
      {data?.length === 0 && <p className="quiet">{t("licence.none")}</p>}
      <ul className="rows">
        {data?.map((licence) => (
          <li key={licence.id}>
            <span className="cell-two">
              <span className="title-row">
                <strong>{t(`licence.kind.${licence.kind}`)}</strong>
                <LicenceState of={licence.valid_until} />
              </span>
              <span className="quiet figures">
                {[licence.number, licence.note].filter(Boolean).join(" · ")}
              </span>
            </span>
            <span className="row-actions">
              {licence.file_id && (
                <a href={`/api/v1/files/${licence.file_id}/content`} target="_blank" rel="noreferrer">
                  {t("licence.look")}
                </a>
              )}
              {mayKeep && (
                <>
                  <Button size="small" type="text" onClick={() => setOpen(licence)}>
                    {t("edit.open")}
                  </Button>
                  <Popconfirm
                    title={t("licence.remove_sure")}
                    okText={t("remove")}
                    cancelText={t("common:action.back")}
                    onConfirm={() => remove.mutate({ partnerId, licenceId: licence.id })}
                  >
                    <Button size="small" type="text" danger>
                      {t("remove")}
                    </Button>
                  </Popconfirm>
                </>
              )}
            </span>
          </li>
        ))}
      </ul>
      {open && (
        <EditLicence partnerId={partnerId} of={open === "new" ? null : open} onClose={() => setOpen(null)} />
      )}
    </Card>
  );
}
