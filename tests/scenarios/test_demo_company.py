"""The demo company, a month of it: it loads, its ledger proves, and something waits for every role."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection

from conftest import _URLS
from huiliu.demo import content, services
from huiliu.entrypoints import demo_work
from huiliu.entrypoints.demo_work.orders import buyers_of_today
from huiliu.entrypoints.demo_work.world import World
from huiliu.kernel.period import business_date
from huiliu.ledger.selectors import prove
from huiliu.orders.selectors import unproven_lines
from huiliu.platform.database import system_reach
from huiliu.testing import databases
from huiliu.testing.ledger import owner_url

#: One o'clock of a new year in Shanghai: limits of the year have just begun, half of the stores ordered nothing yet.
NOW = datetime(2026, 12, 31, 17, tzinfo=UTC)
TODAY = business_date(NOW, "Asia/Shanghai")


def asked(sql: str, *values: Any) -> list[Any]:
    with system_reach("tests"), connection.cursor() as cursor:
        cursor.execute(sql, list(values))
        return cursor.fetchall()


def in_force_with(seller_id: int, buyer_id: int, *, on: date) -> bool:
    """Whether a contract of the two holds on that day, or none ever bound them."""
    [[bound, held]] = asked(
        "SELECT count(*), count(*) FILTER (WHERE status = 'ACTIVE' AND valid_from <= %s"
        " AND (valid_to IS NULL OR valid_to > %s)) FROM partners_contract WHERE seller_id = %s AND partner_id = %s",
        *(on, on, seller_id, buyer_id),
    )
    return bound == 0 or held > 0


def states(table: str) -> set[str]:
    return {row[0] for row in asked(f"SELECT DISTINCT state FROM {table}")}


@pytest.fixture(scope="module")
def company(django_db_setup: None, django_db_blocker: Any) -> Iterator[str]:
    """Loaded once for all: the last test is a later start of it."""
    name = databases.clone(_URLS)
    with django_db_blocker.unblock():
        before = databases.use(name)
        services.load_demo(owner_url=owner_url(name), today=TODAY, now=NOW, months=1)
        demo_work.prepare(now=NOW)
        yield name
        databases.use(before)
    databases.drop(_URLS, name)


def test_the_demo_company_stands_and_every_desk_has_work(company: str) -> None:
    with system_reach("tests"):
        assert prove() == []
        assert unproven_lines() == []
    assert states("orders_order") == {
        *(
            "SUBMITTED",
            "AWAITING_FINANCE",
            "CONFIRMED",
            "PARTIALLY_SHIPPED",
            "SHIPPED",
            "COMPLETED",
            "CANCELLED",
        ),
    }
    assert states("orders_return") == {"REQUESTED", "RECEIVED", "REJECTED"}
    assert states("inventory_count") == {"COUNTING", "REVIEW", "POSTED"}
    assert states("inventory_adjustment") == {"SUBMITTED", "POSTED"}
    assert states("inventory_transfer") == {"SENT", "RECEIVED"}
    assert states("receivables_receipt") == {"POSTED", "REVERSED"}
    assert states("policies_version") == {"DRAFT", "APPROVED", "PUBLISHED"}
    assert {"CREATED", "IN_TRANSIT", "EXCEPTION", "DELIVERED"} & states("orders_waybill") >= {
        *("IN_TRANSIT", "EXCEPTION", "DELIVERED"),
    }


def test_every_receipt_of_the_ledger_is_a_document(company: str) -> None:
    [[entries, documents, same]] = asked(
        "SELECT (SELECT count(*) FROM ledger_entry WHERE source_type = 'receipt' AND reverses_id IS NULL),"
        " (SELECT count(*) FROM receivables_receipt), (SELECT count(*) FROM receivables_receipt r"
        " JOIN ledger_entry e ON e.id = r.entry_id AND e.source_id = r.id JOIN ledger_transfer t ON t.entry_id = e.id"
        " AND t.amount = r.amount)"
    )

    assert entries == documents == same
    assert documents > 200


def test_what_is_wrong_with_the_channel_is_there_to_be_found(company: str) -> None:
    [[expired]] = asked(
        "SELECT count(*) FROM ledger_account WHERE kind = 'stock' AND balance > 0 AND lot <> '' AND lot < %s",
        TODAY.isoformat(),
    )
    [[backordered]] = asked("SELECT count(*) FROM orders_line WHERE backordered > 0")
    same = asked("SELECT phone FROM partners_partner WHERE code = ANY(%s)", list(content.SAME_COMPANY))
    unpriced = asked("SELECT code FROM catalog_sku WHERE code = ANY(%s)", list(content.UNPRICED))
    imports = asked(
        "SELECT (result ->> 'failed')::int FROM integrations_import WHERE result IS NOT NULL ORDER BY 1"
    )

    assert expired > 5
    assert backordered >= 3
    assert same[0] == same[1]
    assert len(unpriced) == len(content.UNPRICED)
    assert imports[0] == (0,)
    assert imports[-1][0] >= 3


def test_on_every_day_a_dozen_dealers_may_order(company: str) -> None:
    with system_reach("tests"):
        world = World.read(NOW)
        for days in range(60):
            later = replace(world, now=NOW + timedelta(days=days))
            buyers = buyers_of_today(later)
            assert len(buyers) >= 10
            for buyer in buyers:
                assert world.owner_of(buyer).organization_id == buyer.pk
                assert in_force_with(world.brand.pk, buyer.pk, on=later.today)


def test_a_demo_that_was_loaded_days_ago_has_orders_of_today_and_only_once(company: str) -> None:
    later = NOW + timedelta(days=2, hours=-1)  # midnight: nobody has ordered on this day yet

    placed = demo_work.liven(now=later)
    again = demo_work.liven(now=later)

    assert placed >= 10
    assert again == 0
    [[of_tomorrow]] = asked("SELECT count(*) FROM platform_audit_record WHERE at > %s", later)
    assert of_tomorrow == 0
    with system_reach("tests"):
        assert prove() == []
