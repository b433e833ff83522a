import { number } from "@shared/money";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Checkbox, Input, Segmented } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { previewAudience } from "@/gen/policies/policies";
import { Refusal } from "@/ui/refusal";
import { type AudienceJson, audienceOf, conditionsOf, isNested, withException } from "./audience";
import { AudienceFields } from "./audience-fields";

/** Whom the audience means right now: the sentence, the number, the names. */
export function AudienceNames({ audience }: { audience: AudienceJson }) {
  const { t } = useTranslation("prices");
  const [text, setText] = useState("");
  const question = { audience, text, limit: 60 };
  const { data, error } = useQuery({
    queryKey: ["/api/v1/policies/audience", question],
    queryFn: ({ signal }) => previewAudience(question, signal),
    placeholderData: keepPreviousData,
  });
  if (error) return <Refusal of={error} />;
  if (!data) return null;
  const count = data.count ?? data.candidates;
  return (
    <section className="audience-names" aria-live="polite">
      <p className="audience-words">{data.words}</p>
      <p>
        <strong className="figures">{t("audience.now", { count, partners: number(count) })}</strong>{" "}
        <span className="quiet">{t("audience.of_all", { partners: number(data.candidates) })}</span>
      </p>
      {count === 0 ? (
        <p className="needed">{t("audience.nobody")}</p>
      ) : (
        <>
          <Input
            allowClear
            aria-label={t("audience.look")}
            placeholder={t("audience.look")}
            value={text}
            onChange={({ target }) => setText(target.value)}
          />
          <ul className="audience-list">
            {data.sample.map((one) => (
              <li key={one.id}>
                {one.name} <span className="quiet figures">{one.code}</span>
              </li>
            ))}
          </ul>
          {!text && count > data.sample.length && (
            <p className="quiet">{t("audience.more", { count: count - data.sample.length })}</p>
          )}
          {text && data.sample.length === 0 && <p className="quiet">{t("audience.not_among")}</p>}
        </>
      )}
    </section>
  );
}

interface AudienceBuilderProps {
  value: AudienceJson;
  lateJoiners: boolean;
  onChange: (audience: AudienceJson) => void;
  onLateJoiners: (on: boolean) => void;
}

/** Everyone, or those for whom every named condition holds, less the exceptions. */
export function AudienceBuilder({ value, lateJoiners, onChange, onLateJoiners }: AudienceBuilderProps) {
  const { t } = useTranslation("prices");
  const conditions = conditionsOf(value);
  const exception = conditionsOf((value.except_for as AudienceJson | undefined) ?? {});
  const [isSome, setIsSome] = useState(Object.keys(value).length > 0);
  return (
    <div className="two-columns audience-builder">
      <div className="stack">
        <Segmented<"all" | "some">
          aria-label={t("audience.title")}
          value={isSome ? "some" : "all"}
          options={[
            { value: "all", label: t("audience.everyone") },
            { value: "some", label: t("audience.some") },
          ]}
          onChange={(next) => {
            setIsSome(next === "some");
            if (next === "all") onChange({});
          }}
        />
        {isSome && (
          <>
            <p className="quiet">{t("audience.rule")}</p>
            {isNested(value) && <p className="needed">{t("audience.nested")}</p>}
            <AudienceFields value={conditions} onChange={(next) => onChange(audienceOf(next, value))} />
            <details open={"except_for" in value}>
              <summary>{t("audience.except")}</summary>
              <AudienceFields value={exception} onChange={(next) => onChange(withException(value, next))} />
            </details>
            <Checkbox checked={lateJoiners} onChange={({ target }) => onLateJoiners(target.checked)}>
              {t("audience.late")}
            </Checkbox>
            <p className="quiet">{t(lateJoiners ? "audience.late_on" : "audience.late_off")}</p>
          </>
        )}
      </div>
      <AudienceNames audience={value} />
    </div>
  );
}
