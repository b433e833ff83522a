"""Publishing under real concurrency: one of two that tie, one draft a line, and every process's next quote."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Callable
from datetime import date
from decimal import Decimal as D  # noqa: N817
from typing import Any

import pytest
from django.db import connection

from huiliu.kernel.ids import uuid7
from huiliu.policies import errors as life
from huiliu.policies import services as policies
from huiliu.policies.services import life as lives
from huiliu.policies.types import Audience
from huiliu.pricing import errors, services
from huiliu.pricing.types import PriceLevel
from huiliu.testing.actors import NOW
from huiliu.testing.ledger import at_once, committed
from huiliu.testing.partners import a_partner
from huiliu.testing.pricing import Market

pytestmark = pytest.mark.usefixtures("committed_db")


def publishes(market: Market, version_id: object) -> Callable[[], str]:
    def work() -> str:
        return services.publish_price_list(actor=market.manager, version_id=version_id, now=NOW).code  # type: ignore[arg-type]

    return work


def two_that_tie() -> tuple[Market, list[object]]:
    def arrange() -> tuple[Market, list[object]]:
        market = Market()
        heads = [market.approved({market.water.pk: "10"}, code=code) for code in ("EAST", "WEST")]
        return market, [head.id for head in heads]

    return committed(arrange)


def test_the_race_is_real_when_the_lock_is_off(monkeypatch):
    market, ids = two_that_tie()
    meeting = threading.Barrier(2)
    real = lives._record

    def meet_first(version: Any, **what: Any) -> None:
        meeting.wait(timeout=20)  # both found no tie, and neither is committed
        real(version, **what)

    numbers = iter([1, 2])
    monkeypatch.setattr(lives, "publish_lock", lambda: next(numbers))
    monkeypatch.setattr(lives, "_record", meet_first)

    answers = at_once([publishes(market, one) for one in ids])

    assert sorted(map(str, answers)) == ["EAST", "WEST"]


def test_of_two_publishes_that_tie_one_wins_and_the_other_is_told_of_it():
    market, ids = two_that_tie()

    answers = at_once([publishes(market, one) for one in ids])

    refusals = [one for one in answers if isinstance(one, errors.PricesTie)]
    winners = [one for one in answers if isinstance(one, str)]
    assert (len(winners), len(refusals)) == (1, 1)
    assert refusals[0].facts["ties"][0]["list"] == winners[0]
    assert committed(lambda: [one.head.list_code for one in services.current_book()]) == winners


def test_one_version_published_eight_times_at_once_is_published_once():
    market, ids = two_that_tie()

    answers = at_once([publishes(market, ids[0])] * 8)

    assert answers == ["EAST"] * 8
    with connection.cursor() as cursor:
        committed(
            lambda: cursor.execute("SELECT count(*) FROM platform_event WHERE type = 'policy.published'")
        )
        assert cursor.fetchone()[0] == 1


def test_of_eight_drafts_of_one_line_at_once_one_is_made():
    market = committed(Market)

    def drafts() -> str:
        head = services.create_price_list(
            actor=market.author,
            version_id=uuid7(),
            code="BASE",
            name="x",
            seller_id=market.brand.pk,
            level=PriceLevel.BASE,
            currency="CNY",
            audience=Audience(),
            valid_from=date(2026, 1, 1),
            valid_to=None,
            now=NOW,
        )
        return head.code

    answers = at_once([drafts] * 8)

    assert answers.count("BASE") == 1
    assert sum(isinstance(one, life.VersionCodeTaken) for one in answers) == 7


def test_a_publication_that_is_rolled_back_leaves_no_price_behind():
    market, ids = two_that_tie()

    def fails() -> None:
        publishes(market, ids[0])()
        assert market.price(market.dealer) == D(10)  # seen inside
        raise RuntimeError("power cut")

    with pytest.raises(RuntimeError):
        committed(fails)

    assert committed(lambda: market.price(market.dealer)) is None


OTHER_PROCESS = """
import os, sys
import django
django.setup()
from django.conf import settings
from django.db import connection
connection.settings_dict["NAME"] = settings.DATABASES["default"]["NAME"] = sys.argv[1]
from huiliu.testing.ledger import committed
from huiliu.pricing.services import Wanted, current_book, price_lines
from datetime import date
from decimal import Decimal
from huiliu.kernel.quantity import UnitFactor
from huiliu.testing.actors import NOW

def price():
    lines = price_lines(actor=None, seller_id=int(sys.argv[2]), buyer_id=int(sys.argv[3]), currency="CNY",
                        on=date(2026, 6, 15), wanted=[Wanted(int(sys.argv[4]), UnitFactor("瓶", 1), Decimal(1), Decimal(0))],
                        now=NOW)
    return lines[0].unit_price, id(current_book())

for _ in sys.stdin:
    print(*committed(price), flush=True)
"""


def test_another_process_quotes_what_was_published_here_and_reads_nothing_while_nothing_changes(committed_db):
    market = committed(Market)
    committed(lambda: market.published({market.water.pk: "10"}))
    arguments = [committed_db, market.brand.pk, market.dealer.pk, market.water.pk]
    process = subprocess.Popen(
        [sys.executable, "-c", OTHER_PROCESS, *map(str, arguments)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdin is not None
    assert process.stdout is not None

    def asks() -> tuple[str, str]:
        process.stdin.write("price\n")  # type: ignore[union-attr]
        process.stdin.flush()  # type: ignore[union-attr]
        price, book = process.stdout.readline().split()  # type: ignore[union-attr]
        return price, book

    try:
        before, again = asks(), asks()
        committed(lambda: market.published({market.water.pk: "9"}))
        after = asks()
    finally:
        process.stdin.close()
        process.wait(timeout=20)

    assert before == again  # the same book: nothing was loaded twice
    assert (before[0], after[0]) == ("10", "9")


def test_a_changed_list_is_loaded_and_the_others_are_kept():
    market = committed(Market)
    committed(lambda: market.published({market.water.pk: "10"}))
    base = committed(lambda: next(iter(services.current_book())))

    committed(lambda: market.published({market.tea.pk: "5"}, code="TEA"))
    book = committed(services.current_book)

    assert book.get(base.head.version_id) is base
    assert len(book) == 2


def test_a_late_joiner_shares_the_rows_that_are_loaded():
    market = committed(Market)
    head = committed(
        lambda: market.published(
            {market.water.pk: "8"}, audience=Audience(tiers=("A",)), level=PriceLevel.GROUP
        )
    )
    late = committed(lambda: a_partner(parent=market.brand, tier="A").organization)
    before = committed(services.current_book).get(head.id)
    committed(lambda: policies.welcome_organizations(organization_ids=[late.pk], now=NOW))
    after = committed(services.current_book).get(head.id)

    assert before is not None
    assert after is not None
    assert (before.speaks_to(late.pk), after.speaks_to(late.pk)) == (False, True)
    assert next(after.rows()) is next(before.rows())
