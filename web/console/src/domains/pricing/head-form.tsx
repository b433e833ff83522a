import { useQueryClient } from "@tanstack/react-query";
import { App, Button, DatePicker, Input, InputNumber, Select } from "antd";
import dayjs from "dayjs";
import { useTranslation } from "react-i18next";
import type { Level, PriceListPageOut } from "@/gen/model";
import { useUpdatePriceList } from "@/gen/prices/prices";
import { FormField, fieldProblem } from "@/ui/form-field";
import { Card } from "@/ui/page";
import { Refusal } from "@/ui/refusal";
import { useDraft } from "@/ui/use-draft";
import type { AudienceJson } from "./audience";
import { AudienceBuilder, AudienceNames } from "./audience-builder";
import { refreshPrices } from "./refresh";

export const LEVELS = ["CONTRACT", "CUSTOMER", "GROUP", "REGION", "BASE"] as const satisfies readonly Level[];

export interface Head {
  name: string;
  level: Level;
  priority: number;
  project: string;
  valid_from: string;
  valid_to: string | null;
  audience: AudienceJson;
  late_joiners: boolean;
}

const headOf = (version: PriceListPageOut): Head => ({
  name: version.name,
  level: version.level,
  priority: version.priority,
  project: version.project,
  valid_from: version.valid_from,
  valid_to: version.valid_to,
  audience: version.audience as AudienceJson,
  late_joiners: version.late_joiners,
});

const DAY = "YYYY-MM-DD";

interface HeadFieldsProps {
  value: Head;
  onChange: (next: Head) => void;
  problem: unknown;
}

/** Name, rank and days of a list. */
export function HeadFields({ value, onChange, problem }: HeadFieldsProps) {
  const { t } = useTranslation("prices");
  const set = (change: Partial<Head>) => onChange({ ...value, ...change });
  return (
    <div className="form-grid">
      <FormField label={t("head.name")} problem={fieldProblem(problem, "name")} isWide>
        <Input maxLength={200} value={value.name} onChange={({ target }) => set({ name: target.value })} />
      </FormField>
      <FormField label={t("field.level")} hint={t("head.level_hint")}>
        <Select<Level>
          style={{ width: "100%" }}
          value={value.level}
          options={LEVELS.map((level) => ({ value: level, label: t(`level_name.${level}`) }))}
          onChange={(level) => set({ level })}
        />
      </FormField>
      <FormField label={t("field.priority")} hint={t("head.priority_hint")}>
        <InputNumber
          style={{ width: "100%" }}
          precision={0}
          min={-1000}
          max={1000}
          value={value.priority}
          onChange={(priority) => set({ priority: priority ?? 0 })}
        />
      </FormField>
      <FormField label={t("head.valid_from")} problem={fieldProblem(problem, "valid_from")}>
        <DatePicker
          style={{ width: "100%" }}
          allowClear={false}
          value={dayjs(value.valid_from)}
          onChange={(day) => day && set({ valid_from: day.format(DAY) })}
        />
      </FormField>
      <FormField
        label={t("head.valid_to")}
        hint={t("head.valid_to_hint")}
        problem={fieldProblem(problem, "valid_to")}
      >
        <DatePicker
          style={{ width: "100%" }}
          value={value.valid_to ? dayjs(value.valid_to) : null}
          disabledDate={(day) => !day.isAfter(dayjs(value.valid_from), "day")}
          onChange={(day) => set({ valid_to: day ? day.format(DAY) : null })}
        />
      </FormField>
      {value.level === "CONTRACT" && (
        <FormField label={t("head.project")} hint={t("head.project_hint")}>
          <Input
            maxLength={200}
            value={value.project}
            onChange={({ target }) => set({ project: target.value })}
          />
        </FormField>
      )}
    </div>
  );
}

/** What ranks a draft, when it counts, and for whom; published ones are only read. */
export function HeadForm({ of: version }: { of: PriceListPageOut }) {
  const { t } = useTranslation(["prices", "common"]);
  const { message } = App.useApp();
  const queries = useQueryClient();
  const first = headOf(version);
  const [head, setHead, forget] = useDraft<Head>(`price-list:${version.id}:${version.version}`, first);
  const update = useUpdatePriceList({
    mutation: {
      onSuccess: () => {
        forget();
        void message.success(t("head.saved"));
        refreshPrices(queries);
      },
    },
  });
  if (!version.allowed_actions.includes("edit"))
    return (
      <Card title={t("audience.title")}>
        <AudienceNames audience={version.audience as AudienceJson} />
        {version.width !== null && (
          <p className="quiet">{t(version.late_joiners ? "audience.late_on" : "audience.late_off")}</p>
        )}
      </Card>
    );
  const isDirty = JSON.stringify(head) !== JSON.stringify(first);
  return (
    <div className="stack">
      <Card title={t("head.title")}>
        <HeadFields value={head} onChange={setHead} problem={update.error} />
      </Card>
      <Card title={t("audience.title")}>
        <AudienceBuilder
          value={head.audience}
          lateJoiners={head.late_joiners}
          onChange={(audience) => setHead({ ...head, audience })}
          onLateJoiners={(late_joiners) => setHead({ ...head, late_joiners })}
        />
      </Card>
      <Refusal of={update.error} />
      <div className="form-buttons sticky-foot">
        <span className="quiet">{t(isDirty ? "head.dirty" : "head.clean")}</span>
        <Button disabled={!isDirty} onClick={forget}>
          {t("head.reset")}
        </Button>
        <Button
          type="primary"
          disabled={!isDirty || head.name.trim() === ""}
          loading={update.isPending}
          onClick={() =>
            update.mutate({
              versionId: version.id,
              data: { ...head, currency: version.currency, version: version.version },
            })
          }
        >
          {t("head.save")}
        </Button>
      </div>
    </div>
  );
}
