import { App, DatePicker, Input, Radio, Select } from "antd";
import dayjs from "dayjs";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import {
  useCreateScopeRule,
  useListBrands,
  useListCategories,
  useUpdateScopeRule,
} from "@/gen/catalog/catalog";
import type { ScopeOut } from "@/gen/model";
import { usePartnerTotals } from "@/gen/partners/partners";
import { FormDrawer } from "@/ui/form-drawer";
import { FormField, fieldProblem } from "@/ui/form-field";
import { useFormat } from "@/ui/use-format";
import { GoodsSelect } from "./goods-select";
import { OrganizationSelect } from "./organization-select";
import { useCatalogRefresh } from "./refresh";
import { bodyOf, draftOf, type ScopeDraft } from "./scope-draft";
import { ScopeEffect } from "./scope-effect";

const KINDS = ["DISTRIBUTOR", "SUB_DISTRIBUTOR", "STORE", "SERVICE_PROVIDER"] as const;

interface PartProps {
  draft: ScopeDraft;
  change: (next: Partial<ScopeDraft>) => void;
}

function Audience({ draft, change }: PartProps) {
  const { t } = useTranslation(["catalog", "access"]);
  const { data } = usePartnerTotals({}, { query: { staleTime: 60_000 } });
  const words = (counts: Record<string, number> | undefined) =>
    Object.keys(counts ?? {})
      .filter(Boolean)
      .sort()
      .map((value) => ({ value, label: value }));
  return (
    <>
      <h3>{t("scope.audience")}</h3>
      <p className="quiet">{t("scope.audience_hint")}</p>
      <div className="fields">
        <FormField label={t("scope.organizations")}>
          <OrganizationSelect
            by="id"
            value={draft.organizations}
            onChange={(organizations) => change({ organizations })}
          />
        </FormField>
        <FormField label={t("scope.under")}>
          <OrganizationSelect by="path" value={draft.under} onChange={(under) => change({ under })} />
        </FormField>
        <FormField label={t("scope.kinds")}>
          <Select
            mode="multiple"
            value={draft.kinds}
            onChange={(kinds) => change({ kinds })}
            options={KINDS.map((value) => ({ value, label: t(`access:kind.${value}`) }))}
          />
        </FormField>
        <FormField label={t("scope.tiers")}>
          <Select
            mode="multiple"
            value={draft.tiers}
            onChange={(tiers) => change({ tiers })}
            options={words(data?.by_tier)}
          />
        </FormField>
        <FormField label={t("scope.tags")}>
          <Select
            mode="tags"
            value={draft.tags}
            onChange={(tags) => change({ tags })}
            options={words(data?.by_tag)}
          />
        </FormField>
        <FormField label={t("scope.channels")}>
          <Select mode="tags" value={draft.channels} onChange={(channels) => change({ channels })} />
        </FormField>
      </div>
    </>
  );
}

function Goods({ draft, change, names }: PartProps & { names: Readonly<Record<string, string>> }) {
  const { t } = useTranslation("catalog");
  const brands = useListBrands();
  const categories = useListCategories();
  return (
    <>
      <h3>{t("scope.goods")}</h3>
      <p className="quiet">{t("scope.goods_hint")}</p>
      <div className="fields">
        <FormField label={t("scope.categories")}>
          <Select
            mode="multiple"
            showSearch={{ optionFilterProp: "label" }}
            value={draft.categoryIds}
            onChange={(categoryIds) => change({ categoryIds })}
            options={(categories.data ?? []).map(({ id, path, name }) => ({
              value: id,
              label: path || name,
            }))}
          />
        </FormField>
        <FormField label={t("scope.brands")}>
          <Select
            mode="multiple"
            showSearch={{ optionFilterProp: "label" }}
            value={draft.brandIds}
            onChange={(brandIds) => change({ brandIds })}
            options={(brands.data ?? []).map(({ id, name }) => ({ value: id, label: name }))}
          />
        </FormField>
        <FormField label={t("scope.skus")} isWide>
          <GoodsSelect value={draft.skuIds} names={names} onChange={(skuIds) => change({ skuIds })} />
        </FormField>
      </div>
    </>
  );
}

/** A rule of who may buy what; it is saved only after its effect was worked out and shown. */
export function ScopeForm({ of: rule, onClose }: { of: ScopeOut | null; onClose: () => void }) {
  const { t } = useTranslation("catalog");
  const { message } = App.useApp();
  const refresh = useCatalogRefresh();
  const today = useFormat().today();
  const [begin] = useState(() => draftOf(rule, today));
  const [draft, setDraft] = useState(begin);
  const [isKnown, setIsKnown] = useState(false);
  const change = (next: Partial<ScopeDraft>) => setDraft((before) => ({ ...before, ...next }));
  const body = useMemo(() => bodyOf(draft), [draft]);
  const mutation = {
    onSuccess: (kept: ScopeOut) => {
      void message.success(t("scope.kept", { name: kept.name }));
      refresh();
      onClose();
    },
  };
  const create = useCreateScopeRule({ mutation });
  const update = useUpdateScopeRule({ mutation });
  const problem = create.error ?? update.error;
  const submit = () =>
    rule
      ? update.mutate({ ruleId: rule.id, data: { ...body, version: rule.version } })
      : create.mutate({ data: body });
  return (
    <FormDrawer
      title={rule ? t("scope.edit", { name: rule.name }) : t("scope.new")}
      confirm={t(isKnown ? "scope.save" : "scope.wait")}
      isReady={draft.name.trim() !== "" && draft.from !== "" && isKnown}
      isBusy={create.isPending || update.isPending}
      isDirty={draft !== begin}
      problem={problem}
      size={860}
      onClose={onClose}
      onSubmit={submit}
    >
      <FormField label={t("scope.name")} problem={fieldProblem(problem, "name")}>
        <Input
          value={draft.name}
          maxLength={200}
          onChange={(event) => change({ name: event.target.value })}
        />
      </FormField>
      <div className="fields">
        <FormField label={t("scope.effect_kind")} hint={t("scope.deny_wins")} isWide>
          <Radio.Group
            value={draft.isAllow}
            onChange={(event) => change({ isAllow: event.target.value as boolean })}
            options={[
              { value: true, label: t("scope.allow") },
              { value: false, label: t("scope.deny") },
            ]}
          />
        </FormField>
        <FormField label={t("scope.from")} problem={fieldProblem(problem, "valid_from")}>
          <DatePicker
            value={draft.from ? dayjs(draft.from) : null}
            onChange={(day) => change({ from: day?.format("YYYY-MM-DD") ?? "" })}
          />
        </FormField>
        <FormField label={t("scope.last_day")} hint={t("scope.open_hint")}>
          <DatePicker
            value={draft.until ? dayjs(draft.until).subtract(1, "day") : null}
            minDate={draft.from ? dayjs(draft.from) : undefined}
            onChange={(day) => change({ until: day?.add(1, "day").format("YYYY-MM-DD") ?? "" })}
          />
        </FormField>
      </div>
      <Audience draft={draft} change={change} />
      <Goods draft={draft} change={change} names={rule?.skus ?? {}} />
      <h3>{t("scope.effect")}</h3>
      <ScopeEffect rule={body} replacesId={rule?.id ?? null} onKnown={setIsKnown} />
    </FormDrawer>
  );
}
