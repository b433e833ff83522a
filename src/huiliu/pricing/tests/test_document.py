"""Every marked table of docs/algorithms/pricing.md is computed and compared."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

import pytest

from huiliu.kernel.money import split_amount, tax_from_gross
from huiliu.kernel.quantity import UnitFactor, parse_quantity, quantity_text
from huiliu.pricing.errors import AmountNotReachable
from huiliu.pricing.rules import (
    PriceBook,
    after_amount_edit,
    after_quantity_edit,
    after_unit_price_edit,
    judge_override,
    resolve,
)
from huiliu.pricing.types import Authority, PriceLevel, PriceOverride, Reason
from huiliu.testing.pricing import BOTTLE, CASE, a_query, a_row, a_version

PAGE = Path(__file__).parents[4] / "docs" / "algorithms" / "pricing.md"
D = Decimal
Row = tuple[str, ...]


def tables() -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for match in re.finditer(r"<!-- checked: ([a-z-]+) -->\n((?:\|.*\n)+)", PAGE.read_text()):
        lines = match.group(2).strip().splitlines()[2:]
        found[match.group(1)] = [tuple(cell.strip() for cell in line.split("|")[1:-1]) for line in lines]
    return found


TABLES = tables()


def rows_of(name: str) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("row", TABLES[name], ids=lambda row: " ".join(row)[:60])


def test_the_page_has_exactly_the_tables_that_are_checked() -> None:
    assert {name: len(rows) for name, rows in TABLES.items()} == {
        "who-wins": 7,
        "breaks": 5,
        "units": 4,
        "tax": 5,
        "split": 4,
        "edits": 5,
        "by-hand": 7,
    }


@rows_of("who-wins")
def test_who_wins(row: Row) -> None:
    first, second, price, reason = row
    versions = []
    for text in (first, second):
        head, amount = text.split(":")
        level, priority, width, start = (part.strip() for part in head.split(","))
        versions.append(
            a_version(
                a_row(amount.strip()),
                level=PriceLevel[level],
                priority=int(priority),
                width=int(width),
                start=start,
            )
        )

    line = resolve(PriceBook(versions), a_query())

    assert line.unit_price == D(price)
    assert [loser.reason for loser in line.trace.losers] == [Reason(reason)]


@rows_of("breaks")
def test_breaks(row: Row) -> None:
    ordered, base, price, amount = row
    book = PriceBook([a_version(a_row("100.00", breaks=[(240, "95.00"), (1200, "90.00")]))])

    assert parse_quantity(ordered, [CASE], "瓶", is_whole=True) == D(base)
    assert quantity_text(D(base), [CASE], "瓶") == ordered
    line = resolve(book, a_query(base, unit=BOTTLE))
    assert (line.unit_price, line.gross_amount) == (D(price), D(amount))


@rows_of("units")
def test_units(row: Row) -> None:
    quantity, price, unit, factor, amount, shown, wrong = row
    book = PriceBook([a_version(a_row(price, unit=UnitFactor(unit, int(factor))))])

    line = resolve(book, a_query(quantity, unit=BOTTLE))

    assert (str(line.gross_amount), str(line.entered_unit_price)) == (amount, shown)
    assert line.gross_amount != D(wrong)


@rows_of("tax")
def test_tax(row: Row) -> None:
    gross, rate, net, tax = row

    assert tuple(map(str, tax_from_gross(D(gross), D(rate), 2))) == (net, tax)


@rows_of("split")
def test_split(row: Row) -> None:
    amount, weights, parts = row

    divided = split_amount(D(amount), [D(weight) for weight in weights.split(" / ")], 2)

    assert " / ".join(map(str, divided)) == parts


@rows_of("edits")
def test_edits(row: Row) -> None:
    edited, quantity, price, amount, becomes = row
    if becomes.startswith("refused"):
        with pytest.raises(AmountNotReachable) as refusal:
            after_amount_edit(quantity=D(quantity), amount=D(amount), exponent=2)
        facts = refusal.value.facts
        assert f"refused: {facts['amount_below']} or {facts['amount_above']}" == becomes
        return

    if edited == "amount":
        line = after_amount_edit(quantity=D(quantity), amount=D(amount), exponent=2)
    else:
        edit = after_quantity_edit if edited == "quantity" else after_unit_price_edit
        line = edit(quantity=D(quantity), unit_price=D(price), exponent=2)
    assert f"{line.quantity} × {line.unit_price} = {line.amount}" == becomes


@rows_of("by-hand")
def test_by_hand(row: Row) -> None:
    asked, largest, below, discount, exceeds = row
    line = resolve(PriceBook([a_version(a_row("100.00", floor="88.00"))]), a_query())

    verdict = judge_override(
        line, PriceOverride(D(asked), "rival offer"), Authority("SALES", D(largest), below == "yes")
    )

    assert round(verdict.discount, 5) == D(discount)
    assert ", ".join(verdict.exceeds) == exceeds
