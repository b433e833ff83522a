"""The document rows behind a figure: the same filters, the same reach, one row after the other."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import Any
from uuid import UUID

import ibis
import ibis.expr.types as ir

from huiliu.insights import answering, rules
from huiliu.insights.answering import Run
from huiliu.insights.compile import Scan, Shape, as_sql, lookup_table, measures_of, parameter
from huiliu.insights.definitions import Catalog
from huiliu.insights.dimensions import DIMENSIONS, grain_of
from huiliu.insights.errors import QueryInvalid
from huiliu.insights.facts import FACTS
from huiliu.insights.types import DrillRow, Filter, Measure, MetricQuery
from huiliu.kernel.period import Period, PeriodEmpty
from huiliu.platform.errors import CursorInvalid
from huiliu.platform.subject_names import subject_names

#: The document that a fact's rows are lines of.
DOCUMENTS = {
    "order": "order",
    "ordered": "order",
    "shipped": "shipment",
    "dispatched": "shipment",
    "cancelled": "cancellation",
    "returned": "return",
}
_NUMBERED = frozenset({"order", "shipment", "return"})
#: The first part of a cursor: one of another list must not be taken for ours.
CURSOR = "drill"
CURSOR_SIZE = 5
LIMIT_MAX = 500


def at_cell(query: MetricQuery, cell: dict[str, str | None], *, fiscal_start_day: int) -> MetricQuery:
    """The query of one cell: its keys become filters, its time the period.

    Raises: QueryInvalid for a key that is no part of the query's period or no dimension.
    """
    filters = list(query.filters)
    period = query.period
    for name, key in cell.items():
        if name not in DIMENSIONS:
            raise QueryInvalid(f"There is no dimension {name!r}.", field="cell", dimension=name)
        grain = grain_of(DIMENSIONS[name])
        if grain is None:
            filters.append(Filter(name, (key or "",)))
            continue
        named = {
            start.isoformat(): days
            for start, days in rules.periods_in(period, grain, fiscal_start_day=fiscal_start_day)
        }
        if key not in named:
            raise QueryInvalid(f"{key!r} is not a {name} of the period.", field="cell")
        period = named[key]
    return replace(query, dimensions=(), filters=tuple(filters), period=period, order_by=())


def _sources(shape: Shape, catalog: Catalog) -> list[tuple[Measure, int]]:
    """The measures whose rows are shown, with the sign they have in the figure."""
    metric = catalog.metric(shape.metrics[0])
    serving = measures_of(shape, catalog)
    found: dict[Measure, int] = {}
    for part in catalog.parts_of(metric):
        if part.fact in metric.drill:
            found.setdefault(serving[part.name], -1 if part.name in metric.minus else 1)
    return list(found.items())


def _rows_of(shape: Shape, catalog: Catalog, measure: Measure, sign: int) -> ir.Table:
    """One row a document row: aligned columns, whatever the fact."""
    rows = Scan(shape, catalog, [measure]).filtered()
    has = set(FACTS[measure.fact].column_names())
    nothing = {"text": ibis.null("string"), "number": ibis.null("decimal(20, 6)"), "id": ibis.null("uuid")}
    amount = "net_amount" if measure.column == "net_amount" else "gross_amount"
    is_moved = measure.fact == "moved"
    document = rows.document_id if "document_id" in has else rows.order_id
    position = rows.transfer_id * 2 + (rows.side > 0).cast("int64") if is_moved else ibis.literal(0)
    if "line_no" in has:
        position = rows.line_no.cast("int64")
    return rows.select(
        fact=ibis.literal(measure.fact),
        date=rows[measure.date],
        document_type=rows.document_type if is_moved else ibis.literal(DOCUMENTS[measure.fact]),
        document_id=document,
        order_id=rows.order_id if "order_id" in has else nothing["id"],
        position=position.cast("int64"),
        line_no=rows.line_no.cast("int64") if "line_no" in has else ibis.literal(0).cast("int64"),
        partner_id=rows.partner_id,
        sku_id=rows.sku_id if "sku_id" in has else ibis.null("int64"),
        quantity=rows.quantity.cast("decimal(20, 6)") if "quantity" in has else nothing["number"],
        amount=rows[amount].cast("decimal(20, 6)") if amount in has else nothing["number"],
        sign=ibis.literal(sign),
    )


@lru_cache(maxsize=256)
def compiled(shape: Shape, catalog: Catalog, *, is_first: bool) -> str:
    """The SQL of one page: newest first, then by document; `$c_…` is the last row of the page before."""
    tables = [_rows_of(shape, catalog, measure, sign) for measure, sign in _sources(shape, catalog)]
    rows = ibis.union(*tables) if len(tables) > 1 else tables[0]
    rows = rows.mutate(document_key=rows.document_id.cast("string"))
    if not is_first:
        day, fact = parameter("c_date", "date"), parameter("c_fact", "string")
        document, position = parameter("c_document", "string"), parameter("c_position", "int64")
        rows = rows.filter(
            (rows.date < day)
            | (rows.date == day)
            & (
                (rows.fact > fact)
                | (rows.fact == fact)
                & (
                    (rows.document_key > document)
                    | (rows.document_key == document) & (rows.position > position)
                )
            )
        )
    # Cut before the names are joined: only a page of rows needs them.
    order = [rows.date.desc(), rows.fact.asc(), rows.document_key.asc(), rows.position.asc()]
    rows = rows.order_by(order).limit(LIMIT_MAX + 1)
    organizations, skus = lookup_table("organization"), lookup_table("sku")
    partner = organizations.select(p_id="id", partner_code="code", partner_name="name")
    goods = skus.select(s_id="id", sku_code="code", sku_name="name")
    rows = rows.left_join(partner, rows.partner_id == partner.p_id)
    rows = rows.left_join(goods, rows.sku_id == goods.s_id)
    rows = rows.select(*_COLUMNS)
    order = [rows.date.desc(), rows.fact.asc(), rows.document_key.asc(), rows.position.asc()]
    return as_sql(rows.order_by(order)) + "\nLIMIT $limit"


_COLUMNS = (
    "fact",
    "date",
    "document_type",
    "document_key",
    "order_id",
    "position",
    "line_no",
    "partner_code",
    "partner_name",
    "sku_code",
    "sku_name",
    "quantity",
    "amount",
    "sign",
)


def page(
    *, query: MetricQuery, run: Run, catalog: Catalog, after: list[Any] | None, limit: int
) -> tuple[list[DrillRow], list[Any] | None]:
    """One page of rows and the key of the next, None on the last.

    What row security hides is left out, even though the reach has filtered the rows before.
    """
    answering.check(query, catalog)
    if len(query.metrics) != 1:
        raise QueryInvalid("Drill into one metric.", field="metric")
    shape = replace(answering.shape_of(query, run), order_by=(), dimensions=())
    sql = compiled(shape, catalog, is_first=after is None)
    values = answering.values_of(query, query.period, limit=limit + 1)
    if after is not None:
        if after[0] != CURSOR:
            raise CursorInvalid("This cursor belongs to another list.", field="cursor")
        _, day, fact, document, position = after
        values |= {
            "c_date": date.fromisoformat(day),
            "c_fact": fact,
            "c_document": document,
            "c_position": position,
        }
    found = run.rows(sql, values)
    shown = found[:limit]
    last = shown[-1] if len(found) > limit else None
    return _with_numbers(shown), [CURSOR, last[1].isoformat(), last[0], last[3], last[5]] if last else None


def _with_numbers(rows: list[tuple[Any, ...]]) -> list[DrillRow]:
    numbers = subject_names(
        [("order", row[4]) for row in rows if row[4]]
        + [(row[2], row[3]) for row in rows if row[2] in _NUMBERED]
    )
    drilled = []
    for row in rows:
        kind, document = row[2], UUID(row[3])
        number = numbers.get((kind, str(document)))
        if row[0] != "moved" and kind in _NUMBERED and number is None:
            continue  # row security hides it
        drilled.append(
            DrillRow(
                fact=row[0],
                date=row[1],
                document_type=kind,
                document_id=document,
                document_number=number,
                order_id=row[4],
                order_number=numbers.get(("order", str(row[4]))) if row[4] else None,
                line_no=row[6],
                partner_code=row[7],
                partner_name=row[8],
                sku_code=row[9],
                sku_name=row[10],
                quantity=rules.written(row[11], decimals=0),
                amount=rules.written(row[12], decimals=2),
                sign=row[13],
            )
        )
    return drilled


def period_of(start: date, end: date) -> Period[date]:
    """The half-open period of a request.

    Raises: QueryInvalid.
    """
    try:
        return Period(start, end)
    except PeriodEmpty as error:
        raise QueryInvalid(str(error), field="end") from error
