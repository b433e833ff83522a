/** Who works with sales, as these screens need it. */
export interface SalesReader {
  organizationId: number;
  /** Brand staff see what the whole channel sold. */
  isStaff: boolean;
  /** Stores have nobody below them to sell to. */
  isStore: boolean;
  mayWrite: boolean;
  mayReadPartners: boolean;
}
