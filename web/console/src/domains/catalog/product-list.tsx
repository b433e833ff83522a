import { isZero } from "@shared/decimal";
import { rate } from "@shared/money";
import { quantity } from "@shared/quantity";
import { Drawer } from "antd";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import {
  getListProductsQueryKey,
  listProducts,
  useListBrands,
  useListCategories,
} from "@/gen/catalog/catalog";
import type { ListProductsParams, ProductOut, SkuOut } from "@/gen/model";
import { type Column, DataTable } from "@/ui/data-table";
import { type Field, FilterBar } from "@/ui/filter-bar";
import { StateTag } from "@/ui/state-tag";
import { type Filters, one, useFilters } from "@/ui/use-filters";
import { usePages } from "@/ui/use-pages";

const STATES = ["ACTIVE", "STOPPED"] as const;

const idOf = (text: string): number | undefined => {
  const id = Number.parseInt(text, 10);
  return Number.isNaN(id) ? undefined : id;
};

function paramsOf(filters: Filters): ListProductsParams {
  return {
    text: one(filters.text) || undefined,
    category_id: idOf(one(filters.category)),
    brand_id: idOf(one(filters.brand)),
    status: STATES.find((status) => status === one(filters.status)) as ListProductsParams["status"],
  };
}

function GoodsState({ of: status }: { of: string }) {
  const { t } = useTranslation("catalog");
  const isActive = status === "ACTIVE";
  return (
    <StateTag tone={isActive ? "good" : "idle"}>{t(isActive ? "state.ACTIVE" : "state.STOPPED")}</StateTag>
  );
}

function Picture({ of: product }: { of: ProductOut }) {
  if (!product.image) return <span className="product-picture" aria-hidden />;
  return <img className="product-picture" src={product.image} alt="" loading="lazy" />;
}

/** The units of a sku from the largest: 1箱 = 24瓶. */
export function unitsText(sku: SkuOut): string {
  return sku.units
    .filter((unit) => unit.unit !== sku.base_unit)
    .map(
      (unit) => `1${unit.unit} = ${quantity(String(unit.numerator / unit.denominator), [], sku.base_unit)}`,
    )
    .join(" · ");
}

function useColumns(): Column<ProductOut>[] {
  const { t } = useTranslation("catalog");
  return useMemo(
    () => [
      {
        key: "name",
        title: t("field.name"),
        width: 320,
        render: (product) => (
          <span className="product-name">
            <Picture of={product} />
            <span className="cell-two">
              <span className="cell-main">{product.name}</span>
              <span className="quiet figures">{product.code}</span>
            </span>
          </span>
        ),
      },
      {
        key: "status",
        title: t("field.status"),
        width: 110,
        render: (product) => <GoodsState of={product.status} />,
      },
      { key: "category", title: t("field.category"), width: 200, render: (product) => product.category_path },
      { key: "brand", title: t("field.brand"), width: 140, render: (product) => product.brand_name },
      {
        key: "skus",
        title: t("field.skus"),
        width: 90,
        numeric: true,
        render: (product) => product.skus.length,
      },
      {
        key: "units",
        title: t("field.units"),
        width: 200,
        render: (product) => [...new Set(product.skus.map(unitsText))].slice(0, 2).join("；"),
      },
    ],
    [t],
  );
}

function Sku({ of: sku }: { of: SkuOut }) {
  const { t } = useTranslation("catalog");
  const units = sku.units;
  const say = (value: string) => quantity(value, units, sku.base_unit);
  const pairs: [string, string][] = [
    [t("sku.units"), unitsText(sku)],
    [
      t("sku.barcode"),
      units
        .map((unit) => unit.barcode && `${unit.barcode}（${unit.unit}）`)
        .filter(Boolean)
        .join(" "),
    ],
    [t("sku.tax_rate"), rate(sku.tax_rate)],
    [t("sku.minimum"), isZero(sku.order_minimum) ? "" : say(sku.order_minimum)],
    [t("sku.multiple"), isZero(sku.order_multiple) ? "" : say(sku.order_multiple)],
    [t("sku.limit"), sku.order_limit ? say(sku.order_limit) : ""],
    [t("sku.shelf_life"), sku.shelf_life_days ? t("sku.days", { count: sku.shelf_life_days }) : ""],
  ];
  return (
    <li className="card">
      <header className="card-head">
        <span className="cell-two">
          <strong>{sku.name}</strong>
          <span className="quiet figures">{sku.code}</span>
        </span>
        <GoodsState of={sku.status} />
      </header>
      <dl className="pairs card-body figures">
        {pairs
          .filter(([, value]) => value)
          .map(([name, value]) => (
            <div key={name} className="pair">
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
      </dl>
    </li>
  );
}

function ProductDrawer({ of: product, onClose }: { of: ProductOut | null; onClose: () => void }) {
  return (
    <Drawer open={product !== null} onClose={onClose} size={520} title={product?.name}>
      {product && (
        <div className="stack">
          <div className="product-name">
            <Picture of={product} />
            <span className="quiet">
              {[product.category_path, product.brand_name].filter(Boolean).join(" · ")}
            </span>
          </div>
          {product.description && <p>{product.description}</p>}
          <ul className="stack">
            {product.skus.map((sku) => (
              <Sku key={sku.id} of={sku} />
            ))}
          </ul>
        </div>
      )}
    </Drawer>
  );
}

function useFields(): Field[] {
  const { t } = useTranslation("catalog");
  const brands = useListBrands();
  const categories = useListCategories();
  return [
    { kind: "text", name: "text", placeholder: t("list.search") },
    {
      kind: "choice",
      name: "category",
      placeholder: t("field.category"),
      options: (categories.data ?? []).map(({ id, path, name }) => ({
        value: String(id),
        label: path || name,
      })),
    },
    {
      kind: "choice",
      name: "brand",
      placeholder: t("field.brand"),
      options: (brands.data ?? []).map(({ id, name }) => ({ value: String(id), label: name })),
    },
    {
      kind: "choice",
      name: "status",
      placeholder: t("field.status"),
      options: STATES.map((value) => ({ value, label: t(`state.${value}`) })),
    },
  ];
}

/** What is sold, as the reader may see it; a row opens its skus. */
export function ProductList() {
  const { t } = useTranslation("catalog");
  const [filters] = useFilters();
  const [open, setOpen] = useState<ProductOut | null>(null);
  const params = paramsOf(filters);
  const pages = usePages(getListProductsQueryKey(params), (cursor, signal) =>
    listProducts({ ...params, cursor }, signal),
  );
  const columns = useColumns();
  return (
    <>
      <FilterBar fields={useFields()} />
      <DataTable
        label={t("list.title")}
        columns={columns}
        pages={pages}
        rowKey={(product) => product.id}
        empty={t("list.empty")}
        onOpen={setOpen}
        card={(product) => (
          <div className="product-name">
            <Picture of={product} />
            <span className="cell-two">
              <span className="cell-main">{product.name}</span>
              <span className="quiet">{product.category_path}</span>
            </span>
          </div>
        )}
      />
      <ProductDrawer of={open} onClose={() => setOpen(null)} />
    </>
  );
}
