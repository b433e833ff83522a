import { FilterOutlined, SearchOutlined } from "@ant-design/icons";
import { Button, Input, Select, Skeleton } from "antd";
import { lazy, Suspense, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { idle } from "./idle";
import { PartnerField } from "./partner-field";
import { type Filters, many, one, useFilters } from "./use-filters";
import { useIsPhone } from "./use-wide";

interface Option {
  value: string;
  label: string;
}

export type Field =
  | { kind: "text"; name: string; placeholder: string }
  | { kind: "choice"; name: string; placeholder: string; options: readonly Option[]; several?: boolean }
  | { kind: "partner"; name: string; placeholder: string }
  | { kind: "day"; name: string; placeholder: string }
  | { kind: "days"; from: string; until: string };

const TYPING_MS = 350;

function TextField({
  value,
  placeholder,
  onChange,
}: {
  value: string;
  placeholder: string;
  onChange: (text: string) => void;
}) {
  const [text, setText] = useState(value);
  useEffect(() => setText(value), [value]);
  useEffect(() => {
    if (text === value) return;
    const timer = setTimeout(() => onChange(text.trim()), TYPING_MS);
    return () => clearTimeout(timer);
  }, [text, value, onChange]);
  return (
    <Input
      allowClear
      className="filter-text"
      prefix={<SearchOutlined aria-hidden />}
      placeholder={placeholder}
      aria-label={placeholder}
      value={text}
      onChange={(event) => setText(event.target.value)}
    />
  );
}

function ChoiceField({
  field,
  filters,
  change,
}: {
  field: Field & { kind: "choice" };
  filters: Filters;
  change: (next: Filters) => void;
}) {
  const common = {
    allowClear: true,
    className: "filter-choice",
    placeholder: field.placeholder,
    "aria-label": field.placeholder,
    options: [...field.options],
    popupMatchSelectWidth: false,
    showSearch: { optionFilterProp: "label" },
  };
  if (field.several) {
    return (
      <Select
        {...common}
        mode="multiple"
        maxTagCount="responsive"
        value={many(filters[field.name])}
        onChange={(values: string[]) => change({ [field.name]: values })}
      />
    );
  }
  return (
    <Select
      {...common}
      value={one(filters[field.name]) || undefined}
      onChange={(value?: string) => change({ [field.name]: value })}
    />
  );
}

// The picker weighs as much as the table: the list is there before it.
const dayFields = () => idle().then(() => import("./day-fields"));
const DaysField = lazy(() => dayFields().then((it) => ({ default: it.DaysField })));
const DayField = lazy(() => dayFields().then((it) => ({ default: it.DayField })));
const Coming = () => <Skeleton.Input active={false} className="filter-days" />;

const namesOf = (field: Field): string[] =>
  field.kind === "days" ? [field.from, field.until] : [field.name];

/** One row of filters that live in the URL; on a phone those that do not fit one line wait behind a button. */
export function FilterBar({ fields }: { fields: readonly Field[] }) {
  const { t } = useTranslation();
  const [filters, change, clear] = useFilters();
  // Also what a link brought along and no field shows, such as one partner's orders.
  const isSet = Object.values(filters).some((value) => many(value).length > 0);
  const isPhone = useIsPhone();
  const [isOpen, setIsOpen] = useState(false);
  const first = fields.findIndex(({ kind }) => kind === "text");
  const folded = isPhone && fields.length > 2 ? fields.filter((_, index) => index !== first) : [];
  const set = folded.filter((field) => namesOf(field).some((name) => many(filters[name]).length > 0)).length;
  return (
    <search className="filter-bar">
      {fields.map((field) => {
        if (!isOpen && folded.includes(field)) return null;
        if (field.kind === "text") {
          return (
            <TextField
              key={field.name}
              value={one(filters[field.name])}
              placeholder={field.placeholder}
              onChange={(text) => change({ [field.name]: text })}
            />
          );
        }
        if (field.kind === "partner") {
          const chosen = Number.parseInt(one(filters[field.name]), 10);
          return (
            <PartnerField
              key={field.name}
              className="filter-choice"
              label={field.placeholder}
              value={Number.isNaN(chosen) ? undefined : chosen}
              onChange={(id) => change({ [field.name]: id === undefined ? undefined : String(id) })}
            />
          );
        }
        if (field.kind === "day")
          return (
            <Suspense key={field.name} fallback={<Coming />}>
              <DayField field={field} filters={filters} change={change} />
            </Suspense>
          );
        if (field.kind === "days")
          return (
            <Suspense key={field.from} fallback={<Coming />}>
              <DaysField field={field} filters={filters} change={change} />
            </Suspense>
          );
        return <ChoiceField key={field.name} field={field} filters={filters} change={change} />;
      })}
      {folded.length > 0 && (
        <Button icon={<FilterOutlined />} aria-expanded={isOpen} onClick={() => setIsOpen(!isOpen)}>
          {isOpen ? t("filter.fold") : set > 0 ? t("filter.unfold_set", { count: set }) : t("filter.unfold")}
        </Button>
      )}
      {isSet && (
        <Button type="text" onClick={clear}>
          {t("filter.clear")}
        </Button>
      )}
    </search>
  );
}
