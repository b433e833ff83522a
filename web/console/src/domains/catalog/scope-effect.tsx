import { useQuery } from "@tanstack/react-query";
import { Input, Segmented } from "antd";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { previewScopeRule } from "@/gen/catalog/catalog";
import type { ScopeIn, ScopePreviewOut } from "@/gen/model";
import type { Problem } from "@/problem";
import { Refusal } from "@/ui/refusal";
import { SimpleTable } from "@/ui/simple-table";

const TYPING_MS = 400;

/** What would change for whom; asked again whenever the rule changes, nothing is saved by it. */
export function useEffectOf(rule: ScopeIn | null, replacesId: number | null, text: string) {
  const asked = JSON.stringify({ rule, replacesId, text });
  const [settled, setSettled] = useState(asked);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(asked), TYPING_MS);
    return () => clearTimeout(timer);
  }, [asked]);
  const preview = useQuery<ScopePreviewOut, Problem>({
    queryKey: ["/api/v1/catalog/scope-rules/preview", settled],
    queryFn: ({ signal }) => {
      const body = JSON.parse(settled) as { rule: ScopeIn | null; replacesId: number | null; text: string };
      return previewScopeRule({ rule: body.rule, replaces_id: body.replacesId, text: body.text }, signal);
    },
    placeholderData: (before) => before,
    retry: false,
  });
  return { ...preview, isSettled: settled === asked && !preview.isFetching };
}

function Partners({ of: effect }: { of: ScopePreviewOut }) {
  const { t } = useTranslation("catalog");
  const names = new Map(effect.skus.map((sku) => [sku.id, sku.name]));
  const say = (ids: readonly number[]) =>
    ids
      .slice(0, 3)
      .map((id) => names.get(id) ?? id)
      .join(t("separator"));
  return (
    <>
      <SimpleTable
        rows={effect.effects}
        rowKey={(row) => row.organization_id}
        height={320}
        columns={[
          {
            key: "name",
            title: t("scope.partner"),
            width: 220,
            render: (row) => <span className="cell-main">{row.name}</span>,
          },
          {
            key: "gains",
            title: t("scope.gains"),
            width: 240,
            render: (row) =>
              row.gained_sku_ids.length > 0 && (
                <span className="cell-two">
                  <strong className="tone-good effect-count">+{row.gained_sku_ids.length}</strong>
                  <span className="quiet">{say(row.gained_sku_ids)}</span>
                </span>
              ),
          },
          {
            key: "loses",
            title: t("scope.loses"),
            width: 240,
            render: (row) =>
              row.lost_sku_ids.length > 0 && (
                <span className="cell-two">
                  <strong className="tone-bad effect-count">−{row.lost_sku_ids.length}</strong>
                  <span className="quiet">{say(row.lost_sku_ids)}</span>
                </span>
              ),
          },
        ]}
        card={(row) => (
          <>
            <span className="cell-main">{row.name}</span>
            <span className="quiet figures">
              +{row.gained_sku_ids.length} / −{row.lost_sku_ids.length}
            </span>
          </>
        )}
      />
      {effect.found > effect.effects.length && (
        <p className="quiet">{t("scope.more_partners", { count: effect.found - effect.effects.length })}</p>
      )}
    </>
  );
}

function Goods({ of: effect, text }: { of: ScopePreviewOut; text: string }) {
  const { t } = useTranslation("catalog");
  const word = text.toLowerCase();
  const rows = effect.skus.filter((sku) => `${sku.name} ${sku.code}`.toLowerCase().includes(word));
  return (
    <SimpleTable
      rows={rows}
      rowKey={(row) => row.id}
      height={320}
      columns={[
        {
          key: "name",
          title: t("field.name"),
          width: 280,
          render: (row) => (
            <span className="cell-two">
              <span className="cell-main">{row.name}</span>
              <span className="quiet figures">{row.code}</span>
            </span>
          ),
        },
        {
          key: "gaining",
          title: t("scope.gaining"),
          width: 130,
          numeric: true,
          render: (row) => row.gaining || "",
        },
        {
          key: "losing",
          title: t("scope.losing"),
          width: 130,
          numeric: true,
          render: (row) => row.losing || "",
        },
      ]}
    />
  );
}

interface ScopeEffectProps {
  rule: ScopeIn | null;
  replacesId: number | null;
  onKnown?: (isKnown: boolean) => void;
}

/** Who gains and who loses access, by partner or by goods, searchable, before anything is saved. */
export function ScopeEffect({ rule, replacesId, onKnown }: ScopeEffectProps) {
  const { t } = useTranslation("catalog");
  const [text, setText] = useState("");
  const [by, setBy] = useState<"partners" | "goods">("partners");
  const { data, error, isSettled } = useEffectOf(rule, replacesId, by === "partners" ? text.trim() : "");
  const isKnown = data !== undefined && isSettled && !error;
  useEffect(() => onKnown?.(isKnown), [isKnown, onKnown]);
  if (error) return <Refusal of={error} />;
  if (!data) return <p role="status">{t("scope.working")}</p>;
  const isNothing = data.gaining + data.losing === 0;
  return (
    <section className="scope-effect" aria-label={t("scope.effect")} aria-busy={!isSettled}>
      <p role="status">
        {isNothing
          ? t("scope.nothing", { buyers: data.buyers })
          : t("scope.sum", {
              buyers: data.buyers,
              gaining: data.gaining,
              losing: data.losing,
              skus: data.skus.length,
            })}
      </p>
      {!isNothing && (
        <>
          <div className="list-tools">
            <Input
              allowClear
              className="filter-text"
              aria-label={t("scope.search")}
              placeholder={t("scope.search")}
              value={text}
              onChange={(event) => setText(event.target.value)}
            />
            <Segmented
              value={by}
              onChange={setBy}
              options={[
                { value: "partners", label: t("scope.by_partner") },
                { value: "goods", label: t("scope.by_goods") },
              ]}
            />
          </div>
          {by === "partners" ? <Partners of={data} /> : <Goods of={data} text={text.trim()} />}
        </>
      )}
    </section>
  );
}
