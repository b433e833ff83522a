"""The page on credit says what the code does: its table runs."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from huiliu.credit.rules import credit_terms
from huiliu.credit.types import Granted

PAGE = Path(__file__).parents[4] / "docs" / "algorithms" / "credit.md"


def rows() -> list[list[str]]:
    lines = PAGE.read_text(encoding="utf-8").split("<!-- checked: terms -->")[1].strip().splitlines()
    table = [line for line in lines[: lines.index("")] if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in table[2:]]


@pytest.mark.parametrize("row", rows(), ids=lambda row: row[0])
def test_the_page_is_right(row):
    limit, temporary, balance, held, exposure, available = (Decimal(cell) for cell in row[1:])

    terms = credit_terms(
        buyer_id=2,
        seller_id=1,
        currency="CNY",
        granted=Granted(limit, temporary),
        balance=balance,
        held=held,
    )

    assert (terms.exposure, terms.available) == (exposure, available)


def test_the_page_has_its_rows():
    assert len(rows()) == 6
