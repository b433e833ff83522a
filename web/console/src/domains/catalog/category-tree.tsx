import { Button, Tree } from "antd";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { useListCategories } from "@/gen/catalog/catalog";
import type { CategoryOut } from "@/gen/model";
import { Refusal } from "@/ui/refusal";

interface Node {
  key: number;
  title: string;
  children: Node[];
}

/** The flat list, parents before children, as a tree. */
export function treeOf(categories: readonly CategoryOut[]): Node[] {
  const nodes = new Map<number, Node>();
  const roots: Node[] = [];
  for (const one of categories) {
    const node = { key: one.id, title: one.name, children: [] };
    nodes.set(one.id, node);
    const parent = one.parent_id === null ? undefined : nodes.get(one.parent_id);
    (parent?.children ?? roots).push(node);
  }
  return roots;
}

/** The product tree; a click narrows the list to a category and all below it. */
export function CategoryTree({
  chosen,
  onChoose,
}: {
  chosen: number | null;
  onChoose: (id: number | null) => void;
}) {
  const { t } = useTranslation("catalog");
  const { data, error } = useListCategories();
  const nodes = useMemo(() => treeOf(data ?? []), [data]);
  const [open, setOpen] = useState<React.Key[]>([]);
  if (error) return <Refusal of={error} />;
  return (
    <nav className="card category-tree" aria-label={t("category.tree")}>
      <Button type={chosen === null ? "link" : "text"} size="small" onClick={() => onChoose(null)}>
        {t("category.all")}
      </Button>
      <Tree<Node>
        blockNode
        treeData={nodes}
        expandedKeys={open}
        onExpand={setOpen}
        selectedKeys={chosen === null ? [] : [chosen]}
        onSelect={(keys) => onChoose(keys.length ? Number(keys[0]) : null)}
      />
    </nav>
  );
}
