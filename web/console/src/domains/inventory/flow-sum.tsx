import { number } from "@shared/money";
import { useTranslation } from "react-i18next";
import type { FlowOut } from "@/gen/model";

const PARTS = [
  ["opening", ""],
  ["received", "+"],
  ["transferred", "+"],
  ["returned", "−"],
  ["sold_within", "−"],
  ["sold_out", "−"],
  ["adjusted", "+"],
  ["supplied", "+"],
  ["closing", "="],
] as const;

/** Opening and what changed it up to the closing, as one line that adds up; what is nothing is left out. */
export function FlowSum({ of: flow }: { of: FlowOut }) {
  const { t } = useTranslation("inventory");
  return (
    <section className="card flow-sum" aria-label={t("card.flows")}>
      <h2>{t("card.flows")}</h2>
      <dl className="key-figures">
        {PARTS.filter(([name]) => name === "opening" || name === "closing" || flow[name] !== "0").map(
          ([name, sign]) => (
            <div key={name}>
              <dt>
                {sign} {t(`flows.${name}`)}
              </dt>
              <dd className="figures">{number(flow[name])}</dd>
            </div>
          ),
        )}
      </dl>
    </section>
  );
}
