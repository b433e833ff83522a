"""Document numbers under load: no double, whichever transaction comes first on a new day or is rolled back."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from datetime import date

from django.db import connection

from huiliu.testing.ledger import as_owner, at_once

CLIENTS, EACH = 8, 25
DAYS = (date(2026, 11, 24), date(2026, 11, 25))
ORGANIZATIONS = (1, 2)


def number_of(organization: int, day: date) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT platform_next_number('order', %s, %s)", [organization, day])
        return str(cursor.fetchone()[0])


def drawing(client: int, *, fails: bool) -> Callable[[], list[tuple[int, date, str]]]:
    """One transaction that draws for every organization and day, each client beginning elsewhere."""

    def draw() -> list[tuple[int, date, str]]:
        wanted = [(organization, day) for day in DAYS for organization in ORGANIZATIONS]
        drawn = [(one, day, number_of(one, day)) for one, day in wanted * EACH]
        if fails:
            raise LookupError(f"client {client} is rolled back")
        return drawn

    return draw


def all_drawn(*, fails: bool = False) -> list[tuple[int, date, str]]:
    answers = at_once([drawing(client, fails=fails and client % 3 == 0) for client in range(CLIENTS)])
    faults = [answer for answer in answers if isinstance(answer, Exception)]
    assert [type(fault) for fault in faults] == [LookupError] * (3 if fails else 0)
    return [one for answer in answers if isinstance(answer, list) for one in answer]


def test_eight_clients_on_a_new_day_get_numbers_that_nobody_else_has(committed_db):
    drawn = all_drawn()

    assert len(drawn) == CLIENTS * EACH * len(DAYS) * len(ORGANIZATIONS)
    assert max(Counter(drawn).values()) == 1
    for _, day, number in drawn:
        assert re.fullmatch(rf"XS{day:%Y%m%d}-\d{{4,}}", number)
        assert int(number.rsplit("-", 1)[1]) >= 1


def test_numbers_of_transactions_that_were_rolled_back_are_not_given_twice(committed_db):
    drawn = all_drawn(fails=True) + all_drawn()

    assert max(Counter(drawn).values()) == 1


def test_numbers_go_up_in_the_order_of_their_drawing(committed_db):
    def draw() -> list[int]:
        return [int(number_of(1, DAYS[0]).rsplit("-", 1)[1]) for _ in range(EACH)]

    answers = at_once([draw] * CLIENTS)
    for counts in answers:
        assert isinstance(counts, list)
        assert counts == sorted(counts)


def test_the_race_for_a_new_day_is_real_without_the_key_of_its_base(committed_db):
    """Two who both look before the other commits make a base each, and count from it to the same number."""
    draw = "SELECT platform_next_number('order', 1, DATE '2026-11-24')"
    with as_owner(committed_db) as first, as_owner(committed_db) as second:
        first.execute("ALTER TABLE platform_number_base DROP CONSTRAINT platform_number_base_pkey")
        with first.transaction(), second.transaction():
            numbers = [one.execute(draw).fetchone() for one in (first, second)]
    assert numbers == [("XS20261124-0001",), ("XS20261124-0001",)]
