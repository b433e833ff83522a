import { Link, type LinkProps, useNavigate } from "@tanstack/react-router";
import { type ReactNode, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { type Column, DataTable } from "@/ui/data-table";
import { type Field, FilterBar } from "@/ui/filter-bar";
import { useFormat } from "@/ui/use-format";
import type { Pages } from "@/ui/use-pages";
import { useWarehouses } from "@/ui/warehouse-field";
import { DocumentBulk, type Move } from "./document-bulk";

/** What adjustments, transfers and stock-takes have in common. */
export interface StockDocument {
  id: string;
  number: string;
  note: string;
  allowed_actions: string[];
}

/** Where something happened to a document, and by whom. */
export interface Moment {
  at: string | null;
  by: string;
}

export interface DocumentKind<Row extends StockDocument> {
  title: string;
  numberTitle: string;
  stateTitle: string;
  noteTitle: string;
  empty: string;
  states: readonly { value: string; label: string }[];
  /** Beside state and warehouse. */
  filters?: readonly Field[];
  tag: (row: Row) => ReactNode;
  link: (row: Row) => Pick<LinkProps, "to" | "params">;
  /** Between the state and the note. */
  columns: readonly Column<Row>[];
  /** On a phone: what it is about, its figure, when it was made. */
  about: (row: Row) => ReactNode;
  figure?: (row: Row) => ReactNode;
  made: (row: Row) => Moment;
  /** What can be done with many at once. */
  moves: readonly Move<Row>[];
}

/** A moment in a cell: when, and who below it. */
export function MomentCell({ of: moment }: { of: Moment }) {
  const format = useFormat();
  return (
    <span className="cell-two">
      <span>{format.instant(moment.at)}</span>
      <span className="quiet">{moment.by}</span>
    </span>
  );
}

function NumberLink<Row extends StockDocument>({ of: row, kind }: { of: Row; kind: DocumentKind<Row> }) {
  return (
    <Link {...kind.link(row)} className="cell-main figures nowrap">
      {row.number}
    </Link>
  );
}

function Card<Row extends StockDocument>({ of: row, kind }: { of: Row; kind: DocumentKind<Row> }) {
  const format = useFormat();
  const made = kind.made(row);
  return (
    <>
      <div className="phone-row">
        <NumberLink of={row} kind={kind} />
        {kind.tag(row)}
      </div>
      <div className="phone-row">
        <span>{kind.about(row)}</span>
        {kind.figure && <span className="figures">{kind.figure(row)}</span>}
      </div>
      <div className="quiet figures">
        {format.instant(made.at)} {made.by}
      </div>
    </>
  );
}

function useColumns<Row extends StockDocument>(kind: DocumentKind<Row>): Column<Row>[] {
  return useMemo(
    () => [
      {
        key: "number",
        title: kind.numberTitle,
        width: 180,
        render: (row) => <NumberLink of={row} kind={kind} />,
      },
      { key: "state", title: kind.stateTitle, width: 110, render: kind.tag },
      ...kind.columns,
      {
        key: "note",
        title: kind.noteTitle,
        width: 200,
        render: (row) => <span className="cell-clip">{row.note}</span>,
      },
    ],
    [kind],
  );
}

interface DocumentListProps<Row extends StockDocument> {
  of: DocumentKind<Row>;
  pages: Pages<Row>;
  organizationId: number;
}

/** One kind of documents of stock, newest first; those that wait can be decided together. */
export function DocumentList<Row extends StockDocument>({
  of: kind,
  pages,
  organizationId,
}: DocumentListProps<Row>) {
  const { t } = useTranslation("inventory");
  const navigate = useNavigate();
  const places = useWarehouses(organizationId);
  const columns = useColumns(kind);
  const [chosen, setChosen] = useState<(string | number)[]>([]);
  const canMove = (row: Row) => kind.moves.some((move) => row.allowed_actions.includes(move.action));
  return (
    <>
      <FilterBar
        fields={[
          { kind: "choice", name: "state", placeholder: kind.stateTitle, options: kind.states },
          ...(kind.filters ?? []),
          {
            kind: "choice",
            name: "warehouse",
            placeholder: t("warehouse.one"),
            options: places.map((place) => ({ value: String(place.id), label: place.name })),
          },
        ]}
      />
      <DataTable
        label={kind.title}
        columns={columns}
        pages={pages}
        rowKey={(row) => row.id}
        empty={kind.empty}
        onOpen={(row) => void navigate(kind.link(row))}
        selection={
          chosen.length > 0 || pages.rows.some(canMove)
            ? {
                keys: chosen,
                onChange: setChosen,
                nameOf: (row) => row.number,
                isFixed: (row) => !canMove(row) && !chosen.includes(row.id),
                bar: (rows) => <DocumentBulk rows={rows} moves={kind.moves} onDone={() => setChosen([])} />,
              }
            : undefined
        }
        card={(row) => <Card of={row} kind={kind} />}
      />
    </>
  );
}
