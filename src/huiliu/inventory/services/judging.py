"""What the figures of a stock-take come to, and what the book had when they were counted."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal

from django.db import connection

from huiliu.inventory import rules
from huiliu.inventory.models import CountEntry, CountLine, StockCount
from huiliu.inventory.types import CountFigure
from huiliu.ledger import selectors as ledger_selectors


def judge(count: StockCount, *, only_book: bool = False) -> list[CountLine]:
    """Bring the lines of the running round up to their entries, and every line's book to what is known now.

    With `only_book` the counts stay as they were judged: before posting, late entries may have changed the book.
    """
    lines = {(line.sku_id, line.lot): line for line in CountLine.objects.filter(count_id=count.pk)}
    figures: dict[tuple[int, str], list[CountFigure]] = {}
    for entry in CountEntry.objects.filter(count_id=count.pk).order_by("id"):
        figure = CountFigure(entry.round, entry.counter_id, entry.area, entry.units, entry.counted_at)
        figures.setdefault((entry.sku_id, entry.lot), []).append(figure)
    fresh = []
    for key in figures.keys() - lines.keys():
        lines[key] = CountLine(
            count_id=count.pk,
            sku_id=key[0],
            lot=key[1],
            owner_path=count.owner_path,
            round=count.round,
            is_recount=True,
        )
        fresh.append(lines[key])
    spans: dict[tuple[int, str], tuple[datetime, datetime]] = {}
    disputed = set()
    for key, line in lines.items():
        if line.is_recount and not only_book:
            line.round = count.round
        own = [figure for figure in figures.get(key, ()) if figure.round == line.round]
        if own:
            spans[key] = (min(one.counted_at for one in own), max(one.counted_at for one in own))
        line.counted, is_disputed = rules.judge_counts(own)
        line.counted_at = spans[key][1] if own else None
        if is_disputed:
            disputed.add(key)
    firsts, books = (
        _books_at(count, {key: span[0] for key, span in spans.items()}),
        _books_at(count, {key: span[1] for key, span in spans.items()}),
    )
    for key, line in lines.items():
        line.book = books.get(key)
        line.verdict = rules.verdict_of(
            counted=line.counted,
            disputed=key in disputed,
            book=line.book,
            moved=firsts.get(key) != books.get(key),
        )
    CountLine.objects.bulk_create(fresh)
    CountLine.objects.bulk_update(
        [line for line in lines.values() if line not in fresh],
        ["round", "counted", "counted_at", "book", "verdict"],
    )
    return [lines[key] for key in sorted(lines)]


def _books_at(
    count: StockCount, moments: Mapping[tuple[int, str], datetime]
) -> dict[tuple[int, str], Decimal]:
    """What the book had of each (sku, lot) at its moment, by all that is known now; lots together unless by lot."""
    accounts: dict[tuple[int, str], list[int]] = {key: [] for key in moments}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, sku_id, lot FROM ledger_account WHERE owner_id = %s AND kind = 'stock' AND place_id = %s",
            [count.organization_id, count.warehouse_id],
        )
        for account_id, sku_id, lot in cursor.fetchall():
            key = (sku_id, lot if count.by_lot else "")
            if key in accounts:
                accounts[key].append(account_id)
    by_moment: dict[datetime, list[int]] = {}
    for key, moment in moments.items():
        by_moment.setdefault(moment, []).extend(accounts[key])
    found: dict[tuple[datetime, int], Decimal] = {}
    for moment, ids in by_moment.items():
        then = ledger_selectors.balances_at(account_ids=ids, at=moment)
        found |= {(moment, account_id): balance for account_id, balance in then.items()}
    return {
        key: sum((found.get((moment, one), Decimal(0)) for one in accounts[key]), Decimal(0))
        for key, moment in moments.items()
    }
