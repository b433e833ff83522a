import { uuid7 } from "@shared/ids";
import { useMutation } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { App, Checkbox, DatePicker, Input, Select } from "antd";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import type { PartnerOut } from "@/gen/model";
import { addContact, addContract, createPartner } from "@/gen/partners/partners";
import { FormDrawer } from "@/ui/form-drawer";
import { FormField, fieldProblem } from "@/ui/form-field";
import { Duplicates } from "./duplicates";
import { bodyOf, EMPTY_PARTNER, type PartnerDraft } from "./partner-draft";
import { PartnerFields } from "./partner-fields";
import { usePartnerRefresh } from "./refresh";
import { PARTNER_KINDS } from "./states";
import { useChecks } from "./use-checks";

interface Beside {
  contactName: string;
  contactPhone: string;
  contractNumber: string;
  validFrom: string;
  validTo: string;
}

const NOTHING: Beside = { contactName: "", contactPhone: "", contractNumber: "", validFrom: "", validTo: "" };

/** The partner first; contact and contract follow, and one that was made is not made again by a second try. */
function useCreate(onDone: (partner: PartnerOut) => void) {
  const [made, setMade] = useState<PartnerOut | null>(null);
  const [contactMade, setContactMade] = useState(false);
  const [contractId] = useState(() => uuid7());
  const create = useMutation({
    mutationFn: async ({
      draft,
      beside,
      accept,
    }: {
      draft: PartnerDraft;
      beside: Beside;
      accept: boolean;
    }) => {
      const partner =
        made ??
        (await createPartner({
          ...bodyOf(draft),
          code: draft.code.trim(),
          kind: draft.kind,
          parent_id: draft.parentId ?? 0,
          accept_duplicates: accept,
        }));
      setMade(partner);
      if (beside.contactName.trim() && !contactMade) {
        await addContact(partner.id, {
          name: beside.contactName,
          phone: beside.contactPhone,
          is_primary: true,
        });
        setContactMade(true);
      }
      if (beside.contractNumber.trim() && beside.validFrom) {
        await addContract(partner.id, {
          id: contractId,
          number: beside.contractNumber,
          seller_id: draft.sellerId ?? draft.parentId ?? 0,
          valid_from: beside.validFrom,
          valid_to: beside.validTo || null,
        });
      }
      return partner;
    },
    onSuccess: onDone,
  });
  return { create, made };
}

interface NewPartnerProps {
  /** Chooses an organization to stand below; composed by the route. */
  parentField: (value: number | null, onPick: (id: number | null) => void) => ReactNode;
  onClose: () => void;
}

function BesideFields({
  beside,
  change,
  problem,
}: {
  beside: Beside;
  change: (next: Partial<Beside>) => void;
  problem: unknown;
}) {
  const { t } = useTranslation("partners");
  return (
    <>
      <h3>{t("new.contact")}</h3>
      <div className="fields">
        <FormField label={t("contact.name")}>
          <Input
            value={beside.contactName}
            onChange={(event) => change({ contactName: event.target.value })}
          />
        </FormField>
        <FormField label={t("contact.phone")} problem={fieldProblem(problem, "phone")}>
          <Input
            value={beside.contactPhone}
            onChange={(event) => change({ contactPhone: event.target.value })}
          />
        </FormField>
      </div>
      <h3>{t("new.contract")}</h3>
      <div className="fields">
        <FormField label={t("contract.number")} problem={fieldProblem(problem, "number")}>
          <Input
            value={beside.contractNumber}
            onChange={(event) => change({ contractNumber: event.target.value })}
          />
        </FormField>
        <FormField label={t("contract.from")}>
          <DatePicker onChange={(day) => change({ validFrom: day?.format("YYYY-MM-DD") ?? "" })} />
        </FormField>
        <FormField label={t("contract.last_day")} hint={t("contract.open_hint")}>
          <DatePicker
            onChange={(day) => change({ validTo: day?.add(1, "day").format("YYYY-MM-DD") ?? "" })}
          />
        </FormField>
      </div>
    </>
  );
}

/** A new company of the channel, with whom to call and what is agreed. */
export function NewPartner({ parentField, onClose }: NewPartnerProps) {
  const { t } = useTranslation(["partners", "access"]);
  const { message } = App.useApp();
  const navigate = useNavigate();
  const refresh = usePartnerRefresh();
  const [draft, setDraft] = useState(EMPTY_PARTNER);
  const [beside, setBeside] = useState(NOTHING);
  const [accept, setAccept] = useState(false);
  const checks = useChecks({ uscc: draft.uscc, name: draft.name });
  const change = (next: Partial<PartnerDraft>) => setDraft((before) => ({ ...before, ...next }));
  const { create, made } = useCreate((partner) => {
    void message.success(t("new.done", { name: partner.name, code: partner.code }));
    refresh();
    onClose();
    void navigate({ to: "/partners/$partnerId", params: { partnerId: String(partner.id) } });
  });
  const isComplete = draft.name.trim() !== "" && draft.code.trim() !== "" && draft.parentId !== null;
  const isReady =
    isComplete && checks.isUsccRight !== false && (!checks.duplicates || accept || made !== null);
  return (
    <FormDrawer
      title={t("new.title")}
      confirm={t("new.confirm")}
      isReady={isReady}
      isBusy={create.isPending}
      isDirty={draft !== EMPTY_PARTNER}
      problem={create.error}
      size={760}
      onClose={onClose}
      onSubmit={() => create.mutate({ draft, beside, accept })}
    >
      {made && <p role="status">{t("new.half", { name: made.name })}</p>}
      <div className="fields">
        <FormField label={t("field.kind")}>
          <Select
            value={draft.kind}
            disabled={made !== null}
            onChange={(kind) => change({ kind })}
            options={PARTNER_KINDS.map((value) => ({ value, label: t(`access:kind.${value}`) }))}
          />
        </FormField>
        <div className="field">
          <span>{t("new.parent")}</span>
          {parentField(draft.parentId, (parentId) => change({ parentId }))}
        </div>
        <FormField label={t("field.code_needed")} problem={fieldProblem(create.error, "code")}>
          <Input
            value={draft.code}
            maxLength={40}
            onChange={(event) => change({ code: event.target.value })}
          />
        </FormField>
      </div>
      <PartnerFields draft={draft} change={change} checks={checks} problem={create.error} />
      {checks.duplicates && !made && (
        <>
          <Duplicates of={checks.duplicates} />
          <Checkbox checked={accept} onChange={(event) => setAccept(event.target.checked)}>
            {t("duplicates.accept")}
          </Checkbox>
        </>
      )}
      <BesideFields
        beside={beside}
        change={(next) => setBeside((before) => ({ ...before, ...next }))}
        problem={create.error}
      />
    </FormDrawer>
  );
}
