/** Who works here, as the stock screens need it; the route reads it from the session. */
export interface Keeper {
  organizationId: number;
  userId: number;
  isStaff: boolean;
  mayWrite: boolean;
  mayAttach: boolean;
}
