import { SearchOutlined } from "@ant-design/icons";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Input, Tree, type TreeDataNode } from "antd";
import { useEffect, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { getGetOrganizationQueryOptions, getListOrganizationsQueryOptions } from "@/gen/access/access";
import type { OrganizationOut } from "@/gen/model";
import { Card } from "@/ui/page";
import { Refusal } from "@/ui/refusal";
import { isLeaf, type useTree } from "./use-tree";

const HEIGHT = Math.min(600, Math.round(window.innerHeight * 0.6));
const FOUND_MAX = 40;

function Node({ of: organization }: { of: OrganizationOut }) {
  const { t } = useTranslation("access");
  return (
    <span className={organization.is_active ? "tree-node" : "tree-node tree-node-off"}>
      <span>{organization.name}</span>
      <span className="quiet">
        {t(`kind.${organization.kind}`)}
        {!organization.is_active && ` · ${t("organization.closed")}`}
      </span>
    </span>
  );
}

function Found({ text, onPick }: { text: string; onPick: (id: number) => void }) {
  const { t } = useTranslation("access");
  const found = useQuery({
    ...getListOrganizationsQueryOptions({ text, limit: FOUND_MAX }),
    placeholderData: keepPreviousData,
  });
  if (found.error) return <Refusal of={found.error} />;
  const rows = found.data?.items ?? [];
  if (found.data && rows.length === 0) return <p className="quiet">{t("organization.none_found")}</p>;
  return (
    <ul className="tree-found">
      {rows.map((row) => (
        <li key={row.id}>
          <button type="button" onClick={() => onPick(row.id)}>
            <Node of={row} />
            <span className="quiet figures">{row.code}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}

interface OrganizationTreeProps {
  rootId: number;
  tree: ReturnType<typeof useTree>;
  selectedId: number | null;
  onSelect: (id: number) => void;
}

/** The organization as a tree that opens level by level; only what is in sight is drawn. */
export function OrganizationTree({ rootId, tree, selectedId, onSelect }: OrganizationTreeProps) {
  const { t } = useTranslation("access");
  const root = useQuery(getGetOrganizationQueryOptions(rootId));
  const [text, setText] = useState("");
  const [expanded, setExpanded] = useState<number[]>([rootId]);
  const list = useRef<{ scrollTo: (target: { key: number }) => void }>(null);
  const { children, load, reveal } = tree;
  useEffect(() => void load(rootId), [load, rootId]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only where a link led to, once
  useEffect(() => {
    if (selectedId) void show(selectedId);
  }, []);
  const show = async (id: number) => {
    const above = await reveal(id, rootId);
    setExpanded((before) => [...new Set([...before, ...above])]);
    // The root is in sight anyway, and a list whose rows are not drawn yet cannot be scrolled.
    if (above.length > 0) setTimeout(() => list.current?.scrollTo({ key: id }), 300);
  };
  const pick = (id: number) => {
    setText("");
    onSelect(id);
    void show(id);
  };
  const nodes = useMemo(() => {
    const build = (organization: OrganizationOut): TreeDataNode => ({
      key: organization.id,
      title: <Node of={organization} />,
      isLeaf: isLeaf(organization) || children.get(organization.id)?.length === 0,
      children: children.get(organization.id)?.map(build),
    });
    return root.data ? [build(root.data)] : [];
  }, [root.data, children]);
  return (
    <Card>
      <div className="stack">
        <Input
          allowClear
          prefix={<SearchOutlined aria-hidden />}
          placeholder={t("organization.find")}
          aria-label={t("organization.find")}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        <Refusal of={root.error} />
        {text.trim() ? (
          <Found text={text.trim()} onPick={pick} />
        ) : (
          <Tree
            ref={list as never}
            blockNode
            virtual
            height={HEIGHT}
            aria-label={t("organization.tree")}
            treeData={nodes}
            expandedKeys={expanded}
            selectedKeys={selectedId ? [selectedId] : []}
            loadData={(node) => load(Number(node.key))}
            onExpand={(keys) => setExpanded(keys.map(Number))}
            onSelect={(_, { node }) => onSelect(Number(node.key))}
          />
        )}
      </div>
    </Card>
  );
}
