import { reasonText, type Speaker } from "@shared/reasons";
import i18next from "i18next";
import { useEffect, useMemo, useState } from "react";
import { lookAtFaulty } from "@/platform/faulty";
import { asProblem, type Problem } from "@/problem";
import { type FieldProblem, placed } from "./placed";
import { useReasonWords } from "./reason-words";
import { wordsOf } from "./refused";

/** Each reason once; what helps, where the whole refusal is about this one input. */
function said(problem: Problem, ofInput: readonly FieldProblem[]): string {
  const reasons = ofInput.map((one) => reasonText(one, i18next as unknown as Speaker));
  const isWhole = problem.fields.length === 1 && ofInput[0]?.code === problem.code;
  const remedy = isWhole ? wordsOf(problem).remedy : "";
  const all = [...new Set([...reasons, remedy])].filter(Boolean).join(" ");
  return all.replace(/。 /g, "。"); // Chinese sentences stand close
}

const NOTHING: ReadonlyMap<string, readonly FieldProblem[]> = new Map();

/** Deals a refusal out among the inputs of a form: `shown` has the inputs' names on the wire and what stands in them.
 *
 * `reasonOf(name)` belongs beside the input and is gone once something else stands there; `rest` belongs in the box,
 * null when nothing is left to say. The first input that something is wrong with is brought before the eyes.
 */
export function useReasons(error: unknown, shown: Readonly<Record<string, unknown>>) {
  const [told, setTold] = useState({ error, shown });
  if (told.error !== error) setTold({ error, shown });
  const names = Object.keys(told.shown).join(" ");
  const { problem, beside, rest } = useMemo(() => {
    if (!error) return { problem: null, beside: NOTHING, rest: null };
    const refusal = asProblem(error);
    return { problem: refusal, ...placed(refusal, names.split(" ")) };
  }, [error, names]);
  const isReady = useReasonWords(beside.size > 0);
  useEffect(() => {
    if (isReady && beside.size > 0) lookAtFaulty();
  }, [isReady, beside]);
  const reasonOf = (name: string): string | undefined => {
    const ofInput = beside.get(name);
    if (!problem || !ofInput || !isReady || told.shown[name] !== shown[name]) return undefined;
    return said(problem, ofInput);
  };
  return { reasonOf, rest };
}
