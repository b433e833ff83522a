import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useWhySellable } from "@/gen/catalog/catalog";
import { FormField } from "@/ui/form-field";
import { Card } from "@/ui/page";
import { Refusal } from "@/ui/refusal";
import { StateTag } from "@/ui/state-tag";
import { GoodsSelect } from "./goods-select";
import { type Chosen, OrganizationSelect } from "./organization-select";

type Because = "allowed" | "denied" | "no_rule" | "stopped" | "not_trading" | "not_in_contract";

/** Why a partner may, or may not, buy goods: contract, state and the rules that speak of both. */
export function WhyCheck() {
  const { t } = useTranslation("catalog");
  const [buyer, setBuyer] = useState<Chosen | null>(null);
  const [skuId, setSkuId] = useState<number | null>(null);
  const isAsked = buyer !== null && skuId !== null;
  const { data, error } = useWhySellable(
    { buyer_id: Number(buyer?.key ?? 1), sku_id: skuId ?? 1 },
    { query: { enabled: isAsked, retry: false } },
  );
  return (
    <Card title={t("why.title")}>
      <div className="stack">
        <p className="quiet">{t("why.hint")}</p>
        <div className="fields">
          <FormField label={t("scope.partner")}>
            <OrganizationSelect
              by="id"
              value={buyer ? [buyer] : []}
              onChange={(chosen) => setBuyer(chosen.at(-1) ?? null)}
            />
          </FormField>
          <FormField label={t("field.name")}>
            <GoodsSelect
              isSingle
              value={skuId === null ? [] : [skuId]}
              names={{}}
              onChange={(ids) => setSkuId(ids[0] ?? null)}
            />
          </FormField>
        </div>
        {isAsked && error && <Refusal of={error} />}
        {isAsked && data && (
          <div className="stack" role="status">
            <span className="title-row">
              <StateTag tone={data.allowed ? "good" : "bad"}>
                {t(data.allowed ? "why.yes" : "why.no")}
              </StateTag>
              <span>{t(`why.because.${data.because as Because}`)}</span>
            </span>
            {data.rules.length > 0 && (
              <ol className="words">
                {data.rules.map((rule) => (
                  <li key={rule.id}>{t(rule.is_allow ? "why.allows" : "why.denies", { name: rule.name })}</li>
                ))}
              </ol>
            )}
          </div>
        )}
      </div>
    </Card>
  );
}
