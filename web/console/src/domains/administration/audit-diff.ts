/** One changed field: its name, and what stood before and after; null where there was nothing. */
export interface Change {
  name: string;
  before: unknown;
  after: unknown;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Values by their path: {limits: {low: 1}} is "limits.low" → 1. Lists stay whole. */
export function flat(value: unknown, path = ""): Map<string, unknown> {
  const found = new Map<string, unknown>();
  if (!isRecord(value)) {
    if (value !== null && value !== undefined) found.set(path || "value", value);
    return found;
  }
  for (const [name, child] of Object.entries(value)) {
    const at = path ? `${path}.${name}` : name;
    if (isRecord(child)) for (const [key, leaf] of flat(child, at)) found.set(key, leaf);
    else found.set(at, child);
  }
  return found;
}

const isEmpty = (value: unknown): boolean =>
  value === null || value === "" || (Array.isArray(value) && value.length === 0);

/** What differs; of a change without a "before" everything that was written, but not what was left empty. */
export function changes(before: unknown, after: unknown): Change[] {
  const old = flat(before);
  const fresh = flat(after);
  return [...new Set([...old.keys(), ...fresh.keys()])]
    .map((name) => ({ name, before: old.get(name) ?? null, after: fresh.get(name) ?? null }))
    .filter((one) => JSON.stringify(one.before) !== JSON.stringify(one.after))
    .filter((one) => !isEmpty(one.before) || !isEmpty(one.after));
}

/** Where the thing that was changed can be looked at; null when it has no page. */
export function pageOf(type: string, id: string): { to: string; search?: Record<string, string> } | null {
  switch (type) {
    case "order":
      return { to: `/orders/${id}` };
    case "partner":
      return { to: `/partners/${id}` };
    case "policy":
      return { to: `/price-lists/${id}` };
    case "import":
      return { to: `/imports/${id}` };
    case "product":
      return { to: `/products/${id}` };
    case "shipment":
      return { to: `/warehouse/shipments/${id}` };
    case "stock_count":
      return { to: `/warehouse/counts/${id}` };
    case "adjustment":
      return { to: `/warehouse/adjustments/${id}` };
    case "transfer":
      return { to: `/warehouse/transfers/${id}` };
    case "credit":
      return { to: `/partners/${id}/money` };
    case "organization":
      return { to: "/settings/organization", search: { organization: id } };
    case "module":
      return { to: "/settings/modules" };
    case "setting":
      return { to: "/settings/options", search: { text: id.replace(/\.\d+$/, "") } };
    case "custom_field":
      return { to: "/settings/fields", search: { entity: id.split(".")[0] ?? "" } };
    case "job":
      return { to: "/jobs" };
    default:
      return null;
  }
}
