import { App, Button, Modal, Select, Tag } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { BulkIn, BulkOutcomeOut, PartnerOut, PartnerStatus } from "@/gen/model";
import { useChangePartners, usePartnerTotals } from "@/gen/partners/partners";
import { asProblem } from "@/problem";
import { FormField } from "@/ui/form-field";
import { ReasonDialog } from "@/ui/reason-action";
import { Refusal, wordsOf } from "@/ui/refusal";
import { usePartnerRefresh } from "./refresh";

type Asked = "tags" | "tier" | PartnerStatus;

/** Which of the chosen were refused, each with its reason. */
function Outcomes({ of: outcomes, onClose }: { of: BulkOutcomeOut[]; onClose: () => void }) {
  const { t } = useTranslation("partners");
  const refused = outcomes.filter((one) => one.code);
  return (
    <Modal open title={t("bulk.refused", { count: refused.length })} footer={null} onCancel={onClose}>
      <ul className="holds">
        {refused.map((one) => (
          <li key={one.partner_id}>
            <span className="cell-main">{one.name || one.partner_id}</span>
            <span className="quiet">
              {wordsOf({ ...asProblem(null), code: one.code, title: one.detail }).title}
            </span>
          </li>
        ))}
      </ul>
    </Modal>
  );
}

function Labels({
  asked,
  count,
  isBusy,
  problem,
  onGo,
  onClose,
}: {
  asked: "tags" | "tier";
  count: number;
  isBusy: boolean;
  problem: unknown;
  onGo: (change: Omit<BulkIn, "partner_ids">) => void;
  onClose: () => void;
}) {
  const { t } = useTranslation(["partners", "common"]);
  const { data } = usePartnerTotals({}, { query: { staleTime: 60_000 } });
  const [add, setAdd] = useState<string[]>([]);
  const [remove, setRemove] = useState<string[]>([]);
  const [tier, setTier] = useState<string | null>(null);
  const known = (counts: Record<string, number> | undefined) =>
    Object.keys(counts ?? {})
      .filter(Boolean)
      .sort()
      .map((value) => ({ value, label: value }));
  const isReady = asked === "tags" ? add.length + remove.length > 0 : tier !== null;
  return (
    <Modal
      open
      title={t(asked === "tags" ? "bulk.tags_of" : "bulk.tier_of", { count })}
      okText={t("bulk.apply", { count })}
      cancelText={t("common:action.back")}
      okButtonProps={{ disabled: !isReady, loading: isBusy }}
      onOk={() => onGo(asked === "tags" ? { add_tags: add, remove_tags: remove } : { tier: tier ?? "" })}
      onCancel={onClose}
    >
      <div className="stack">
        {asked === "tags" ? (
          <>
            <FormField label={t("bulk.add_tags")}>
              <Select
                mode="tags"
                value={add}
                onChange={setAdd}
                options={known(data?.by_tag)}
                tokenSeparators={[",", "，"]}
              />
            </FormField>
            <FormField label={t("bulk.remove_tags")}>
              <Select mode="multiple" value={remove} onChange={setRemove} options={known(data?.by_tag)} />
            </FormField>
          </>
        ) : (
          <FormField label={t("field.tier")} hint={t("bulk.tier_hint")}>
            <Select
              value={tier}
              onChange={(value: string) => setTier(value)}
              options={[...known(data?.by_tier), { value: "", label: t("bulk.no_tier") }]}
            />
          </FormField>
        )}
        <Refusal of={problem} />
      </div>
    </Modal>
  );
}

/** What can be done with the chosen partners: tags, tier, and states with the reason that is kept. */
export function PartnerBulk({ rows, onDone }: { rows: PartnerOut[]; onDone: () => void }) {
  const { t } = useTranslation("partners");
  const { message } = App.useApp();
  const refresh = usePartnerRefresh();
  const [asked, setAsked] = useState<Asked | null>(null);
  const [outcomes, setOutcomes] = useState<BulkOutcomeOut[]>([]);
  const change = useChangePartners({
    mutation: {
      onSuccess: (told) => {
        void message.success(t("bulk.done", { count: told.filter((one) => one.changed).length }));
        setOutcomes(told.filter((one) => one.code));
        setAsked(null);
        refresh();
        if (!told.some((one) => one.code)) onDone();
      },
    },
  });
  const open = (what: Asked) => {
    change.reset();
    setAsked(what);
  };
  const go = (what: Omit<BulkIn, "partner_ids">) =>
    change.mutate({ data: { ...what, partner_ids: rows.map((row) => row.id) } });
  const may = (action: string) => rows.some((row) => row.allowed_actions.includes(action));
  const count = rows.length;
  return (
    <>
      {may("update") && <Button onClick={() => open("tags")}>{t("bulk.tags")}</Button>}
      {may("update") && <Button onClick={() => open("tier")}>{t("bulk.tier")}</Button>}
      {may("freeze") && <Button onClick={() => open("FROZEN")}>{t("action.freeze")}</Button>}
      {may("activate") && <Button onClick={() => open("ACTIVE")}>{t("action.activate")}</Button>}
      {(asked === "tags" || asked === "tier") && (
        <Labels
          asked={asked}
          count={count}
          isBusy={change.isPending}
          problem={change.error}
          onGo={go}
          onClose={() => setAsked(null)}
        />
      )}
      {(asked === "FROZEN" || asked === "ACTIVE") && (
        <ReasonDialog
          isOpen
          title={t(asked === "FROZEN" ? "bulk.freeze_of" : "bulk.activate_of", { count })}
          explanation={
            <>
              <p>{t(asked === "FROZEN" ? "bulk.freeze_text" : "bulk.activate_text")}</p>
              <p className="section-gap">
                {rows.slice(0, 8).map((row) => (
                  <Tag key={row.id}>{row.name}</Tag>
                ))}
                {count > 8 && <span className="quiet">{t("bulk.and_more", { count: count - 8 })}</span>}
              </p>
            </>
          }
          confirm={t("bulk.apply", { count })}
          isBusy={change.isPending}
          problem={change.error}
          onClose={() => setAsked(null)}
          onConfirm={(reason) => go({ status: asked, reason })}
        />
      )}
      {outcomes.length > 0 && <Outcomes of={outcomes} onClose={() => setOutcomes([])} />}
    </>
  );
}
