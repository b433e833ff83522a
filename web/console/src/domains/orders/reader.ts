/** Who works here, as the screens of orders need it. */
export interface OrderReader {
  organizationId: number;
  userId: number;
  isStaff: boolean;
  isStore: boolean;
  mayConfirm: boolean;
  mayApproveMoney: boolean;
  mayShip: boolean;
  maySubmit: boolean;
  mayReadPartners: boolean;
  mayReadStock: boolean;
  mayExport: boolean;
  mayAttach: boolean;
}
