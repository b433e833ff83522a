import { DatePicker } from "antd";
import dayjs from "dayjs";
import type { Field } from "./filter-bar";
import { type Filters, one } from "./use-filters";

interface Props<Kind extends Field["kind"]> {
  field: Field & { kind: Kind };
  filters: Filters;
  change: (next: Filters) => void;
}

/** From a day until a day, either end open. */
export function DaysField({ field, filters, change }: Props<"days">) {
  const read = (name: string) => (one(filters[name]) ? dayjs(one(filters[name])) : null);
  return (
    <DatePicker.RangePicker
      className="filter-days"
      allowEmpty={[true, true]}
      value={[read(field.from), read(field.until)]}
      onChange={(days) =>
        change({
          [field.from]: days?.[0]?.format("YYYY-MM-DD"),
          [field.until]: days?.[1]?.format("YYYY-MM-DD"),
        })
      }
    />
  );
}

/** One day up to today. */
export function DayField({ field, filters, change }: Props<"day">) {
  const value = one(filters[field.name]);
  return (
    <DatePicker
      placeholder={field.placeholder}
      aria-label={field.placeholder}
      value={value ? dayjs(value) : null}
      disabledDate={(day) => day.isAfter(dayjs(), "day")}
      onChange={(day) => change({ [field.name]: day?.format("YYYY-MM-DD") })}
    />
  );
}
