import { may, useSession } from "@/session";

/** Who looks at orders here, and which buttons exist for them. */
export interface Reader {
  organizationId: number;
  /** Distributors have customers of their own. */
  isSeller: boolean;
  seesPrices: boolean;
  mayReceive: boolean;
  mayReturn: boolean;
  mayShip: boolean;
  mayWriteStock: boolean;
  maySell: boolean;
  seesStock: boolean;
  mayAttach: boolean;
  mayComplain: boolean;
}

/** Undefined while it is being asked who is signed in. */
export function useReader(): Reader | undefined {
  const session = useSession();
  if (!session) return undefined;
  return {
    organizationId: session.organization_id,
    isSeller: ["DISTRIBUTOR", "SUB_DISTRIBUTOR"].includes(session.organization_kind),
    seesPrices: may(session, "prices:read"),
    mayReceive: may(session, "orders:receive"),
    mayShip: may(session, "orders:ship"),
    mayReturn: may(session, "orders:return"),
    mayWriteStock: may(session, "stock:write"),
    maySell: may(session, "sell_out:write"),
    seesStock: may(session, "stock:read"),
    mayAttach: may(session, "files:write"),
    mayComplain: may(session, "orders:complain"),
  };
}
