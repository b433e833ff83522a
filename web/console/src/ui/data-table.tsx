import { Button, Checkbox, Skeleton, Table } from "antd";
import type { ColumnType } from "antd/es/table";
import { type ReactNode, useMemo } from "react";
import { useTranslation } from "react-i18next";
import { Refusal } from "./refusal";
import { EmptyState } from "./states";
import type { Pages } from "./use-pages";
import { useReachableScroll } from "./use-reachable-scroll";
import { useStaged } from "./use-staged";
import { useIsPhone } from "./use-wide";

export interface Column<Row> {
  key: string;
  title: ReactNode;
  render: (row: Row) => ReactNode;
  width?: number;
  /** Figures: aligned right, in tabular digits. */
  numeric?: boolean;
}

interface DataTableProps<Row> {
  columns: readonly Column<Row>[];
  pages: Pages<Row>;
  rowKey: (row: Row) => string | number;
  empty: ReactNode;
  onOpen?: (row: Row) => void;
  /** How a row looks on a phone; without it the table scrolls sideways. */
  card?: (row: Row) => ReactNode;
  label: string;
  /** Rows can be chosen; `bar` shows what can be done with them. */
  selection?: Selection<Row>;
  /** Inside a drawer the head has nothing to stick below. */
  isInDrawer?: boolean;
}

/** Which rows are chosen, and the actions for them. */
export interface Selection<Row> {
  keys: readonly (string | number)[];
  onChange: (keys: (string | number)[]) => void;
  bar: (rows: Row[]) => ReactNode;
  /** Rows that cannot be chosen, such as those nothing can be done with. */
  isFixed?: (row: Row) => boolean;
  nameOf: (row: Row) => string;
}

/** Columns as antd wants them: the first one frozen, figures to the right. */
export function antdColumns<Row>(columns: readonly Column<Row>[]): ColumnType<Row>[] {
  return columns.map((column, index) => ({
    key: column.key,
    title: column.title,
    width: column.width,
    fixed: index === 0 ? "start" : undefined,
    align: column.numeric ? "right" : undefined,
    className: column.numeric ? "figures" : undefined,
    render: (_: unknown, row: Row) => column.render(row),
  }));
}

const isControl = (target: EventTarget): boolean =>
  target instanceof Element && target.closest("a,button,input,label") !== null;

type CardsProps<Row> = DataTableProps<Row> & { rows: readonly Row[] };

function Cards<Row>({ rows, rowKey, onOpen, card, selection }: CardsProps<Row>) {
  return (
    <ul className="phone-cards">
      {rows.map((row) => (
        <li key={rowKey(row)} className={selection ? "phone-choose" : undefined}>
          {selection && (
            <Checkbox
              aria-label={selection.nameOf(row)}
              disabled={selection.isFixed?.(row) ?? false}
              checked={selection.keys.includes(rowKey(row))}
              onChange={({ target }) =>
                selection.onChange(
                  target.checked
                    ? [...selection.keys, rowKey(row)]
                    : selection.keys.filter((key) => key !== rowKey(row)),
                )
              }
            />
          )}
          {/* biome-ignore lint/a11y/useKeyWithClickEvents: the card holds a link that does the same */}
          {/* biome-ignore lint/a11y/noStaticElementInteractions: the card holds a link that does the same */}
          <div className="phone-card" onClick={(event) => !isControl(event.target) && onOpen?.(row)}>
            {card?.(row)}
          </div>
        </li>
      ))}
    </ul>
  );
}

function BulkBar<Row>({ selection, rows }: { selection: Selection<Row>; rows: Row[] }) {
  const { t } = useTranslation();
  return (
    <section className="bulk-bar" aria-label={t("bulk.title")}>
      <strong className="figures">{t("bulk.chosen", { count: rows.length })}</strong>
      <span className="bulk-actions">{selection.bar(rows)}</span>
      <Button type="text" onClick={() => selection.onChange([])}>
        {t("bulk.clear")}
      </Button>
    </section>
  );
}

/** A keyset list: skeleton, rows, "more", and what to say when there is nothing or it failed. */
export function DataTable<Row extends object>(props: DataTableProps<Row>) {
  const { columns, pages, rowKey, empty, onOpen, card, label, selection, isInDrawer = false } = props;
  const { t } = useTranslation();
  const isPhone = useIsPhone();
  const around = useReachableScroll<HTMLElement>();
  const antd = useMemo(() => antdColumns(columns), [columns]);
  const shown = useStaged(pages.rows, pages.list);
  const width = columns.reduce((sum, column) => sum + (column.width ?? 140), 0);
  if (pages.problem && pages.rows.length === 0) return <Refusal of={pages.problem} onRetry={pages.reload} />;
  if (pages.isLoading) {
    return (
      <div className="card card-body" role="status" aria-label={t("state.loading")}>
        <Skeleton active title={false} paragraph={{ rows: 12, width: "100%" }} />
      </div>
    );
  }
  // What is chosen keeps its bar, and with it what became of the rows, even when they left the list.
  if (pages.rows.length === 0 && !selection?.keys.length)
    return <div className="card">{typeof empty === "string" ? <EmptyState text={empty} /> : empty}</div>;
  return (
    <section className="card data-table" aria-label={label} ref={around}>
      {isPhone && card ? (
        <Cards {...props} rows={shown} />
      ) : (
        <Table<Row>
          size="middle"
          columns={antd}
          dataSource={shown}
          locale={{ emptyText: empty }}
          rowKey={rowKey}
          pagination={false}
          scroll={{ x: width }}
          sticky={isInDrawer ? false : { offsetHeader: 52 }}
          rowSelection={
            selection && {
              selectedRowKeys: [...selection.keys],
              onChange: (keys) => selection.onChange(keys as (string | number)[]),
              columnWidth: 44,
              getCheckboxProps: (row) => ({
                disabled: selection.isFixed?.(row) ?? false,
                "aria-label": selection.nameOf(row),
              }),
            }
          }
          onRow={(row) =>
            onOpen
              ? { onClick: (event) => !isControl(event.target) && onOpen(row), className: "row-opens" }
              : {}
          }
        />
      )}
      {selection && selection.keys.length > 0 && (
        <BulkBar
          selection={selection}
          rows={pages.rows.filter((row) => selection.keys.includes(rowKey(row)))}
        />
      )}
      <footer className="table-foot">
        <span className="quiet figures">
          {t(pages.loadMore ? "list.shown" : "list.all_shown", { count: pages.rows.length })}
        </span>
        {pages.loadMore && (
          <Button loading={pages.isLoadingMore} onClick={pages.loadMore}>
            {t("list.more")}
          </Button>
        )}
      </footer>
      {pages.problem && <Refusal of={pages.problem} onRetry={pages.reload} />}
    </section>
  );
}
