import { fieldText, reasonText, type Speaker } from "@shared/reasons";
import i18next from "i18next";
import { useTranslation } from "react-i18next";
import { asProblem, type Problem } from "@/problem";
import { Action } from "./action";
import { useReasonWords } from "./reason-words";
import { Whole } from "./whole";
import "./refused.scss";

/** What happened and what to do, in the reader's language; the server's own words where the catalogue has none. */
export function wordsOf(error: unknown): { title: string; remedy: string; problem: Problem } {
  const problem = asProblem(error);
  const said = (part: "title" | "remedy"): string =>
    String(
      // What the buyer can do about it, where the catalogue speaks to the seller's people.
      i18next.t(
        [`store:refused.${problem.code}.${part}`, `refusals:${problem.code}.${part}`] as never,
        {
          ...problem.facts,
          defaultValue: "",
        } as never,
      ),
    );
  if (problem.code === "client.offline")
    return { title: i18next.t("refusal.offline"), remedy: i18next.t("refusal.offline_remedy"), problem };
  const isOurs = problem.code.startsWith("client.");
  return {
    title: said("title") || problem.title || (isOurs ? i18next.t("refusal.fault") : problem.code),
    remedy: said("remedy") || problem.remedy || (isOurs ? i18next.t("refusal.fault_remedy") : ""),
    problem,
  };
}

/** Which inputs were meant and what is wrong with them, once the words for it are there. */
function Inputs({ of: fields }: { of: Problem["fields"] }) {
  if (!useReasonWords(true)) return null;
  const speaker = i18next as unknown as Speaker;
  return (
    <ul className="refused-inputs">
      {fields.map((one) => (
        <li key={`${one.field} ${one.reason}`}>
          {one.field && <span className="refused-input">{fieldText(one.field, speaker)}</span>}
          <span>{reasonText(one, speaker)}</span>
        </li>
      ))}
    </ul>
  );
}

/** A right that is missing is missing the next time, too. */
const FORBIDDEN = 403;

/** Mistyped, by whoever reads it: nobody needs to ask for help about it. */
const MISTYPED = new Set([401, 422]);

/** A refusal beside what caused it. `again` asks once more, where that may help. */
export function Refused({ error, again }: { error: unknown; again?: () => void }) {
  const { t } = useTranslation();
  const { title, remedy, problem } = wordsOf(error);
  return (
    <div className="refused" role="alert">
      <p className="refused-title">
        <Whole>{title}</Whole>
      </p>
      {remedy && (
        <p className="refused-remedy">
          <Whole>{remedy}</Whole>
        </p>
      )}
      {problem.fields.length > 0 && <Inputs of={problem.fields} />}
      {problem.reference && !MISTYPED.has(problem.status) && (
        <p className="refused-reference">{t("refusal.reference", { reference: problem.reference })}</p>
      )}
      {again && problem.status !== FORBIDDEN && (
        <Action kind="quiet" onClick={again}>
          {t("again")}
        </Action>
      )}
    </div>
  );
}
