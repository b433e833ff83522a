import { useNavigate } from "@tanstack/react-router";
import { App, Input, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useCreateProduct, useListBrands, useListCategories, useUpdateProduct } from "@/gen/catalog/catalog";
import type { ProductIn, ProductOut } from "@/gen/model";
import { CustomFieldsForm } from "@/ui/custom-fields";
import { FormDrawer } from "@/ui/form-drawer";
import { FormField, fieldProblem } from "@/ui/form-field";
import { useCatalogRefresh } from "./refresh";

type Draft = Required<Omit<ProductIn, "category_id" | "brand_id">> & {
  category_id: number | null;
  brand_id: number | null;
};

const draftOf = (product?: ProductOut): Draft => ({
  code: product?.code ?? "",
  name: product?.name ?? "",
  category_id: product?.category_id ?? null,
  brand_id: product?.brand_id ?? null,
  description: product?.description ?? "",
  image: product?.image ?? "",
  custom: (product?.custom ?? {}) as Draft["custom"],
});

interface ProductFormProps {
  of?: ProductOut;
  onClose: () => void;
}

/** A new product, or one that changes as a whole. */
export function ProductForm({ of: product, onClose }: ProductFormProps) {
  const { t } = useTranslation("catalog");
  const { message } = App.useApp();
  const navigate = useNavigate();
  const refresh = useCatalogRefresh();
  const brands = useListBrands();
  const categories = useListCategories();
  const [begin] = useState(() => draftOf(product));
  const [draft, setDraft] = useState(begin);
  const change = (next: Partial<Draft>) => setDraft((before) => ({ ...before, ...next }));
  const mutation = {
    onSuccess: (kept: ProductOut) => {
      void message.success(t(product ? "form.changed" : "form.made", { name: kept.name, code: kept.code }));
      refresh();
      onClose();
      if (!product) void navigate({ to: "/products/$productId", params: { productId: String(kept.id) } });
    },
  };
  const create = useCreateProduct({ mutation });
  const update = useUpdateProduct({ mutation });
  const problem = create.error ?? update.error;
  const submit = () => {
    const { code, category_id, ...rest } = draft;
    const body = { ...rest, name: draft.name.trim(), category_id: category_id ?? 0 };
    if (product) update.mutate({ productId: product.id, data: { ...body, version: product.version } });
    else create.mutate({ data: { ...body, code: code.trim() } });
  };
  return (
    <FormDrawer
      title={product ? t("form.edit", { name: product.name }) : t("form.new")}
      confirm={t("form.save")}
      isReady={
        draft.name.trim() !== "" &&
        draft.category_id !== null &&
        (Boolean(product) || draft.code.trim() !== "")
      }
      isBusy={create.isPending || update.isPending}
      isDirty={draft !== begin}
      problem={problem}
      onClose={onClose}
      onSubmit={submit}
    >
      <div className="fields">
        <FormField label={t("form.name")} problem={fieldProblem(problem, "name")}>
          <Input
            value={draft.name}
            maxLength={200}
            onChange={(event) => change({ name: event.target.value })}
          />
        </FormField>
        {!product && (
          <FormField
            label={t("form.code")}
            hint={t("form.code_hint")}
            problem={fieldProblem(problem, "code")}
          >
            <Input
              value={draft.code}
              maxLength={60}
              onChange={(event) => change({ code: event.target.value })}
            />
          </FormField>
        )}
        <FormField label={t("field.category")} problem={fieldProblem(problem, "category_id")}>
          <Select
            value={draft.category_id}
            showSearch={{ optionFilterProp: "label" }}
            onChange={(category_id: number) => change({ category_id })}
            options={(categories.data ?? []).map(({ id, path, name }) => ({
              value: id,
              label: path || name,
            }))}
          />
        </FormField>
        <FormField label={t("field.brand")} problem={fieldProblem(problem, "brand_id")}>
          <Select
            allowClear
            value={draft.brand_id}
            showSearch={{ optionFilterProp: "label" }}
            onChange={(brand_id?: number) => change({ brand_id: brand_id ?? null })}
            options={(brands.data ?? []).map(({ id, name }) => ({ value: id, label: name }))}
          />
        </FormField>
      </div>
      <FormField label={t("form.description")} problem={fieldProblem(problem, "description")}>
        <Input.TextArea
          autoSize={{ minRows: 3, maxRows: 10 }}
          maxLength={20_000}
          value={draft.description}
          onChange={(event) => change({ description: event.target.value })}
        />
      </FormField>
      <CustomFieldsForm
        entity="product"
        values={draft.custom}
        problem={problem}
        onChange={(custom) => change({ custom: custom as Draft["custom"] })}
      />
    </FormDrawer>
  );
}
