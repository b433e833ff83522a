import { Table } from "antd";
import { antdColumns, type Column } from "./data-table";

interface SimpleTableProps<Row> {
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string | number;
  onOpen?: (row: Row) => void;
  height?: number;
}

/** A table whose rows are all here: the lines of a document, the figures behind a chart. */
export function SimpleTable<Row extends object>({
  columns,
  rows,
  rowKey,
  onOpen,
  height,
}: SimpleTableProps<Row>) {
  const width = columns.reduce((sum, column) => sum + (column.width ?? 120), 0);
  return (
    <Table<Row>
      size="middle"
      columns={antdColumns(columns)}
      dataSource={[...rows]}
      rowKey={rowKey}
      pagination={rows.length > 100 ? { pageSize: 100, showSizeChanger: false, size: "small" } : false}
      scroll={{ x: width, y: height }}
      onRow={(row) => (onOpen ? { onClick: () => onOpen(row), className: "row-opens" } : {})}
    />
  );
}
