import { useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Button, Input, Tree } from "antd";
import { type Key, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { getListOrganizationsQueryKey, listOrganizations } from "@/gen/access/access";
import type { OrganizationOut } from "@/gen/model";
import { Card } from "@/ui/page";
import { Refusal } from "@/ui/refusal";
import { EmptyState } from "@/ui/states";

interface Node {
  key: number;
  of: OrganizationOut;
  isLeaf: boolean;
  children?: Node[];
}

const PAGE = 500;
const TYPING_MS = 300;
const nodeOf = (of: OrganizationOut): Node => ({ key: of.id, of, isLeaf: of.kind === "STORE" });

const grown = (nodes: Node[], key: Key, children: Node[]): Node[] =>
  nodes.map((node) =>
    node.key === key
      ? { ...node, children, isLeaf: children.length === 0 }
      : node.children
        ? { ...node, children: grown(node.children, key, children) }
        : node,
  );

/** The organizations below one, all pages of them. */
function useChildren() {
  const queries = useQueryClient();
  return async (parentId: number): Promise<Node[]> => {
    const found: Node[] = [];
    let cursor: string | undefined;
    do {
      const params = { parent_id: parentId, limit: PAGE, cursor };
      const page = await queries.fetchQuery({
        queryKey: getListOrganizationsQueryKey(params),
        queryFn: ({ signal }) => listOrganizations(params, signal),
        staleTime: 10_000,
      });
      found.push(...page.items.map(nodeOf));
      cursor = page.next_cursor ?? undefined;
    } while (cursor);
    return found;
  };
}

interface PartnerTreeProps {
  root: { id: number; name: string };
  mayMove: boolean;
  /** The same dialog for a drop and for "move to…". */
  onMove: (organizationId: number, targetId?: number) => void;
  /** Changes when something was moved: the tree is read anew. */
  edition: number;
}

function Title({ of: one, mayMove, onMove }: { of: OrganizationOut; mayMove: boolean; onMove: () => void }) {
  const { t } = useTranslation(["partners", "access"]);
  const isPartner = one.kind !== "BRAND" && one.kind !== "BRANCH";
  return (
    <span className="tree-row">
      {isPartner ? (
        <Link to="/partners/$partnerId" params={{ partnerId: String(one.id) }}>
          {one.name}
        </Link>
      ) : (
        <strong>{one.name}</strong>
      )}
      <span className="quiet">{t(`access:kind.${one.kind}`)}</span>
      {!one.is_active && <span className="quiet">{t("tree.closed")}</span>}
      {mayMove && one.kind !== "BRAND" && (
        <Button
          size="small"
          type="text"
          className="tree-move"
          onClick={onMove}
          aria-label={t("tree.move_one", { name: one.name })}
        >
          {t("tree.move")}
        </Button>
      )}
    </span>
  );
}

function Found({ text, mayMove, onMove }: { text: string; mayMove: boolean; onMove: (id: number) => void }) {
  const { t } = useTranslation("partners");
  const queries = useQueryClient();
  const [rows, setRows] = useState<OrganizationOut[] | null>(null);
  const [problem, setProblem] = useState<unknown>(null);
  useEffect(() => {
    const timer = setTimeout(() => {
      const params = { text, limit: 50 };
      queries
        .fetchQuery({
          queryKey: getListOrganizationsQueryKey(params),
          queryFn: ({ signal }) => listOrganizations(params, signal),
        })
        .then((page) => setRows(page.items), setProblem);
    }, TYPING_MS);
    return () => clearTimeout(timer);
  }, [text, queries]);
  if (problem) return <Refusal of={problem} />;
  if (rows?.length === 0) return <EmptyState text={t("tree.none_found")} />;
  return (
    <ul className="tree-found">
      {rows?.map((one) => (
        <li key={one.id}>
          <Title of={one} mayMove={mayMove} onMove={() => onMove(one.id)} />
        </li>
      ))}
    </ul>
  );
}

/** The channel as it stands: branches are read when they are opened; a drop or "move to…" asks before it moves. */
export function PartnerTree({ root, mayMove, onMove, edition }: PartnerTreeProps) {
  const { t } = useTranslation("partners");
  const childrenOf = useChildren();
  const [nodes, setNodes] = useState<Node[] | null>(null);
  const [open, setOpen] = useState<Key[]>([]);
  const [text, setText] = useState("");
  const [problem, setProblem] = useState<unknown>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: read anew with every edition
  useEffect(() => {
    childrenOf(root.id).then((found) => {
      setNodes(found);
      setOpen([]);
    }, setProblem);
  }, [root.id, edition]);
  return (
    <Card
      title={t("tree.title", { name: root.name })}
      extra={
        <Input.Search
          allowClear
          className="tree-search"
          aria-label={t("tree.search")}
          placeholder={t("tree.search")}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
      }
    >
      {mayMove && <p className="quiet tree-hint">{t("tree.hint")}</p>}
      {problem ? <Refusal of={problem} /> : null}
      {text.trim() ? (
        <Found text={text.trim()} mayMove={mayMove} onMove={(id) => onMove(id)} />
      ) : (
        nodes && (
          <Tree<Node>
            blockNode
            virtual
            height={640}
            treeData={nodes}
            expandedKeys={open}
            onExpand={setOpen}
            draggable={mayMove ? { icon: false, nodeDraggable: () => true } : false}
            loadData={async (node) => {
              if (node.children) return;
              const children = await childrenOf(node.key);
              setNodes((before) => before && grown(before, node.key, children));
            }}
            onDrop={({ dragNode, node, dropToGap }) => {
              const beside = dropToGap ? node.of.parent_id : null;
              // Siblings have no order: beside one of its own means into that one.
              const isBeside = beside !== null && beside !== dragNode.of.parent_id;
              onMove(Number(dragNode.key), isBeside ? beside : Number(node.key));
            }}
            titleRender={(node) => <Title of={node.of} mayMove={mayMove} onMove={() => onMove(node.key)} />}
          />
        )
      )}
    </Card>
  );
}
