"""The bulk loader leaves the rows that the services leave: the same orders written both ways, compared table by table.

What may differ is listed here by name, with the reason; everything else is equal to the cent, the piece and the second.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal as D  # noqa: N817 - figures read better
from typing import Any

import psycopg
import pytest
from django.db import transaction
from psycopg.rows import dict_row

from conftest import _URLS
from huiliu.access.models import Organization
from huiliu.access.types import Actor, Role
from huiliu.catalog.models import ScopeRule, Sku
from huiliu.flows.place_order import place_order
from huiliu.integrations.history.documents import HistoryOptions
from huiliu.integrations.history.loader import load_history
from huiliu.integrations.history.staging import insert_rows, open_staging
from huiliu.inventory.models import Warehouse
from huiliu.kernel.ids import uuid7_of
from huiliu.ledger.selectors import prove
from huiliu.orders import services as orders
from huiliu.orders.selectors import unproven_lines
from huiliu.orders.services.receive import Difference
from huiliu.orders.types import DifferenceReason, DraftLine, OrderDraft, Step
from huiliu.platform import stamps
from huiliu.platform.database import system_reach
from huiliu.receivables import services as receivables
from huiliu.receivables.types import Method, ReceiptDraft
from huiliu.testing import databases
from huiliu.testing.actors import an_actor
from huiliu.testing.ledger import owner_url
from huiliu.testing.trade import a_price_list
from tests.scenarios.stories import (
    CASES,
    FIRST,
    PAID_AT,
    PAYMENTS,
    PRICES,
    STORIES,
    Story,
    called_off_at,
    price,
    received_at,
    returned_at,
    shipped_at,
    submitted_at,
)

#: table → column: why it may differ.
ALLOWED: dict[str, dict[str, str]] = {
    "*": {
        "id": "made by whoever writes the row; compared by what it names",
        "row_xid": "of the transaction",
        "created_by": "history does not know who did it",
    },
    "orders_order": {
        "content_hash": "of the draft that was sent; history was never sent",
        "lines_hash": "of the draft that was sent: warns of the same cart sent again within minutes",
        "submitted_by": "history does not know who did it",
    },
    "orders_line": {"trace": "how a price came about is known of prices that we decided"},
    "orders_shipment": {
        "shipped_by": "history does not know who did it",
        "received_by": "history does not know who did it",
    },
    "orders_cancellation_line": {"cancelled_by": "history does not know who did it"},
    "orders_return": {"requested_by": "history does not know who did it"},
    "ledger_entry": {"actor_user_id": "history does not know who did it"},
    "platform_event": {"user_id": "history does not know who did it"},
    "platform_number_base": {"base": "numbers of several kinds share one sequence and leave gaps"},
}
#: Tables that only the services write: the audit trail tells who of this installation did what, and history was
#: nobody of this installation.
NOT_COMPARED = ("platform_audit_record",)


def staged(*, with_orders: bool) -> Any:
    db = open_staging(memory="200MB", threads=1)
    db.execute(
        "INSERT INTO h_partner (code, name, kind, parent_code, province, city, region_code, tier) VALUES"
        " ('HQ', '沐禾', 'BRAND', NULL, '', '', '', ''),"
        " ('D1', '苏州\"瑞丰\"商贸', 'DISTRIBUTOR', 'HQ', '江苏省', '苏州市', '320500', 'A'),"
        " ('D2', '南京恒泰食品', 'DISTRIBUTOR', 'HQ', '江苏省', '南京市', '320100', 'B'),"
        " ('S1', '鑫源便利店', 'STORE', 'D1', '江苏省', '苏州市', '320500', '')"
    )
    for code, tax in (("A", "0.13"), ("B", "0.04"), ("C", "0.09")):
        db.execute(
            "INSERT INTO h_sku (code, name, category, base_unit, case_size, case_unit, tax_rate)"
            " VALUES (?, ?, '饮料', '瓶', ?, '箱', ?)",
            [code, f"商品{code}", CASES[code], D(tax)],
        )
    openings = [("HQ", "HQ", sku, D(1000), "", FIRST - timedelta(days=1)) for sku in PRICES]
    insert_rows(db, "h_opening", openings)
    if with_orders:
        for position, story in enumerate(STORIES):
            stage_order(db, position, story)
        insert_rows(
            db,
            'h_receipt (key, buyer_code, seller_code, amount, "at", reference)',
            [
                (code, code, seller, amount, PAID_AT, f"F{code}")
                for code, (seller, amount) in PAYMENTS.items()
            ],
        )
    return db


def stage_order(db: Any, position: int, story: Story) -> None:
    key = f"k{position}"
    whole = story.parcels[0] if story.wholly else None
    shipped = shipped_at(position, 0) if whole else submitted_at(position)
    received = received_at(position, 0, whole.arrives or 0) if whole else submitted_at(position)
    for row, (sku, quantity, unit) in enumerate(story.lines, start=1):
        factor = CASES[sku] if unit == "箱" else 1
        each = price(story.seller, sku)
        db.execute(
            "INSERT INTO h_line (source_row, order_key, order_number, buyer_code, seller_code, warehouse_code,"
            " submitted_at, shipped_at, received_at, business_date, sku_code, quantity, gross_amount, unit,"
            " entered_quantity, unit_price) VALUES (?, ?, '', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                *(
                    row,
                    key,
                    story.buyer,
                    story.seller,
                    story.seller,
                    submitted_at(position),
                    shipped,
                    received,
                ),
                *(
                    submitted_at(position).date(),
                    sku,
                    quantity * factor,
                    each * quantity * factor,
                    unit,
                    quantity,
                ),
                each * factor,
            ],
        )
    if not story.wholly:
        stage_parts(db, key, position, story)
    for line_no, units in story.returned.items():
        sku = story.lines[line_no - 1][0]
        db.execute(
            "INSERT INTO h_return (source_row, return_key, return_number, order_key, buyer_code, seller_code,"
            " warehouse_code, returned_at, business_date, sku_code, quantity, gross_amount, reason)"
            " VALUES (?, ?, '', ?, ?, ?, ?, ?, ?, ?, ?, ?, '包装破损')",
            [
                *(line_no, key, key, story.buyer, story.seller, story.seller, returned_at(position)),
                *(returned_at(position).date(), sku, units, price(story.seller, sku) * units),
            ],
        )


def stage_parts(db: Any, key: str, position: int, story: Story) -> None:
    for number, parcel in enumerate(story.parcels):
        arrived = None if parcel.arrives is None else received_at(position, number, parcel.arrives)
        insert_rows(
            db,
            "h_parcel (order_key, parcel, source_row, quantity, shipped_at, received_at, received)",
            [
                (key, number + 1, row, D(units), shipped_at(position, number), arrived, D(units - parcel.missing.get(row, 0)))
                for row, units in parcel.units.items()
            ],
        )  # fmt: skip
    insert_rows(
        db,
        "h_cancel (order_key, source_row, quantity, cancelled_at, reason)",
        [
            (key, row, D(units), called_off_at(position), "客户不要了")
            for row, units in story.called_off.items()
        ],
    )


def load(database: str, *, with_orders: bool) -> None:
    options = HistoryOptions(
        source="test", currency="CNY", exponent=2, mode="full", now=FIRST - timedelta(days=1), credit_floor=0
    )
    with staged(with_orders=with_orders) as db:
        load_history(owner_url=owner_url(database), staging=db, options=options)


class Desk:
    """The people who write the same orders by hand."""

    def __init__(self) -> None:
        self.organizations = {row.code: row for row in Organization.objects.all()}
        self.actors: dict[str, Actor] = {
            code: an_actor(row, Role.ADMINISTRATOR if code == "HQ" else Role.OWNER)
            for code, row in self.organizations.items()
        }
        self.skus = {row.code: row for row in Sku.objects.all()}
        ScopeRule.objects.create(name="all", valid_from=date(2020, 1, 1), created_at=FIRST)
        manager = an_actor(self.organizations["HQ"], Role.CHANNEL_MANAGER)
        for seller in ("HQ", "D1"):
            a_price_list(
                author=manager,
                approver=self.actors["HQ"],
                seller=self.organizations[seller],
                code=f"LIST-{seller}",
                prices={row.pk: str(price(seller, code)) for code, row in self.skus.items()},
            )
        stamps.forget()

    def pay(self) -> None:
        for code, (seller, amount) in PAYMENTS.items():
            draft = ReceiptDraft(
                receipt_id=uuid7_of(PAID_AT, code),
                buyer_id=self.organizations[code].pk,
                amount=amount,
                method=Method.BANK,
                value_date=PAID_AT.date(),
                reference=f"F{code}",
            )
            receivables.record_receipt(actor=self.actors[seller], draft=draft, now=PAID_AT)

    def happen(self) -> None:
        """Every step of every story, in the order of time."""
        steps: list[tuple[datetime, Any]] = []
        for position, story in enumerate(STORIES):
            steps += self._steps(position, story)
        for _, step in sorted(steps, key=lambda row: row[0]):
            with transaction.atomic(), system_reach("tests"):
                step()

    def _steps(self, position: int, story: Story) -> Iterator[tuple[datetime, Any]]:
        order_id = uuid7_of(submitted_at(position), str(position))
        buyer, seller = self.actors[story.buyer], self.actors[story.seller]
        yield submitted_at(position), lambda: self._place(order_id, story, submitted_at(position))
        for number, parcel in enumerate(story.parcels):
            at = shipped_at(position, number)
            shipment_id = uuid7_of(at, str(number))
            yield (
                at,
                lambda at=at, id_=shipment_id, parcel=parcel: orders.ship_order(
                    actor=seller,
                    order_id=order_id,
                    shipment_id=id_,
                    warehouse_id=Warehouse.objects.get(code=story.seller).pk,
                    units_by_line={row: D(units) for row, units in parcel.units.items()},
                    exponent=2,
                    business_date=at.date(),
                    now=at,
                ),
            )
            if parcel.arrives is not None:
                arrival = received_at(position, number, parcel.arrives)
                yield (
                    arrival,
                    lambda at=arrival, id_=shipment_id, parcel=parcel: orders.receive_shipment(
                        actor=buyer,
                        shipment_id=id_,
                        warehouse_id=None,
                        exponent=2,
                        now=at,
                        differences={
                            row: Difference(D(parcel.units[row] - units), DifferenceReason.SHORT)
                            for row, units in parcel.missing.items()
                        },
                    ),
                )
        if story.called_off:
            yield (
                called_off_at(position),
                lambda: orders.cancel_lines(
                    actor=seller,
                    order_id=order_id,
                    cancellation_id=uuid7_of(called_off_at(position), "off"),
                    units_by_line={row: D(units) for row, units in story.called_off.items()},
                    reason="客户不要了",
                    exponent=2,
                    business_date=called_off_at(position).date(),
                    now=called_off_at(position),
                ),
            )
        if story.returned:
            yield returned_at(position), lambda: self._send_back(order_id, story, returned_at(position))

    def _place(self, order_id: Any, story: Story, now: datetime) -> None:
        draft = OrderDraft(
            order_id=order_id,
            buyer_id=self.organizations[story.buyer].pk,
            seller_id=self.organizations[story.seller].pk,
            lines=tuple(
                DraftLine(self.skus[sku].pk, D(quantity), unit) for sku, quantity, unit in story.lines
            ),
        )
        place_order(actor=self.actors[story.buyer], draft=draft, now=now)
        orders.confirm_order(actor=self.actors[story.seller], order_id=order_id, step=Step.CONFIRM, now=now)

    def _send_back(self, order_id: Any, story: Story, now: datetime) -> None:
        asked = orders.request_return(
            actor=self.actors[story.buyer],
            order_id=order_id,
            return_id=uuid7_of(now, "return"),
            units_by_line={row: D(units) for row, units in story.returned.items()},
            reason="包装破损",
            exponent=2,
            business_date=now.date(),
            now=now,
        )
        orders.receive_return(
            actor=self.actors[story.seller],
            return_id=asked.pk,
            warehouse_id=None,
            from_warehouse_id=None,
            now=now,
        )


#: Names of documents, by what both ways share: when they came to be.
NAMES = (
    "SELECT id::text, 'order ' || submitted_at FROM orders_order UNION ALL"
    " SELECT id::text, 'shipment ' || shipped_at FROM orders_shipment UNION ALL"
    " SELECT id::text, 'return ' || requested_at FROM orders_return UNION ALL"
    " SELECT cancellation_id::text, 'cancellation ' || cancelled_at FROM orders_cancellation_line UNION ALL"
    " SELECT id::text, 'receipt of ' || buyer_path FROM receivables_receipt"
)
ACCOUNT = "concat_ws(' ', {0}.kind, {0}.owner_id, {0}.counterparty_id, {0}.sku_id, {0}.currency, {0}.place_id, {0}.lot)"
ENTRY = "concat_ws(' ', {0}.source_type, {0}.source_id, {0}.step)"
TABLES = {
    **{
        table: f"SELECT * FROM {table}"
        for table in (
            *("orders_order", "orders_line", "orders_shipment", "orders_shipment_line", "orders_receipt_difference"),
            *("orders_cancellation_line", "orders_return", "orders_return_line", "platform_number_base"),
        )
    },
    "platform_event": "SELECT * FROM platform_event WHERE subject_type IN ('order', 'receipt')",
    "receivables_receipt": "SELECT r.*, " + ENTRY.format("e") + " AS entry FROM receivables_receipt r"
    " JOIN ledger_entry e ON e.id = r.entry_id",
    "ledger_account": "SELECT *, " + ACCOUNT.format("a") + " AS account FROM ledger_account a",
    "ledger_entry": "SELECT * FROM ledger_entry",
    "ledger_transfer": "SELECT t.*, " + ENTRY.format("e") + " AS entry, " + ACCOUNT.format("d") + " AS debit, "
    + ACCOUNT.format("c") + " AS credit, (SELECT concat_ws(' ', f.source_id, f.step, h.amount) FROM ledger_transfer h"
    " JOIN ledger_entry f ON f.id = h.entry_id WHERE h.id = t.hold_id) AS hold FROM ledger_transfer t"
    " JOIN ledger_entry e ON e.id = t.entry_id JOIN ledger_account c ON c.id = t.credit_account_id"
    " LEFT JOIN ledger_account d ON d.id = t.debit_account_id",
    "ledger_hold": "SELECT h.*, " + ACCOUNT.format("a") + " AS account FROM ledger_hold h"
    " JOIN ledger_account a ON a.id = h.account_id",
}  # fmt: skip
#: Numbers of rows, told by the columns above instead.
KEYS = {"entry_id", "debit_account_id", "credit_account_id", "hold_id", "account_id"}


def rows_of(database: str) -> dict[str, list[dict[str, Any]]]:
    """Every compared table: rows without what may differ, documents by name, in one order."""
    found = {}
    with psycopg.connect(owner_url(database), row_factory=dict_row) as owner:
        names = {
            row["id"]: next(iter([row[key] for key in row if key != "id"])) for row in owner.execute(NAMES)
        }
        for table, sql in TABLES.items():
            free = set(ALLOWED["*"]) | set(ALLOWED.get(table, {})) | KEYS
            rows = [
                {column: named(value, names) for column, value in row.items() if column not in free}
                for row in owner.execute(sql)
            ]
            found[table] = sorted(
                rows, key=lambda row: sorted((key, str(value)) for key, value in row.items())
            )
    return found


def named(value: Any, names: dict[str, str]) -> Any:
    """Ids as the documents they name, numbers without what counts on."""
    if isinstance(value, dict):
        return {key: named(inner, names) for key, inner in value.items()}
    if value is None or isinstance(value, (int, D, datetime, date, list)):
        return D(value).normalize() if isinstance(value, D) else value
    text = str(value)
    for id_ in re.findall(r"[0-9a-f]{8}-[0-9a-f-]{27}", text):
        text = text.replace(id_, names.get(id_, "a document of the ledger alone"))
    if re.fullmatch(r"-?\d+\.?\d*", text):  # an amount in a document: by its value
        return D(text).normalize()
    return re.sub(r"^([A-Z]{2}\d{8})-\d{4}$", r"\1-n", text)


def told(table: str, in_bulk: list[dict[str, Any]], by_hand: list[dict[str, Any]]) -> list[str]:
    """What differs, column by column."""
    if len(in_bulk) != len(by_hand):
        return [f"{table}: {len(in_bulk)} rows in bulk, {len(by_hand)} by hand"]
    return [
        f"{table}.{column}: {mine[column]!r} in bulk, {theirs[column]!r} by hand"
        for mine, theirs in zip(in_bulk, by_hand, strict=True)
        for column in mine
        if mine[column] != theirs[column]
    ]


@pytest.fixture
def two_databases(django_db_setup: None, django_db_blocker: Any) -> Iterator[tuple[str, str]]:
    """One for the loader, one for the services; Django points at the second."""
    loaded, served = databases.clone(_URLS), databases.clone(_URLS)
    with django_db_blocker.unblock():
        before = databases.use(served)
        yield loaded, served
        databases.use(before)
    for name in (loaded, served):
        databases.drop(_URLS, name)


def test_whole_orders_in_bulk_leave_the_rows_that_the_services_leave(two_databases: tuple[str, str]) -> None:
    loaded, served = two_databases
    load(loaded, with_orders=True)
    load(served, with_orders=False)
    with system_reach("tests"):
        desk = Desk()
        desk.pay()
    desk.happen()

    in_bulk, by_hand = rows_of(loaded), rows_of(served)

    assert {table for table, rows in by_hand.items() if not rows} == set()
    assert [line for table in TABLES for line in told(table, in_bulk[table], by_hand[table])] == []
    for name in (loaded, served):
        databases.use(name)
        with system_reach("tests"):
            assert prove() == []
            assert unproven_lines() == []


def test_a_history_leaves_no_audit_trail_and_the_services_do(committed_db: str) -> None:
    load(committed_db, with_orders=True)

    with psycopg.connect(owner_url(committed_db)) as owner:
        for table in NOT_COMPARED:
            assert owner.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,)


def test_the_next_number_follows_the_last_of_the_history(committed_db: str) -> None:
    load(committed_db, with_orders=True)

    with psycopg.connect(owner_url(committed_db)) as owner:
        brand = owner.execute("SELECT id FROM access_organization WHERE code = 'HQ'").fetchone()
        numbers = owner.execute("SELECT number FROM orders_order ORDER BY number").fetchall()
        following = owner.execute(
            "SELECT platform_next_number('order', %s, %s)", [(brand or [0])[0], FIRST.date()]
        ).fetchone()

    assert numbers[0] == ("XS20261102-0001",)
    assert following == ("XS20261102-0002",)
