import { shift } from "@shared/dates";
import { App, Button, Modal } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import {
  useListBrands,
  useListCategories,
  useListScopeRules,
  useRemoveScopeRule,
} from "@/gen/catalog/catalog";
import type { ScopeOut } from "@/gen/model";
import { Card } from "@/ui/page";
import { Refusal } from "@/ui/refusal";
import { SimpleTable } from "@/ui/simple-table";
import { StateTag } from "@/ui/state-tag";
import { EmptyState } from "@/ui/states";
import { useFormat } from "@/ui/use-format";
import { useCatalogRefresh } from "./refresh";
import { idOfPath } from "./scope-draft";
import { ScopeEffect } from "./scope-effect";
import { ScopeForm } from "./scope-form";

/** Whom and what a rule speaks of, in words. */
function useWords() {
  const { t } = useTranslation(["catalog", "access"]);
  const brands = useListBrands();
  const categories = useListCategories();
  const some = (names: readonly string[]): string =>
    names.length > 4
      ? t("scope.and_more", { names: names.slice(0, 3).join(t("separator")), count: names.length })
      : names.join(t("separator"));
  const audience = (rule: ScopeOut): string[] =>
    [
      rule.organization_ids.length &&
        some(rule.organization_ids.map((id) => rule.organizations[String(id)] ?? String(id))),
      rule.under_paths.length &&
        t("scope.words.under", {
          names: some(rule.under_paths.map((path) => rule.organizations[idOfPath(path)] ?? path)),
        }),
      rule.kinds.length && some(rule.kinds.map((kind) => t(`access:kind.${kind as "STORE"}`))),
      rule.tiers.length && t("scope.words.tiers", { names: some(rule.tiers) }),
      rule.tags.length && t("scope.words.tags", { names: some(rule.tags) }),
      rule.channels.length && t("scope.words.channels", { names: some(rule.channels) }),
    ].filter((part): part is string => Boolean(part));
  const goods = (rule: ScopeOut): string[] =>
    [
      rule.category_ids.length &&
        some(
          rule.category_ids.map((id) => categories.data?.find((one) => one.id === id)?.path ?? String(id)),
        ),
      rule.brand_ids.length &&
        t("scope.words.brands", {
          names: some(
            rule.brand_ids.map((id) => brands.data?.find((one) => one.id === id)?.name ?? String(id)),
          ),
        }),
      rule.sku_ids.length && some(rule.sku_ids.map((id) => rule.skus[String(id)] ?? String(id))),
    ].filter((part): part is string => Boolean(part));
  return {
    audience: (rule: ScopeOut) => audience(rule).join(" + ") || t("scope.everyone"),
    goods: (rule: ScopeOut) => goods(rule).join(" + ") || t("scope.everything"),
  };
}

function RemoveRule({ of: rule, onClose }: { of: ScopeOut; onClose: () => void }) {
  const { t } = useTranslation(["catalog", "common"]);
  const { message } = App.useApp();
  const refresh = useCatalogRefresh();
  const [isKnown, setIsKnown] = useState(false);
  const remove = useRemoveScopeRule({
    mutation: {
      onSuccess: () => {
        void message.success(t("scope.removed", { name: rule.name }));
        refresh();
        onClose();
      },
    },
  });
  return (
    <Modal
      open
      width={820}
      title={t("scope.remove_title", { name: rule.name })}
      okText={t("scope.remove")}
      cancelText={t("common:action.back")}
      okButtonProps={{ danger: true, disabled: !isKnown, loading: remove.isPending }}
      onOk={() => remove.mutate({ ruleId: rule.id })}
      onCancel={onClose}
    >
      <ScopeEffect rule={null} replacesId={rule.id} onKnown={setIsKnown} />
      <Refusal of={remove.error} />
    </Modal>
  );
}

function RuleState({ of: rule }: { of: ScopeOut }) {
  const { t } = useTranslation("catalog");
  const today = useFormat().today();
  if (rule.valid_from > today) return <StateTag tone="note">{t("scope.state.coming")}</StateTag>;
  if (rule.valid_to && rule.valid_to <= today)
    return <StateTag tone="idle">{t("scope.state.over")}</StateTag>;
  return <StateTag tone="good">{t("scope.state.running")}</StateTag>;
}

/** Every rule of who may buy what; deny wins over allow, without a rule nothing is sold. */
export function ScopeRules({ mayChange }: { mayChange: boolean }) {
  const { t } = useTranslation("catalog");
  const format = useFormat();
  const words = useWords();
  const { data, error, refetch } = useListScopeRules();
  const [open, setOpen] = useState<ScopeOut | "new" | null>(null);
  const [removing, setRemoving] = useState<ScopeOut | null>(null);
  const actions = (rule: ScopeOut) =>
    mayChange && (
      <span className="row-actions">
        <Button
          size="small"
          type="text"
          aria-label={`${t("form.open")} ${rule.name}`}
          onClick={() => setOpen(rule)}
        >
          {t("form.open")}
        </Button>
        <Button
          size="small"
          type="text"
          danger
          aria-label={`${t("scope.remove")} ${rule.name}`}
          onClick={() => setRemoving(rule)}
        >
          {t("scope.remove")}
        </Button>
      </span>
    );
  const kind = (rule: ScopeOut) => (
    <StateTag tone={rule.is_allow ? "good" : "bad"}>
      {t(rule.is_allow ? "scope.allow" : "scope.deny")}
    </StateTag>
  );
  const period = (rule: ScopeOut) =>
    rule.valid_to
      ? t("scope.period", {
          from: format.day(rule.valid_from),
          to: format.day(shift(rule.valid_to, { days: -1 })),
        })
      : t("scope.period_open", { from: format.day(rule.valid_from) });
  return (
    <Card
      flush
      title={t("scope.rules")}
      extra={
        mayChange && (
          <Button type="primary" onClick={() => setOpen("new")}>
            {t("scope.new")}
          </Button>
        )
      }
    >
      <Refusal of={error} onRetry={() => void refetch()} />
      {data?.length === 0 && <EmptyState text={t("scope.none")} />}
      {data && data.length > 0 && (
        <SimpleTable
          rows={data}
          rowKey={(rule) => rule.id}
          columns={[
            {
              key: "name",
              title: t("scope.name"),
              width: 200,
              render: (rule) => <span className="cell-main">{rule.name}</span>,
            },
            { key: "kind", title: t("scope.effect_kind"), width: 110, render: kind },
            { key: "audience", title: t("scope.audience"), width: 210, render: words.audience },
            { key: "goods", title: t("scope.goods"), width: 190, render: words.goods },
            { key: "period", title: t("scope.validity"), width: 160, render: period },
            { key: "state", title: t("field.status"), width: 100, render: (rule) => <RuleState of={rule} /> },
            { key: "actions", title: "", width: 130, render: actions },
          ]}
          card={(rule) => (
            <>
              <div className="phone-row">
                <span className="cell-main">{rule.name}</span>
                {kind(rule)}
              </div>
              <div className="quiet">
                {words.audience(rule)} → {words.goods(rule)}
              </div>
              <div className="phone-row">
                <span className="quiet">{period(rule)}</span>
                {actions(rule)}
              </div>
            </>
          )}
        />
      )}
      {open && <ScopeForm of={open === "new" ? null : open} onClose={() => setOpen(null)} />}
      {removing && <RemoveRule of={removing} onClose={() => setRemoving(null)} />}
    </Card>
  );
}
