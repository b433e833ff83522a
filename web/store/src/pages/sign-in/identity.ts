import type { Problem } from "@/problem";

/** One company that the person may sign in for. */
export interface Identity {
  user_id: number;
  organization: string;
}

/** For whom a person may sign in, when one number serves several partners; empty when nothing is to be chosen. */
export function identitiesOf(problem: Problem | null): Identity[] {
  if (problem?.code !== "access.choose_identity") return [];
  const { identities } = problem.facts;
  if (!Array.isArray(identities)) return [];
  return identities.filter(
    (one): one is Identity =>
      typeof one === "object" && one !== null && "user_id" in one && "organization" in one,
  );
}

/** Whether the server wants the second factor next. */
export const wantsCode = (problem: Problem | null): boolean => problem?.code === "access.totp_needed";
