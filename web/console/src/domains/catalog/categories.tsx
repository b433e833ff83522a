import { App, Button, Input, InputNumber, Modal, Tree, TreeSelect } from "antd";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { useCreateCategory, useListCategories, useUpdateCategory } from "@/gen/catalog/catalog";
import type { CategoryOut } from "@/gen/model";
import { FormField, fieldProblem } from "@/ui/form-field";
import { Card } from "@/ui/page";
import { Refusal } from "@/ui/refusal";
import { EmptyState } from "@/ui/states";
import { treeOf } from "./category-tree";
import { useCatalogRefresh } from "./refresh";

interface Choice {
  value: number;
  title: string;
  disabled: boolean;
  children: Choice[];
}

/** The tree to choose a parent from: a category itself and all below it cannot be its parent. */
function choicesOf(categories: readonly CategoryOut[], exceptId: number | null): Choice[] {
  const build = (nodes: ReturnType<typeof treeOf>, isBelow: boolean): Choice[] =>
    nodes.map((node) => {
      const disabled = isBelow || node.key === exceptId;
      return { value: node.key, title: node.title, disabled, children: build(node.children, disabled) };
    });
  return build(treeOf(categories), false);
}

function CategoryDialog({
  of: category,
  all,
  parentId,
  onClose,
}: {
  of: CategoryOut | null;
  all: readonly CategoryOut[];
  parentId: number | null;
  onClose: () => void;
}) {
  const { t } = useTranslation(["catalog", "common"]);
  const { message } = App.useApp();
  const refresh = useCatalogRefresh();
  const [code, setCode] = useState("");
  const [name, setName] = useState(category?.name ?? "");
  const [parent, setParent] = useState<number | null>(category ? category.parent_id : parentId);
  const [position, setPosition] = useState(category?.position ?? 0);
  const mutation = {
    onSuccess: (kept: CategoryOut) => {
      void message.success(t("category.kept", { path: kept.path }));
      refresh();
      onClose();
    },
  };
  const create = useCreateCategory({ mutation });
  const update = useUpdateCategory({ mutation });
  const problem = create.error ?? update.error;
  const body = { name: name.trim(), parent_id: parent, position };
  const isMoved = category !== null && parent !== category.parent_id;
  return (
    <Modal
      open
      title={t(category ? "category.edit" : "category.add")}
      okText={t("form.save")}
      cancelText={t("common:action.back")}
      okButtonProps={{
        disabled: !name.trim() || (!category && !code.trim()),
        loading: create.isPending || update.isPending,
      }}
      onOk={() =>
        category
          ? update.mutate({ categoryId: category.id, data: { ...body, version: category.version } })
          : create.mutate({ data: { ...body, code: code.trim() } })
      }
      onCancel={onClose}
    >
      <div className="stack">
        {!category && (
          <FormField
            label={t("form.code")}
            hint={t("form.code_hint")}
            problem={fieldProblem(problem, "code")}
          >
            <Input value={code} maxLength={60} onChange={(event) => setCode(event.target.value)} />
          </FormField>
        )}
        <FormField label={t("category.name")} problem={fieldProblem(problem, "name")}>
          <Input value={name} maxLength={200} onChange={(event) => setName(event.target.value)} />
        </FormField>
        <FormField label={t("category.parent")} problem={fieldProblem(problem, "parent_id")}>
          <TreeSelect
            allowClear
            treeDefaultExpandAll
            value={parent ?? undefined}
            placeholder={t("category.top")}
            onChange={(value?: number) => setParent(value ?? null)}
            treeData={choicesOf(all, category?.id ?? null)}
          />
        </FormField>
        <FormField label={t("category.position")} hint={t("category.position_hint")}>
          <InputNumber min={0} precision={0} value={position} onChange={(value) => setPosition(value ?? 0)} />
        </FormField>
        {isMoved && <p>{t("category.move_effect")}</p>}
        <Refusal of={problem} />
      </div>
    </Modal>
  );
}

/** The product tree: names, places and order. */
export function Categories({ mayChange }: { mayChange: boolean }) {
  const { t } = useTranslation("catalog");
  const { data, error, refetch } = useListCategories();
  const [open, setOpen] = useState<{ of: CategoryOut | null; parentId: number | null } | null>(null);
  const nodes = useMemo(() => treeOf(data ?? []), [data]);
  const byId = useMemo(() => new Map(data?.map((one) => [one.id, one])), [data]);
  return (
    <Card
      title={t("category.title")}
      extra={
        mayChange && (
          <Button onClick={() => setOpen({ of: null, parentId: null })}>{t("category.add")}</Button>
        )
      }
    >
      <Refusal of={error} onRetry={() => void refetch()} />
      {data?.length === 0 && <EmptyState text={t("category.none")} />}
      {data && (
        <Tree
          blockNode
          defaultExpandAll
          selectable={false}
          treeData={nodes}
          titleRender={(node) => (
            <span className="tree-row">
              <span className="cell-main">{node.title}</span>
              {byId.get(node.key)?.code !== node.title && (
                <span className="quiet figures">{byId.get(node.key)?.code}</span>
              )}
              {mayChange && (
                <>
                  <Button
                    size="small"
                    type="text"
                    aria-label={`${t("category.edit")} ${node.title}`}
                    onClick={() => setOpen({ of: byId.get(node.key) ?? null, parentId: null })}
                  >
                    {t("form.open")}
                  </Button>
                  <Button
                    size="small"
                    type="text"
                    aria-label={`${t("category.add_below")} ${node.title}`}
                    onClick={() => setOpen({ of: null, parentId: node.key })}
                  >
                    {t("category.add_below")}
                  </Button>
                </>
              )}
            </span>
          )}
        />
      )}
      {open && data && (
        <CategoryDialog of={open.of} all={data} parentId={open.parentId} onClose={() => setOpen(null)} />
      )}
    </Card>
  );
}
