// What the server asks for between a name and a session: for whom, and the second factor. Each asked by a refusal.
import type { Problem } from "@/problem";

/** One company that the person may sign in for. */
export interface Identity {
  user_id: number;
  organization: string;
}

/** What the person is asked for: the proof of who they are, for whom they come, the second factor. */
export type Step = "proof" | "identity" | "factor";

/** What has been answered beside the proof; `factor` is what stands in the field. */
export interface Chosen {
  userId: number | null;
  factor: string;
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
export const wantsFactor = (problem: Problem | null): boolean => problem?.code === "access.totp_needed";

/** Refusals after which the proof itself must be given anew: a code grew too old while somebody chose. */
const PROOF_WRONG = new Set([
  "access.code_wrong",
  "access.credentials_wrong",
  "access.phone_unknown",
  "access.phone_not_mobile",
  "access.wechat_ticket_wrong",
  "access.wechat_not_bound",
]);

/** Where one stands after a refusal; what has nothing to do with the steps leaves one where one is. */
export function stepAfter(step: Step, problem: Problem): Step {
  if (identitiesOf(problem).length > 0) return "identity";
  if (wantsFactor(problem)) return "factor";
  return PROOF_WRONG.has(problem.code) ? "proof" : step;
}

/** Whether a refusal only asks for the next step; asked again after an answer, the answer was wrong. */
export function isQuestion(problem: Problem, answered: Chosen): boolean {
  if (problem.code === "access.choose_identity") return answered.userId === null;
  return wantsFactor(problem) && answered.factor === "";
}

/** Six digits are the authenticator's; anything else is taken for a recovery code. */
export function factorOf(text: string): { totp: string; recovery_code: string } {
  const given = text.replace(/\s/g, "");
  if (/^\d{6}$/.test(given)) return { totp: given, recovery_code: "" };
  // What no recovery code can contain would be refused for its shape, in words that help nobody.
  return { totp: "", recovery_code: given.replace(/[^0-9A-Fa-f-]/g, "").slice(0, 40) };
}
