import type { Session } from "@/domains/access/session";
import type { Keeper } from "@/domains/inventory/reader";

/** Who works here, as the stock screens need it. */
export const keeperOf = (session: Session): Keeper => ({
  organizationId: session.organizationId,
  userId: session.userId,
  isStaff: session.isStaff,
  mayWrite: session.scopes.has("stock:write"),
  mayAttach: session.scopes.has("files:write"),
});
