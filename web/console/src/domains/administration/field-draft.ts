import type { ChoiceShape, CustomFieldOut, FieldKind, LimitsShape } from "@/gen/model";

export const KINDS = [
  "TEXT",
  "NUMBER",
  "DATE",
  "CHOICE",
  "CHOICES",
  "BOOLEAN",
] as const satisfies FieldKind[];

/** A field while it is being written. */
export interface FieldDraft {
  code: string;
  label: string;
  kind: FieldKind;
  required: boolean;
  choices: ChoiceShape[];
  position: number;
  help: string;
  inList: boolean;
  low: string | null;
  high: string | null;
  decimals: number | null;
  lengthMax: number | null;
}

/** A draft of a new field behind the others. */
export const newDraft = (fields: readonly CustomFieldOut[]): FieldDraft => ({
  code: "",
  label: "",
  kind: "TEXT",
  required: false,
  choices: [],
  position: fields.reduce((most, one) => Math.max(most, one.position + 10), 10),
  help: "",
  inList: false,
  low: null,
  high: null,
  decimals: null,
  lengthMax: null,
});

export const draftOf = (field: CustomFieldOut): FieldDraft => ({
  code: field.code,
  label: field.label,
  kind: field.kind,
  required: field.required,
  choices: field.choices,
  position: field.position,
  help: field.help,
  inList: field.in_list,
  low: field.limits.low ?? null,
  high: field.limits.high ?? null,
  decimals: field.limits.decimals ?? null,
  lengthMax: field.limits.length_max ?? null,
});

/** Only the limits that this kind of field has. */
export const limitsOf = (draft: FieldDraft): LimitsShape => ({
  low: draft.low || null,
  high: draft.high || null,
  decimals: draft.decimals,
  length_max: draft.lengthMax,
});

/** The draft as the form will read it. */
export const fieldOf = (draft: FieldDraft): CustomFieldOut => ({
  id: 0,
  entity: "",
  code: draft.code || "field",
  label: draft.label,
  kind: draft.kind,
  required: draft.required,
  choices: draft.choices.filter((one) => one.label.trim() !== ""),
  position: draft.position,
  is_active: true,
  version: 0,
  help: draft.help,
  in_list: draft.inList,
  limits: limitsOf(draft),
});

/** A code for one more choice: people write labels, codes stay what they are once values are stored. */
export function codeOf(taken: readonly string[]): string {
  for (let number = taken.length + 1; ; number += 1) if (!taken.includes(`C${number}`)) return `C${number}`;
}
