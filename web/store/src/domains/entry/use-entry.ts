import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { restart, toTab } from "@/navigation";
import { asProblem, type Problem, waitSeconds } from "@/problem";
import { setToken } from "@/token";
import { wordsOf } from "@/ui/refused";
import { sayThere } from "@/ui/said";
import { useNow } from "@/ui/use-now";
import { type Chosen, identitiesOf, isQuestion, type Step, stepAfter } from "./asks";
import { type Attempt, type Entered, enter, forgetTicket, type Proof } from "./enter";
import { holdFirstPassword } from "./first-password";
import { setSilent } from "./kept";

const UNBOUND = "access.wechat_not_bound";
const NOTHING: Chosen = { userId: null, factor: "" };

/** Seconds until the server listens again. */
function useWait(problem: Problem | null, refusedAt: number): number {
  const seconds = problem?.status === 429 ? (waitSeconds(problem) ?? 0) : 0;
  const until = refusedAt + seconds * 1000;
  const now = useNow(seconds > 0 && Date.now() < until);
  return Math.max(0, Math.ceil((until - Math.max(now, refusedAt)) / 1000));
}

/** From a proof through the server's questions to the first page. */
export function useEntry() {
  const queries = useQueryClient();
  const [step, setStep] = useState<Step>("proof");
  const [chosen, setChosen] = useState(NOTHING);
  const [last, setLast] = useState<Attempt | null>(null);
  const [choices, setChoices] = useState<ReturnType<typeof identitiesOf>>([]);
  const [refusedAt, setRefusedAt] = useState(0);
  const [isUnbound, setIsUnbound] = useState(false);
  const attempt = useMutation<Entered, Problem, Attempt>({
    mutationFn: (wanted) =>
      enter(wanted, (session) => {
        setToken(session.token);
        queries.clear();
      }).catch((error: unknown) => Promise.reject(asProblem(error))),
    onSuccess: async ({ session, unbound }, wanted) => {
      setSilent(true);
      forgetTicket();
      if (wanted.proof.way === "password" && session.must_change_password)
        holdFirstPassword(wanted.proof.password);
      const moving = session.must_change_password ? restart("password") : toTab("home");
      if (unbound) await sayThere(moving, wordsOf(unbound).title);
    },
    onError: (problem) => {
      setRefusedAt(Date.now());
      if (problem.code === UNBOUND) setIsUnbound(true);
      const found = identitiesOf(problem);
      if (found.length) setChoices(found);
      const next = stepAfter(step, problem);
      setStep(next);
      // The proof is to be given anew, and what was answered to it with it.
      if (next === "proof") setChosen(NOTHING);
    },
  });
  const go = (wanted: Attempt) => {
    setLast(wanted);
    setChosen(wanted.chosen);
    attempt.mutate(wanted);
  };
  const answer = (part: Partial<Chosen>) => last && go({ ...last, chosen: { ...chosen, ...part } });
  const { error } = attempt;
  const isQuiet = last?.proof.way === "wechat" && last.proof.isQuiet && step === "proof";
  const isSaid = isQuiet || error?.code === UNBOUND;
  const isRefused = error && !attempt.isPending && !isSaid && !isQuestion(error, last?.chosen ?? NOTHING);
  return {
    step,
    choices,
    chosen,
    isBusy: attempt.isPending,
    way: last?.proof.way,
    /** WeChat answered, and opens nobody's account yet. */
    isUnbound,
    wait: useWait(error, refusedAt),
    refusal: isRefused ? error : null,
    prove: (proof: Proof, isBinding: boolean) => go({ proof, chosen: NOTHING, isBinding }),
    choose: (userId: number) => answer({ userId }),
    confirm: (factor: string) => answer({ factor }),
    forget: attempt.reset,
    /** As somebody else: nothing of what was answered counts. */
    again: () => {
      forgetTicket();
      attempt.reset();
      setStep("proof");
      setChosen(NOTHING);
      setLast(null);
    },
  };
}

export type Entry = ReturnType<typeof useEntry>;
