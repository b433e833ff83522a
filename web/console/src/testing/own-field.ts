import type { CustomFieldOut } from "@/gen/model";

/** A field of the brand's own, as the server tells it; what a test is about is named by it. */
export const ownField = (
  told: Pick<CustomFieldOut, "entity" | "code" | "label" | "kind"> & Partial<CustomFieldOut>,
): CustomFieldOut => ({
  id: 4,
  required: false,
  choices: [],
  position: 0,
  is_active: true,
  version: 1,
  help: "",
  in_list: true,
  limits: { low: null, high: null, decimals: null, length_max: null },
  ...told,
});
