import { isZero } from "@shared/decimal";
import { rate } from "@shared/money";
import { quantity } from "@shared/quantity";
import { App, Button, Popconfirm } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useSetSkuStatus } from "@/gen/catalog/catalog";
import type { ProductOut, SkuOut } from "@/gen/model";
import { Refusal } from "@/ui/refusal";
import { EmptyState } from "@/ui/states";
import { GoodsState, unitsText } from "./goods";
import { useCatalogRefresh } from "./refresh";
import { SkuForm } from "./sku-form";

function SkuFacts({ of: sku }: { of: SkuOut }) {
  const { t } = useTranslation("catalog");
  const say = (value: string) => quantity(value, sku.units, sku.base_unit);
  const pairs: [string, string][] = [
    [t("sku.units"), unitsText(sku)],
    [t("sku.order_unit"), sku.order_unit],
    [
      t("sku.barcode"),
      sku.units
        .map(
          (unit) =>
            unit.barcode &&
            `${unit.barcode}（${unit.unit}${unit.barcode_repaired ? t("sku.repaired") : ""}）`,
        )
        .filter(Boolean)
        .join(" "),
    ],
    [t("sku.tax_rate"), rate(sku.tax_rate)],
    [t("sku.shelf_life"), sku.shelf_life_days ? t("sku.days", { count: sku.shelf_life_days }) : ""],
    [t("sku.minimum"), isZero(sku.order_minimum) ? "" : say(sku.order_minimum)],
    [t("sku.multiple"), isZero(sku.order_multiple) ? "" : say(sku.order_multiple)],
    [t("sku.limit"), sku.order_limit ? say(sku.order_limit) : ""],
    [
      t("sku.period_limit"),
      sku.period_limit && sku.period_days
        ? t("sku.per_days", { days: sku.period_days, quantity: say(sku.period_limit) })
        : "",
    ],
  ];
  return (
    <dl className="pairs figures">
      {pairs
        .filter(([, value]) => value)
        .map(([name, value]) => (
          <div key={name} className="pair">
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  );
}

function SkuCard({ of: sku, mayChange, onEdit }: { of: SkuOut; mayChange: boolean; onEdit: () => void }) {
  const { t } = useTranslation(["catalog", "common"]);
  const { message } = App.useApp();
  const refresh = useCatalogRefresh();
  const isActive = sku.status === "ACTIVE";
  const move = useSetSkuStatus({
    mutation: {
      onSuccess: () => {
        void message.success(t(isActive ? "sku.stopped" : "sku.resumed", { name: sku.name }));
        refresh();
      },
    },
  });
  return (
    <li className="card">
      <header className="card-head">
        <span className="cell-two">
          <h3>{sku.name}</h3>
          <span className="quiet figures">{[sku.code, sku.specification].filter(Boolean).join(" · ")}</span>
        </span>
        <span className="row-actions">
          <GoodsState of={sku.status} />
          {mayChange && (
            <>
              <Button size="small" type="text" onClick={onEdit} aria-label={`${t("form.open")} ${sku.name}`}>
                {t("form.open")}
              </Button>
              <Popconfirm
                title={t(isActive ? "sku.stop_sure" : "sku.resume_sure", { name: sku.name })}
                okText={t(isActive ? "action.stop" : "action.resume")}
                cancelText={t("common:action.back")}
                onConfirm={() =>
                  move.mutate({
                    skuId: sku.id,
                    data: { status: isActive ? "STOPPED" : "ACTIVE", version: sku.version },
                  })
                }
              >
                <Button size="small" type="text" danger={isActive} loading={move.isPending}>
                  {t(isActive ? "action.stop" : "action.resume")}
                </Button>
              </Popconfirm>
            </>
          )}
        </span>
      </header>
      <div className="card-body">
        <Refusal of={move.error} />
        <SkuFacts of={sku} />
      </div>
    </li>
  );
}

/** The skus of a product with what may be ordered of each. */
export function SkuCards({
  of: product,
  mayChange,
  seesCosts,
}: {
  of: ProductOut;
  mayChange: boolean;
  seesCosts: boolean;
}) {
  const { t } = useTranslation("catalog");
  const [open, setOpen] = useState<SkuOut | "new" | null>(null);
  const add = mayChange && <Button onClick={() => setOpen("new")}>{t("sku.add")}</Button>;
  return (
    <section className="stack" aria-label={t("sku.section")}>
      <header className="section-head">
        <h2>{t("sku.section")}</h2>
        {add}
      </header>
      {product.skus.length === 0 && (
        <div className="card">
          <EmptyState text={t("sku.none")} />
        </div>
      )}
      <ul className="stack">
        {product.skus.map((sku) => (
          <SkuCard key={sku.id} of={sku} mayChange={mayChange} onEdit={() => setOpen(sku)} />
        ))}
      </ul>
      {open && (
        <SkuForm
          product={product}
          of={open === "new" ? undefined : open}
          seesCosts={seesCosts}
          onClose={() => setOpen(null)}
        />
      )}
    </section>
  );
}
