// What can be said about a new password before the server is asked; how good it is, the server judges.
export const SHORTEST = 10;

export interface NewPassword {
  old: string;
  fresh: string;
  again: string;
}

export type Lack = "need" | "short" | "same" | "differ";

/** What is wrong with each field, by name; nothing when it may be sent. */
export function lacksOf({ old, fresh, again }: NewPassword): Partial<Record<keyof NewPassword, Lack>> {
  const lacks: Partial<Record<keyof NewPassword, Lack>> = {};
  if (!old) lacks.old = "need";
  if (!fresh) lacks.fresh = "need";
  else if (fresh.length < SHORTEST) lacks.fresh = "short";
  else if (fresh === old) lacks.fresh = "same";
  if (!again) lacks.again = "need";
  else if (again !== fresh) lacks.again = "differ";
  return lacks;
}
