import type { OrganizationKind } from "@/gen/model";

const STAFF: readonly OrganizationKind[] = ["BRAND", "BRANCH"];
const DEALERS: readonly OrganizationKind[] = [...STAFF, "DISTRIBUTOR"];
const BELOW_DEALERS: readonly OrganizationKind[] = [...DEALERS, "SUB_DISTRIBUTOR"];

/** What each kind may stand below; the server decides, this only spares people choices it refuses. */
export const PARENT_KINDS: Record<OrganizationKind, readonly OrganizationKind[]> = {
  BRAND: [],
  BRANCH: STAFF,
  DISTRIBUTOR: DEALERS,
  SUB_DISTRIBUTOR: BELOW_DEALERS,
  SERVICE_PROVIDER: BELOW_DEALERS,
  STORE: BELOW_DEALERS,
};

/** Tables in the effect of a move that people know by name, in the order they are told. */
export const TOLD_TABLES = [
  "partners_partner",
  "orders_order",
  "orders_shipment",
  "orders_return",
  "receivables_receipt",
  "inventory_warehouse",
  "ledger_account",
] as const;
export type ToldTable = (typeof TOLD_TABLES)[number];

/** Rows by known table, and the rest in one figure; a row with two paths counts once. */
export function effectRows(rows: Record<string, number>): { told: [ToldTable, number][]; others: number } {
  const byTable = new Map<string, number>();
  for (const [target, count] of Object.entries(rows)) {
    const table = target.split(".")[0] ?? target;
    byTable.set(table, Math.max(byTable.get(table) ?? 0, count));
  }
  const told = TOLD_TABLES.filter((table) => byTable.has(table)).map((table): [ToldTable, number] => [
    table,
    byTable.get(table) ?? 0,
  ]);
  const all = [...byTable.values()].reduce((sum, count) => sum + count, 0);
  return { told, others: all - told.reduce((sum, [, count]) => sum + count, 0) };
}
