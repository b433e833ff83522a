import type { Session } from "@/domains/access/session";
import type { OrderReader } from "@/domains/orders/reader";

/** Who works here, as the screens of orders need it. */
export const orderReader = (session: Session): OrderReader => ({
  organizationId: session.organizationId,
  userId: session.userId,
  isStaff: session.isStaff,
  isStore: session.kind === "STORE",
  mayConfirm: session.scopes.has("orders:confirm"),
  mayApproveMoney: session.scopes.has("money:write"),
  mayShip: session.scopes.has("orders:ship"),
  maySubmit: session.scopes.has("orders:submit"),
  mayReadPartners: session.scopes.has("partners:read"),
  mayReadStock: session.scopes.has("stock:read"),
  mayExport: session.scopes.has("exports:run"),
  mayAttach: session.scopes.has("files:write"),
});
