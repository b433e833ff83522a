import { App } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { PartnerPageOut } from "@/gen/model";
import { useUpdatePartner } from "@/gen/partners/partners";
import { FormDrawer } from "@/ui/form-drawer";
import { Duplicates } from "./duplicates";
import { bodyOf, draftOf, type PartnerDraft } from "./partner-draft";
import { PartnerFields } from "./partner-fields";
import { usePartnerRefresh } from "./refresh";
import { useChecks } from "./use-checks";

/** The master data of a partner, changed as a whole; a change made meanwhile is refused, not overwritten. */
export function EditPartner({ of: partner, onClose }: { of: PartnerPageOut; onClose: () => void }) {
  const { t } = useTranslation("partners");
  const { message } = App.useApp();
  const refresh = usePartnerRefresh();
  const [begin] = useState(() => draftOf(partner));
  const [draft, setDraft] = useState(begin);
  const checks = useChecks({
    uscc: draft.uscc === begin.uscc ? "" : draft.uscc,
    name: draft.name === begin.name ? "" : draft.name,
    exceptId: partner.id,
  });
  const update = useUpdatePartner({
    mutation: {
      onSuccess: (changed) => {
        void message.success(t("edit.done", { name: changed.name }));
        refresh();
        onClose();
      },
    },
  });
  const change = (next: Partial<PartnerDraft>) => setDraft((before) => ({ ...before, ...next }));
  return (
    <FormDrawer
      title={t("edit.title", { name: partner.name })}
      confirm={t("edit.confirm")}
      isReady={draft.name.trim() !== "" && checks.isUsccRight !== false}
      isBusy={update.isPending}
      isDirty={draft !== begin}
      problem={update.error}
      size={720}
      onClose={onClose}
      onSubmit={() =>
        update.mutate({ partnerId: partner.id, data: { ...bodyOf(draft), version: partner.version } })
      }
    >
      <PartnerFields draft={draft} change={change} checks={checks} problem={update.error} />
      {checks.duplicates && <Duplicates of={checks.duplicates} />}
    </FormDrawer>
  );
}
