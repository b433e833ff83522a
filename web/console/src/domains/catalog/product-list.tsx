import { Link, useNavigate } from "@tanstack/react-router";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import {
  getListProductsQueryKey,
  listProducts,
  useListBrands,
  useListCategories,
} from "@/gen/catalog/catalog";
import type { ListProductsParams, ProductOut } from "@/gen/model";
import { type Column, DataTable } from "@/ui/data-table";
import { type Field, FilterBar } from "@/ui/filter-bar";
import { type Filters, one, useFilters } from "@/ui/use-filters";
import { usePages } from "@/ui/use-pages";
import { useIsPhone } from "@/ui/use-wide";
import { CategoryTree } from "./category-tree";
import { GOODS_STATES, GoodsState, Picture, unitsText } from "./goods";

const idOf = (text: string): number | undefined => {
  const id = Number.parseInt(text, 10);
  return Number.isNaN(id) ? undefined : id;
};

export function productParams(filters: Filters): ListProductsParams {
  return {
    text: one(filters.text) || undefined,
    category_id: idOf(one(filters.category)),
    brand_id: idOf(one(filters.brand)),
    buyer_id: idOf(one(filters.buyer)),
    status: GOODS_STATES.find((status) => status === one(filters.status)) as ListProductsParams["status"],
  };
}

function ProductName({ of: product }: { of: ProductOut }) {
  return (
    <span className="product-name">
      <Picture of={product} />
      <span className="cell-two">
        <Link to="/products/$productId" params={{ productId: String(product.id) }} className="cell-main">
          {product.name}
        </Link>
        <span className="quiet figures">{product.code}</span>
      </span>
    </span>
  );
}

function useColumns(): Column<ProductOut>[] {
  const { t } = useTranslation("catalog");
  return useMemo(
    () => [
      { key: "name", title: t("field.name"), width: 300, render: (product) => <ProductName of={product} /> },
      {
        key: "status",
        title: t("field.status"),
        width: 100,
        render: (product) => <GoodsState of={product.status} />,
      },
      { key: "category", title: t("field.category"), width: 130, render: (product) => product.category_path },
      { key: "brand", title: t("field.brand"), width: 100, render: (product) => product.brand_name },
      {
        key: "skus",
        title: t("field.skus"),
        width: 80,
        numeric: true,
        render: (product) => product.skus.length,
      },
      {
        key: "units",
        title: t("field.units"),
        width: 180,
        render: (product) => [...new Set(product.skus.map(unitsText))].slice(0, 2).join("；"),
      },
    ],
    [t],
  );
}

function useFields(isPhone: boolean): Field[] {
  const { t } = useTranslation("catalog");
  const brands = useListBrands();
  const categories = useListCategories();
  const fields: Field[] = [
    { kind: "text", name: "text", placeholder: t("list.search") },
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
      options: GOODS_STATES.map((value) => ({ value, label: t(`state.${value}`) })),
    },
  ];
  if (isPhone) {
    fields.splice(1, 0, {
      kind: "choice",
      name: "category",
      placeholder: t("field.category"),
      options: (categories.data ?? []).map(({ id, path, name }) => ({
        value: String(id),
        label: path || name,
      })),
    });
  }
  return fields;
}

/** What is sold, as the reader may see it; beside it the product tree. */
export function ProductList() {
  const { t } = useTranslation("catalog");
  const [filters, change] = useFilters();
  const navigate = useNavigate();
  const isPhone = useIsPhone();
  const params = productParams(filters);
  const pages = usePages(getListProductsQueryKey(params), (cursor, signal) =>
    listProducts({ ...params, cursor }, signal),
  );
  const columns = useColumns();
  const list = (
    <DataTable
      label={t("list.title")}
      columns={columns}
      pages={pages}
      rowKey={(product) => product.id}
      empty={t("list.empty")}
      onOpen={(product) =>
        void navigate({ to: "/products/$productId", params: { productId: String(product.id) } })
      }
      card={(product) => (
        <>
          <ProductName of={product} />
          <div className="phone-row">
            <span className="quiet">{product.category_path}</span>
            <GoodsState of={product.status} />
          </div>
        </>
      )}
    />
  );
  return (
    <>
      <FilterBar fields={useFields(isPhone)} />
      {isPhone ? (
        list
      ) : (
        <div className="tree-and-list">
          <CategoryTree
            chosen={params.category_id ?? null}
            onChoose={(id) => change({ category: id === null ? undefined : String(id) })}
          />
          {list}
        </div>
      )}
    </>
  );
}
