import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useState } from "react";
import { getOrganization, listOrganizations } from "@/gen/access/access";
import type { OrganizationKind, OrganizationOut } from "@/gen/model";

const PAGE = 500;
/** Nobody stands below these, so they are drawn without a handle. */
const LEAVES: readonly OrganizationKind[] = ["STORE", "SERVICE_PROVIDER"];
const LEVEL = 7; // a level of a path: six hex digits and a dot

export const isLeaf = (organization: OrganizationOut): boolean => LEAVES.includes(organization.kind);

/** The ids on the way to an organization, the root first, itself last. */
export function idsOn(path: string): number[] {
  return Array.from({ length: path.length / LEVEL }, (_, level) =>
    Number.parseInt(path.slice(level * LEVEL, level * LEVEL + LEVEL - 1), 16),
  );
}

async function fetchChildren(parentId: number): Promise<OrganizationOut[]> {
  const found: OrganizationOut[] = [];
  let cursor: string | undefined;
  do {
    const page = await listOrganizations({ parent_id: parentId, limit: PAGE, cursor });
    found.push(...page.items);
    cursor = page.next_cursor ?? undefined;
  } while (cursor);
  return found;
}

/** The part of the tree that was opened: children by parent, read when they are asked for. */
export function useTree() {
  const queries = useQueryClient();
  const [children, setChildren] = useState<ReadonlyMap<number, OrganizationOut[]>>(new Map());
  const load = useCallback(
    async (parentId: number) => {
      const found = await queries.fetchQuery({
        queryKey: ["organization-children", parentId],
        queryFn: () => fetchChildren(parentId),
      });
      setChildren((before) => new Map(before).set(parentId, found));
    },
    [queries],
  );
  /** Opens the way to an organization; answers what must be expanded. */
  const reveal = useCallback(
    async (organizationId: number, rootId: number): Promise<number[]> => {
      const { path } = await getOrganization(organizationId);
      const way = idsOn(path);
      const above = way.slice(Math.max(0, way.indexOf(rootId)), -1);
      for (const id of above) await load(id);
      return above;
    },
    [load],
  );
  /** Reads everything anew that is open. */
  const reload = useCallback(async () => {
    await queries.invalidateQueries({ queryKey: ["organization-children"] });
    for (const id of children.keys()) await load(id);
  }, [children, load, queries]);
  return { children, load, reveal, reload };
}
