import { SettingOutlined } from "@ant-design/icons";
import { Button, Checkbox, Popover } from "antd";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { Column } from "./data-table";
import { usePersonal } from "./personal";
import { Refusal } from "./refusal";
import { useIsPhone } from "./use-wide";

/** The columns a person wants of a list; the first one always stays. */
export function useColumnChoice<Row>(
  page: string,
  columns: readonly Column<Row>[],
  hidden: readonly string[] = [],
) {
  const { value, keep, problem } = usePersonal<string[]>(`columns.${page}`);
  const without = useMemo(() => new Set(value ?? hidden), [value, hidden]);
  const shown = useMemo(
    () => columns.filter((column, index) => index === 0 || !without.has(column.key)),
    [columns, without],
  );
  return { shown, without, keep, problem };
}

interface ColumnChoiceProps<Row> {
  columns: readonly Column<Row>[];
  choice: ReturnType<typeof useColumnChoice<Row>>;
}

/** Which columns a list shows; kept for the person on every device. On a phone rows are cards, which have none. */
export function ColumnChoice<Row>({ columns, choice }: ColumnChoiceProps<Row>) {
  const { t } = useTranslation();
  const isPhone = useIsPhone();
  const toggle = (key: string, isShown: boolean) => {
    const next = new Set(choice.without);
    if (isShown) next.delete(key);
    else next.add(key);
    void choice.keep([...next]);
  };
  if (isPhone) return null;
  return (
    <Popover
      trigger="click"
      placement="bottomRight"
      title={t("columns.title")}
      content={
        <div className="column-choice">
          {columns.slice(1).map((column) => (
            <Checkbox
              key={column.key}
              checked={!choice.without.has(column.key)}
              onChange={(event) => toggle(column.key, event.target.checked)}
            >
              {column.title}
            </Checkbox>
          ))}
          <Refusal of={choice.problem} />
        </div>
      }
    >
      <Button icon={<SettingOutlined />}>{t("columns.button")}</Button>
    </Popover>
  );
}
