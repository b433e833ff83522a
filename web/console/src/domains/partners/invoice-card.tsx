import { App, Button, Input, Radio } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { InvoiceProfileOut } from "@/gen/model";
import { useGetInvoiceProfile, usePutInvoiceProfile } from "@/gen/partners/partners";
import { FormDrawer } from "@/ui/form-drawer";
import { FormField, fieldProblem } from "@/ui/form-field";
import { Card } from "@/ui/page";
import { Pairs } from "@/ui/pairs";
import { Refusal } from "@/ui/refusal";
import { usePartnerRefresh } from "./refresh";

const FIELDS = ["title", "tax_number", "bank", "bank_account", "address", "phone", "email"] as const;

function EditInvoice({
  partnerId,
  of: begin,
  onClose,
}: {
  partnerId: number;
  of: InvoiceProfileOut;
  onClose: () => void;
}) {
  const { t } = useTranslation("partners");
  const { message } = App.useApp();
  const refresh = usePartnerRefresh();
  const [draft, setDraft] = useState(begin);
  const put = usePutInvoiceProfile({
    mutation: {
      onSuccess: (kept) => {
        void message.success(t("invoice.done", { title: kept.title }));
        refresh();
        onClose();
      },
    },
  });
  return (
    <FormDrawer
      title={t("invoice.edit")}
      confirm={t("edit.confirm")}
      isReady={draft.title.trim() !== ""}
      isBusy={put.isPending}
      isDirty={draft !== begin}
      problem={put.error}
      onClose={onClose}
      onSubmit={() => put.mutate({ partnerId, data: draft })}
    >
      <FormField label={t("invoice.kind")}>
        <Radio.Group
          value={draft.is_special}
          onChange={(event) => setDraft({ ...draft, is_special: event.target.value as boolean })}
          options={[
            { value: true, label: t("invoice.special") },
            { value: false, label: t("invoice.plain") },
          ]}
        />
      </FormField>
      <div className="fields">
        {FIELDS.map((name) => (
          <FormField key={name} label={t(`invoice.${name}`)} problem={fieldProblem(put.error, name)}>
            <Input
              value={draft[name]}
              maxLength={200}
              onChange={(event) => setDraft({ ...draft, [name]: event.target.value })}
            />
          </FormField>
        ))}
      </div>
    </FormDrawer>
  );
}

/** To whom and how invoices are made out. */
export function InvoiceCard({ partnerId, mayKeep }: { partnerId: number; mayKeep: boolean }) {
  const { t } = useTranslation("partners");
  const { data, error } = useGetInvoiceProfile(partnerId);
  const [isEditing, setIsEditing] = useState(false);
  return (
    <Card
      title={t("invoice.section")}
      extra={mayKeep && data && <Button onClick={() => setIsEditing(true)}>{t("edit.open")}</Button>}
    >
      <Refusal of={error} />
      {data && (
        <>
          {data.version === 0 && <p className="quiet tree-hint">{t("invoice.none")}</p>}
          <Pairs
            of={[
              [t("invoice.kind"), t(data.is_special ? "invoice.special" : "invoice.plain")],
              ...FIELDS.map((name) => [t(`invoice.${name}`), data[name]] as const),
            ]}
          />
          {isEditing && <EditInvoice partnerId={partnerId} of={data} onClose={() => setIsEditing(false)} />}
        </>
      )}
    </Card>
  );
}
