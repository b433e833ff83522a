import {
  type FieldProblem,
  fieldText as fieldIn,
  reasonText as reasonIn,
  type Speaker,
} from "@shared/reasons";
import i18next from "i18next";

const speaker = i18next as unknown as Speaker;

/** Why one input was refused, in the reader's language. */
export const reasonText = (problem: FieldProblem): string => reasonIn(problem, speaker);

/** Where the input stands, in the reader's language. */
export const fieldText = (path: string): string => fieldIn(path, speaker);
