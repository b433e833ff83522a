"""Money that comes in, is taken back, and is told by the month; to the cent."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connections

from huiliu.access.types import Role
from huiliu.kernel.ids import uuid7
from huiliu.kernel.period import business_date
from huiliu.ledger import selectors as ledger
from huiliu.platform.database import system_reach
from huiliu.receivables import selectors, services
from huiliu.receivables.errors import ReferenceTaken
from huiliu.receivables.types import Method, ReceiptDraft
from huiliu.testing.actors import a_token, an_actor
from huiliu.testing.api import Api
from huiliu.testing.trade import Channel, a_channel, stock_up


def today() -> date:
    """The brand's own day by the API's own clock, asked for when it is needed: a suite runs past midnight."""
    return business_date(datetime.now(UTC), "Asia/Shanghai")


@pytest.fixture
def channel(committed_db: str) -> Channel:
    assert committed_db
    with system_reach("tests"):
        return a_channel(prepaid="1000")


def signed_in(channel: Channel, who: str) -> Api:
    with system_reach("tests"):
        actor = an_actor(channel.brand, Role.FINANCE) if who == "finance" else getattr(channel, who)
        return Api(token=a_token(actor))


def a_receipt(channel: Channel, amount: str = "250.50", **more: Any) -> dict[str, Any]:
    return {
        "id": str(uuid7()),
        "buyer_id": channel.dealer.pk,
        "amount": amount,
        "method": "BANK",
        "reference": "ICBC-0001",
        "value_date": today().isoformat(),
        **more,
    }


def balance(channel: Channel) -> Decimal:
    with system_reach("tests"):
        found = ledger.partner_balance(buyer_id=channel.dealer.pk, seller_id=channel.brand.pk, currency="CNY")
        assert found is not None
        assert ledger.prove() == []
        return found.balance


def test_money_that_came_in_may_be_ordered_for_at_once(channel: Channel) -> None:
    answer = signed_in(channel, "finance").post("/receipts", a_receipt(channel))

    assert (answer.status_code, answer.json()["amount"], answer.json()["state"]) == (201, "250.50", "POSTED")
    assert answer.json()["number"].startswith("SK")
    assert balance(channel) == Decimal("1250.50")
    [own] = signed_in(channel, "owner").get("/balances", buyer_id=channel.dealer.pk).json()["items"]
    assert (own["balance"], own["held"], own["available"]) == ("1250.50", "0.00", "1250.50")
    assert signed_in(channel, "other_owner").get("/receipts").json()["items"] == []
    assert signed_in(channel, "other_owner").get("/balances").json()["items"] == []


def test_the_same_receipt_again_is_the_same_and_other_content_is_refused(channel: Channel) -> None:
    finance, body = signed_in(channel, "finance"), a_receipt(channel)
    first = finance.post("/receipts", body).json()

    assert finance.post("/receipts", body).json() == first
    other = finance.post("/receipts", body | {"amount": "1.00"})
    assert (other.status_code, other.json()["code"]) == (409, "receivables.id_reused")
    assert balance(channel) == Decimal("1250.50")


def test_one_bank_reference_is_one_payment(channel: Channel) -> None:
    finance = signed_in(channel, "finance")
    first = finance.post("/receipts", a_receipt(channel)).json()

    again = finance.post("/receipts", a_receipt(channel))

    assert (again.status_code, again.json()["code"]) == (409, "receivables.reference_taken")
    assert again.json()["facts"]["number"] == first["number"]
    assert balance(channel) == Decimal("1250.50")


def test_eight_clerks_with_one_bank_statement_enter_one_payment(channel: Channel) -> None:
    with system_reach("tests"):
        finance = an_actor(channel.brand, Role.FINANCE)
    now = datetime.now().astimezone()

    def enter(_: int) -> bool:
        draft = ReceiptDraft(uuid7(), channel.dealer.pk, Decimal(10), Method.BANK, today(), reference="ONE")
        try:
            with system_reach("tests"):
                services.record_receipt(actor=finance, draft=draft, now=now)
        except ReferenceTaken:
            return False
        finally:
            connections.close_all()
        return True

    with ThreadPoolExecutor(8) as pool:
        entered = list(pool.map(enter, range(8)))

    assert sorted(entered) == [False] * 7 + [True]
    assert balance(channel) == Decimal(1010)


def test_a_receipt_is_taken_back_once_and_its_reference_is_free_again(channel: Channel) -> None:
    finance = signed_in(channel, "finance")
    made = finance.post("/receipts", a_receipt(channel)).json()

    back = finance.post(f"/receipts/{made['id']}/reverse", {"reason": "记错客户"})
    twice = finance.post(f"/receipts/{made['id']}/reverse", {"reason": "再来一次"})

    assert (back.status_code, back.json()["state"], back.json()["reversal_reason"]) == (
        200,
        "REVERSED",
        "记错客户",
    )
    assert twice.json()["code"] == "receivables.already_reversed"
    assert balance(channel) == Decimal(1000)
    assert finance.post("/receipts", a_receipt(channel)).status_code == 201


def test_money_that_orders_hold_is_not_taken_back(channel: Channel) -> None:
    finance = signed_in(channel, "finance")
    made = finance.post("/receipts", a_receipt(channel, "100.00")).json()
    with system_reach("tests"):
        stock_up(channel.warehouse, channel.sku, "10")
    line = {"sku_code": channel.sku.code, "quantity": "105"}  # 1,050 of 1,100
    order = signed_in(channel, "owner").post("/orders", {"id": str(uuid7()), "lines": [line]})
    assert (order.status_code, order.json()["gross_amount"]) == (201, "1050.00")

    refused = finance.post(f"/receipts/{made['id']}/reverse", {"reason": "误记"})

    assert (refused.status_code, refused.json()["code"]) == (409, "receivables.money_gone")
    assert balance(channel) == Decimal(1100)
    [standing] = finance.get("/receipts").json()["items"]
    assert (standing["state"], standing["reversed_at"]) == ("POSTED", None)


def test_one_receipt_sent_eight_times_at_once_is_one_receipt_for_everybody(channel: Channel) -> None:
    body = a_receipt(channel)
    clerks = [signed_in(channel, "finance") for _ in range(8)]

    def send(number: int) -> tuple[int, str]:
        try:
            answer = clerks[number].post("/receipts", body)
            return answer.status_code, answer.json().get("number", "")
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as pool:
        answers = set(pool.map(send, range(8)))

    assert len(answers) == 1
    assert answers.pop()[0] == 201
    assert balance(channel) == Decimal("1250.50")


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"buyer_id": 999_999}, "receivables.buyer_unknown"),
        ({"amount": "1.001"}, "receivables.amount_invalid"),
        ({"amount": "0"}, "platform.invalid_input"),
        ({"amount": "-5"}, "platform.invalid_input"),
        ({"currency": "ABC"}, "kernel.currency_unknown"),
        ({"value_date": "2999-01-01"}, "receivables.value_date_invalid"),
        ({"value_date": "0001-01-01"}, "receivables.value_date_invalid"),
    ],
)
def test_bad_receipts_are_refused_and_move_nothing(channel: Channel, change: Any, code: str) -> None:
    answer = signed_in(channel, "finance").post("/receipts", a_receipt(channel) | change)

    assert answer.json()["code"] == code
    assert balance(channel) == Decimal(1000)


def test_a_partners_buyer_enters_no_money(channel: Channel) -> None:
    with system_reach("tests"):
        buyer = Api(token=a_token(an_actor(channel.dealer, Role.BUYER)))
    answer = buyer.post("/receipts", a_receipt(channel))

    assert (answer.status_code, answer.json()["code"]) == (403, "platform.scope_missing")
    assert balance(channel) == Decimal(1000)


def test_a_statement_names_its_documents_and_is_never_cut(
    channel: Channel, monkeypatch: pytest.MonkeyPatch
) -> None:
    line = {"sku_code": channel.sku.code, "quantity": "10"}
    order = signed_in(channel, "owner").post("/orders", {"id": str(uuid7()), "lines": [line]}).json()["id"]
    staff, finance = signed_in(channel, "staff"), signed_in(channel, "finance")
    staff.post(f"/orders/{order}/confirm", {"step": "CONFIRM"})
    shipped = staff.post(
        f"/orders/{order}/ship", {"id": str(uuid7()), "warehouse_id": channel.warehouse.pk}
    ).json()
    paid = finance.post("/receipts", a_receipt(channel)).json()
    days = {
        "first": (today() - timedelta(days=2)).isoformat(),
        "last": (today() + timedelta(days=2)).isoformat(),
    }
    query = {"buyer_id": channel.dealer.pk, "seller_id": channel.brand.pk} | days

    told = finance.get("/statements", **query).json()
    monkeypatch.setattr(selectors, "STATEMENT_LINES_MAX", 1)
    refused = finance.get("/statements", **query)

    assert [(one["document_number"], one["change"]) for one in told["lines"]] == [
        (shipped["number"], "-100.00"),
        (paid["number"], "250.50"),
    ]
    assert (told["opening"], told["closing"]) == ("1000.00", "1150.50")
    assert (refused.status_code, refused.json()["code"]) == (422, "platform.invalid_input")


def test_what_closes_a_month_opens_the_next(channel: Channel) -> None:
    with system_reach("tests"):
        finance = an_actor(channel.brand, Role.FINANCE)
        now = datetime.now().astimezone()
        days = [date(2026, 7, 3), date(2026, 7, 31), date(2026, 8, 1), date(2026, 8, 20)]
        for number, day in enumerate(days):
            draft = ReceiptDraft(
                uuid7(), channel.dealer.pk, Decimal(100 + number), Method.BANK, day, reference=f"R{number}"
            )
            services.record_receipt(actor=finance, draft=draft, now=now)
        months = [
            selectors.statement(
                buyer_id=channel.dealer.pk, seller_id=channel.brand.pk, currency="CNY", first=first, last=last
            )
            for first, last in (
                (date(2026, 6, 1), date(2026, 6, 30)),
                (date(2026, 7, 1), date(2026, 7, 31)),
                (date(2026, 8, 1), date(2026, 8, 31)),
            )
        ]

    june, july, august = months
    assert (june.opening, june.closing) == (Decimal(0), Decimal(1000))
    assert (july.opening, july.closing) == (Decimal(1000), Decimal(1201))
    assert (august.opening, august.closing) == (Decimal(1201), Decimal(1406))
    assert [line.change for line in august.lines] == [Decimal(102), Decimal(103)]
    for month in months:
        assert month.opening + sum(line.change for line in month.lines) == month.closing
        if month.lines:
            assert month.lines[-1].balance == month.closing


def test_a_statement_is_for_its_two_sides(channel: Channel) -> None:
    query = {
        "buyer_id": channel.dealer.pk,
        "seller_id": channel.brand.pk,
        "first": "2026-06-01",
        "last": "2026-06-30",
    }

    seen = signed_in(channel, "owner").get("/statements", **query)
    foreign = signed_in(channel, "other_owner").get("/statements", **query)

    assert (seen.status_code, seen.json()["closing"]) == (200, "1000.00")
    assert (foreign.status_code, foreign.json()["code"]) == (404, "receivables.account_not_visible")


def test_only_customers_pay_and_the_first_day_of_the_calendar_is_no_fault(channel: Channel) -> None:
    finance = signed_in(channel, "finance")

    store = finance.post("/receipts", a_receipt(channel) | {"buyer_id": channel.store.pk})
    query = {"buyer_id": channel.dealer.pk, "seller_id": channel.brand.pk, "last": "0001-01-31"}
    early = finance.get("/statements", first="0001-01-01", **query)

    assert (store.status_code, store.json()["code"]) == (404, "receivables.buyer_unknown")
    assert (early.status_code, early.json()["code"]) == (422, "platform.invalid_input")
    assert balance(channel) == Decimal(1000)


def test_a_dealer_books_the_money_of_its_own_stores_and_nothing_on_its_own_account(channel: Channel) -> None:
    dealer, other = signed_in(channel, "owner"), signed_in(channel, "other_owner")
    brands = signed_in(channel, "finance").post("/receipts", a_receipt(channel)).json()

    booked = dealer.post("/receipts", a_receipt(channel, "80", buyer_id=channel.store.pk, reference="S-1"))
    assert (booked.status_code, booked.json()["seller_id"]) == (201, channel.dealer.pk)
    with system_reach("tests"):
        account = ledger.partner_balance(
            buyer_id=channel.store.pk, seller_id=channel.dealer.pk, currency="CNY"
        )
        assert account is not None
        assert account.balance == Decimal(1080)

    own = dealer.post("/receipts", a_receipt(channel, "80", reference="S-2"))
    foreign = other.post("/receipts", a_receipt(channel, "80", buyer_id=channel.store.pk, reference="S-3"))
    taken_back = dealer.post(f"/receipts/{brands['id']}/reverse", {"reason": "not mine"})

    assert [one.json()["code"] for one in (own, foreign, taken_back)] == [
        "receivables.buyer_unknown",
        "receivables.buyer_unknown",
        "receivables.receipt_unknown",
    ]
    assert balance(channel) == Decimal("1250.50")


def test_who_pays_reads_the_sellers_name_though_the_seller_is_out_of_sight(channel: Channel) -> None:
    with system_reach("tests"):
        shop = Api(token=a_token(an_actor(channel.store, Role.OWNER)))
    dealer, other = signed_in(channel, "owner"), signed_in(channel, "other_owner")
    paid = dealer.post(
        "/receipts", a_receipt(channel, "80", buyer_id=channel.store.pk, reference="S-9")
    ).json()

    [account] = shop.get("/balances").json()["items"]
    [listed] = shop.get("/receipts", buyer_id=channel.store.pk, seller_id=channel.dealer.pk).json()["items"]

    assert account["seller_name"] == listed["seller_name"] == channel.dealer.name
    assert shop.get(f"/receipts/{paid['id']}").json() == listed
    assert shop.get(f"/receipts/{paid['id']}").json()["buyer_name"] == channel.store.name
    assert shop.get("/receipts", seller_id=channel.brand.pk).json()["items"] == []
    foreign = other.get(f"/receipts/{paid['id']}")
    assert (foreign.status_code, foreign.json()["code"]) == (404, "receivables.receipt_unknown")
