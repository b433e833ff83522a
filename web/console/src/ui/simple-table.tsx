import { Table } from "antd";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { antdColumns, type Column } from "./data-table";
import { EmptyState } from "./states";
import { useReachableScroll } from "./use-reachable-scroll";
import { useIsPhone } from "./use-wide";

interface SimpleTableProps<Row> {
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string | number;
  onOpen?: (row: Row) => void;
  height?: number;
  /** How a row looks on a phone; without it the table scrolls sideways. */
  card?: (row: Row) => ReactNode;
  /** What to say while there is nothing. */
  empty?: string;
}

/** A table whose rows are all here: the lines of a document, the figures behind a chart. */
export function SimpleTable<Row extends object>(props: SimpleTableProps<Row>) {
  const { columns, rows, rowKey, onOpen, height, card, empty } = props;
  const { t } = useTranslation();
  const isPhone = useIsPhone();
  const around = useReachableScroll<HTMLDivElement>();
  const width = columns.reduce((sum, column) => sum + (column.width ?? 120), 0);
  if (isPhone && card) {
    return (
      <ul className="phone-cards">
        {rows.map((row) => (
          <li key={rowKey(row)} className="phone-card">
            {card(row)}
          </li>
        ))}
      </ul>
    );
  }
  return (
    <div ref={around}>
      <Table<Row>
        size="middle"
        columns={antdColumns(columns)}
        dataSource={[...rows]}
        rowKey={rowKey}
        locale={{ emptyText: <EmptyState text={empty ?? t("list.none_found")} /> }}
        pagination={rows.length > 100 ? { pageSize: 100, showSizeChanger: false, size: "small" } : false}
        scroll={{ x: width, y: height }}
        onRow={(row) => (onOpen ? { onClick: () => onOpen(row), className: "row-opens" } : {})}
      />
    </div>
  );
}
