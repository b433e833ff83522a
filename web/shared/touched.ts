// Which answers of the server news makes old: by what it is about, the beginnings of their addresses.

const MONEY = ["/api/v1/balances", "/api/v1/statements", "/api/v1/credit"] as const;
const STOCK = ["/api/v1/stock"] as const;
const PRICES = ["/api/v1/policies", "/api/v1/price", "/api/v1/shop"] as const;
const JOBS = ["/api/v1/jobs", "/api/v1/imports"] as const;

const TOUCHED: Readonly<Record<string, readonly string[]>> = {
  order: [
    "/api/v1/orders",
    "/api/v1/shipments",
    "/api/v1/returns",
    "/api/v1/complaints",
    "/api/v1/fulfilment",
    "/api/v1/comments",
    "/api/v1/shop/usual",
    ...STOCK,
    ...MONEY,
  ],
  shipment: ["/api/v1/orders", "/api/v1/shipments", "/api/v1/fulfilment", "/api/v1/comments", ...STOCK],
  return: ["/api/v1/orders", "/api/v1/returns", "/api/v1/comments", ...STOCK, ...MONEY],
  complaint: ["/api/v1/complaints", "/api/v1/orders"],
  receipt: ["/api/v1/receipts", ...MONEY],
  adjustment: [...STOCK, ...MONEY],
  credit: ["/api/v1/credit", "/api/v1/balances"],
  sale: ["/api/v1/sell-out", ...STOCK],
  stock: STOCK,
  stock_count: STOCK,
  transfer: STOCK,
  warehouse: ["/api/v1/warehouses", ...STOCK],
  policy: PRICES,
  price_list: PRICES,
  sku: ["/api/v1/catalog", "/api/v1/shop"],
  product: ["/api/v1/catalog", "/api/v1/shop"],
  partner: ["/api/v1/partners", "/api/v1/comments"],
  organization: ["/api/v1/organizations", "/api/v1/partners"],
  user: ["/api/v1/users"],
  job: JOBS,
  import: JOBS,
  notice: ["/api/v1/notices"],
};

/** One's own typing comes back as news, too; what colleagues type the cart's page asks for by itself. */
const QUIET = new Set(["cart.changed"]);

/** What an event is about, "" for what need not be told; null where that cannot be read or something was missed. */
export function subjectOf(text: string | null): string | null {
  try {
    const { type, subject_type } = JSON.parse(text ?? "") as { type?: string; subject_type?: unknown };
    if (type && QUIET.has(type)) return "";
    return typeof subject_type === "string" ? subject_type : null;
  } catch {
    return null;
  }
}

/** What news about such a thing makes old; nothing for what no screen shows. */
export const touchedBy = (subject: string): readonly string[] => TOUCHED[subject] ?? [];
