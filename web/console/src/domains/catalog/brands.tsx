import { App, Button, Input, Modal } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useCreateBrand, useListBrands, useUpdateBrand } from "@/gen/catalog/catalog";
import type { BrandOut } from "@/gen/model";
import { FormField, fieldProblem } from "@/ui/form-field";
import { Card } from "@/ui/page";
import { Refusal } from "@/ui/refusal";
import { EmptyState } from "@/ui/states";
import { useCatalogRefresh } from "./refresh";

function BrandDialog({ of: brand, onClose }: { of: BrandOut | null; onClose: () => void }) {
  const { t } = useTranslation(["catalog", "common"]);
  const { message } = App.useApp();
  const refresh = useCatalogRefresh();
  const [code, setCode] = useState("");
  const [name, setName] = useState(brand?.name ?? "");
  const mutation = {
    onSuccess: (kept: BrandOut) => {
      void message.success(t("brand.kept", { name: kept.name }));
      refresh();
      onClose();
    },
  };
  const create = useCreateBrand({ mutation });
  const update = useUpdateBrand({ mutation });
  const problem = create.error ?? update.error;
  return (
    <Modal
      open
      title={t(brand ? "brand.edit" : "brand.add")}
      okText={t("form.save")}
      cancelText={t("common:action.back")}
      okButtonProps={{
        disabled: !name.trim() || (!brand && !code.trim()),
        loading: create.isPending || update.isPending,
      }}
      onOk={() =>
        brand
          ? update.mutate({ brandId: brand.id, data: { name: name.trim(), version: brand.version } })
          : create.mutate({ data: { code: code.trim(), name: name.trim() } })
      }
      onCancel={onClose}
    >
      <div className="stack">
        {!brand && (
          <FormField
            label={t("form.code")}
            hint={t("form.code_hint")}
            problem={fieldProblem(problem, "code")}
          >
            <Input value={code} maxLength={60} onChange={(event) => setCode(event.target.value)} />
          </FormField>
        )}
        <FormField label={t("brand.name")} problem={fieldProblem(problem, "name")}>
          <Input value={name} maxLength={200} onChange={(event) => setName(event.target.value)} />
        </FormField>
        <Refusal of={problem} />
      </div>
    </Modal>
  );
}

/** The trade marks on the goods. */
export function Brands({ mayChange }: { mayChange: boolean }) {
  const { t } = useTranslation("catalog");
  const { data, error, refetch } = useListBrands();
  const [open, setOpen] = useState<BrandOut | "new" | null>(null);
  const add = mayChange && <Button onClick={() => setOpen("new")}>{t("brand.add")}</Button>;
  return (
    <Card title={t("brand.title")} extra={add}>
      <Refusal of={error} onRetry={() => void refetch()} />
      {data?.length === 0 && <EmptyState text={t("brand.none")} />}
      <ul className="rows">
        {data?.map((brand) => (
          <li key={brand.id}>
            <span className="cell-two">
              <span className="cell-main">{brand.name}</span>
              {brand.code !== brand.name && <span className="quiet figures">{brand.code}</span>}
            </span>
            {mayChange && (
              <Button
                size="small"
                type="text"
                aria-label={`${t("brand.edit")} ${brand.name}`}
                onClick={() => setOpen(brand)}
              >
                {t("form.open")}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {open && <BrandDialog of={open === "new" ? null : open} onClose={() => setOpen(null)} />}
    </Card>
  );
}
