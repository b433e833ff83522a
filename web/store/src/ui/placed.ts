// Which of a form's inputs a refusal speaks of. What belongs to none of them stays in the refusal's box.
import type { Problem } from "@/problem";

export type FieldProblem = Problem["fields"][number];

export interface Placed {
  /** What is wrong, by the name of the input. */
  beside: ReadonlyMap<string, readonly FieldProblem[]>;
  /** What is to be said in the box; null when all is said beside the inputs. */
  rest: Problem | null;
}

/** Refusals that say nothing but "see the inputs". */
const ONLY_INPUTS = new Set(["platform.invalid_input", "kernel.several_refused"]);

/** `lines[3].units` and `lines.3.units` are one place. */
const plain = (path: string): string => path.replace(/\[(\d+)\]/g, ".$1");

/** The input that is meant: the nearest one that holds the place, else one of the same last name outside of rows. */
function ownerOf(path: string, names: readonly string[]): string | undefined {
  const place = plain(path);
  const [holder] = names
    .filter((name) => place === name || place.startsWith(`${name}.`))
    .sort((one, other) => other.length - one.length);
  if (holder !== undefined || /\.\d+(\.|$)/.test(place)) return holder;
  return names.find((name) => place.endsWith(`.${name}`));
}

/** Deals a refusal's reasons out among the inputs that are shown. */
export function placed(problem: Problem, names: readonly string[]): Placed {
  const beside = new Map<string, FieldProblem[]>();
  const left: FieldProblem[] = [];
  for (const one of problem.fields) {
    const owner = ownerOf(one.field, names);
    if (owner === undefined) left.push(one);
    else beside.set(owner, [...(beside.get(owner) ?? []), one]);
  }
  const isAllSaid =
    beside.size > 0 &&
    left.length === 0 &&
    (ONLY_INPUTS.has(problem.code) || problem.fields.every((one) => one.code === problem.code));
  return { beside, rest: isAllSaid ? null : { ...problem, fields: left } };
}
