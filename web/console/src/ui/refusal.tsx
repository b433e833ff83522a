import { Alert, Button } from "antd";
import i18next from "i18next";
import { useTranslation } from "react-i18next";
import { asProblem, type Problem, waitSeconds } from "@/problem";
import { factText } from "./facts";
import { fieldText, reasonText } from "./reasons";

/** Our own words for a refusal; the server's where the catalogue does not know the code yet. */
export function wordsOf(problem: Problem): { title: string; remedy: string } {
  const say = (part: "title" | "remedy") => {
    const key = `refusals:${problem.code}.${part}`;
    return i18next.exists(key) ? String(i18next.t(key as never)) : undefined;
  };
  const fallback = problem.title || i18next.t("common:refusal.unnamed");
  return { title: say("title") ?? fallback, remedy: say("remedy") ?? problem.remedy };
}

function Facts({ of: problem }: { of: Problem }) {
  const known = Object.entries(problem.facts)
    .map(([name, value]) => [name, factText(name, value)] as const)
    .filter(([, text]) => text !== null);
  if (!known.length) return null;
  return (
    <dl className="facts">
      {known.map(([name, text]) => (
        <div key={name}>
          <dt>{i18next.t(`refusals:facts.${name}` as never)}</dt>
          <dd className="figures">{text}</dd>
        </div>
      ))}
    </dl>
  );
}

/** Why something was refused, what to do about it, and the number to quote when asking for help. */
export function Refusal({ of: error, onRetry }: { of: unknown; onRetry?: () => void }) {
  const { t } = useTranslation();
  if (!error) return null;
  const problem = asProblem(error);
  const { title, remedy } = wordsOf(problem);
  const wait = waitSeconds(problem);
  return (
    <Alert
      role="alert"
      showIcon
      type={problem.status >= 500 || problem.status === 0 ? "error" : "warning"}
      title={title}
      description={
        <div className="refusal">
          {remedy && <p>{remedy}</p>}
          {wait !== null && <p>{t("refusal.wait", { count: wait })}</p>}
          <Facts of={problem} />
          {problem.fields.length > 0 && (
            <ul>
              {problem.fields.map((field) => (
                <li key={`${field.field} ${field.reason}`}>
                  {field.field && <strong>{fieldText(field.field)}</strong>} {reasonText(field)}
                </li>
              ))}
            </ul>
          )}
          {problem.reference && (
            <p className="quiet">{t("refusal.reference", { reference: problem.reference })}</p>
          )}
        </div>
      }
      action={
        onRetry && (
          <Button size="small" onClick={onRetry}>
            {t("action.retry")}
          </Button>
        )
      }
    />
  );
}
