"""The page on the fair share says what the code does: its table runs."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from huiliu.orders.fulfilment.rules import fair_share

PAGE = Path(__file__).parents[5] / "docs" / "algorithms" / "fair-share.md"


def rows() -> list[list[str]]:
    lines = PAGE.read_text(encoding="utf-8").split("<!-- checked: shares -->")[1].strip().splitlines()
    table = [line for line in lines[: lines.index("")] if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in table[2:]]


def figures(cell: str) -> list[Decimal]:
    return [Decimal(one) for one in cell.split()]


@pytest.mark.parametrize("row", rows(), ids=lambda row: row[0])
def test_the_page_is_right(row):
    available, pack, demands, quotas, shares, because = row[1:]

    found = fair_share(available=Decimal(available), pack=Decimal(pack), demands=figures(demands))

    assert [share.quota for share in found] == figures(quotas)
    assert [share.units for share in found] == figures(shares)
    assert [share.because.value for share in found] == because.split()


def test_the_page_has_its_rows():
    assert len(rows()) == 8
