"""What the ledger promises, one sentence each."""

from __future__ import annotations

from decimal import Decimal

import pytest

from huiliu.kernel.ids import uuid7
from huiliu.ledger import selectors, services
from huiliu.ledger.errors import EntryReused, HoldNotOpen, NotEnoughAvailable
from huiliu.ledger.types import AccountKind, AccountRef, Move, MoveKind, Source
from huiliu.testing.actors import NOW, a_brand, an_organization

D = Decimal
pytestmark = pytest.mark.django_db


def stock(owner: int, sku: int = 7, place: int = 1) -> AccountRef:
    return AccountRef(AccountKind.STOCK, owner, sku_id=sku, place_id=place)


def supply(owner: int, sku: int = 7) -> AccountRef:
    return AccountRef(AccountKind.SUPPLY, owner, sku_id=sku)


def bring_in(owner: int, units: str, sku: int = 7) -> None:
    services.post(
        source=Source("opening", uuid7(), "open"),
        amount=D(units),
        debit=stock(owner, sku),
        credit=supply(owner, sku),
        user_id=None,
        now=NOW,
    )


def standing(owner: int) -> tuple[D, D]:
    [account] = selectors.balances(kind=AccountKind.STOCK, owner_id=owner)
    return account.balance, account.held


def test_goods_that_come_in_stand_in_stock_and_are_missing_at_their_source():
    brand = a_brand()

    bring_in(brand.pk, "30")

    assert standing(brand.pk) == (D(30), D(0))
    [source] = selectors.balances(kind=AccountKind.SUPPLY, owner_id=brand.pk)
    assert (source.balance, source.floor) == (D(-30), None)


def test_more_than_is_available_is_refused_with_the_figures_and_nothing_moves():
    brand, dealer = a_brand(), an_organization()
    bring_in(brand.pk, "30")

    with pytest.raises(NotEnoughAvailable) as refusal:
        services.post(
            source=Source("order", uuid7(), "ship"),
            amount=D(31),
            debit=stock(dealer.pk),
            credit=stock(brand.pk),
            user_id=None,
            now=NOW,
        )

    [row] = refusal.value.facts["rows"]
    assert (row["asked"], row["available"]) == (D(31), D(30))
    assert standing(brand.pk) == (D(30), D(0))
    assert selectors.balances(kind=AccountKind.STOCK, owner_id=dealer.pk) == []


def test_the_same_step_posted_twice_moves_once():
    brand = a_brand()
    source = Source("opening", uuid7(), "open")
    move = Move(MoveKind.POST, D(5), credit=supply(brand.pk), debit=stock(brand.pk))

    first = services.apply(source=source, moves=[move], user_id=None, now=NOW)
    again = services.apply(source=source, moves=[move], user_id=None, now=NOW)

    assert (again.entry_id, again.earlier, again.transfer_ids) == (first.entry_id, True, first.transfer_ids)
    assert standing(brand.pk) == (D(5), D(0))


def test_the_same_step_with_other_content_is_refused():
    brand = a_brand()
    source = Source("opening", uuid7(), "open")
    services.apply(
        source=source,
        moves=[Move(MoveKind.POST, D(5), supply(brand.pk), stock(brand.pk))],
        user_id=None,
        now=NOW,
    )

    with pytest.raises(EntryReused):
        services.apply(
            source=source,
            moves=[Move(MoveKind.POST, D(6), supply(brand.pk), stock(brand.pk))],
            user_id=None,
            now=NOW,
        )

    assert standing(brand.pk) == (D(5), D(0))


def test_a_hold_is_settled_in_part_and_the_rest_released():
    brand, dealer = a_brand(), an_organization()
    bring_in(brand.pk, "10")
    held = services.apply(
        source=Source("order", uuid7(), "submit"),
        moves=[Move(MoveKind.HOLD, D(8), stock(brand.pk))],
        user_id=None,
        now=NOW,
    )
    [hold] = held.transfer_ids
    assert standing(brand.pk) == (D(10), D(8))

    services.apply(
        source=Source("shipment", uuid7(), "ship"),
        moves=[
            Move(MoveKind.SETTLE, D(5), stock(brand.pk), stock(dealer.pk), hold_id=hold),
            Move(MoveKind.RELEASE, D(3), stock(brand.pk), hold_id=hold),
        ],
        user_id=None,
        now=NOW,
    )

    assert standing(brand.pk) == (D(5), D(0))
    assert standing(dealer.pk) == (D(5), D(0))
    with pytest.raises(HoldNotOpen):
        services.apply(
            source=Source("shipment", uuid7(), "ship"),
            moves=[Move(MoveKind.SETTLE, D(1), stock(brand.pk), stock(dealer.pk), hold_id=hold)],
            user_id=None,
            now=NOW,
        )
    assert selectors.prove() == []


def test_a_limit_below_the_debt_lets_nothing_new_pass_and_follows_the_payment():
    brand, dealer = a_brand(), an_organization()
    money = AccountRef(AccountKind.PARTNER_BALANCE, dealer.pk, currency="CNY", counterparty_id=brand.pk)
    sales = AccountRef(AccountKind.SALES, brand.pk, currency="CNY")
    cash = AccountRef(AccountKind.CASH, brand.pk, currency="CNY")
    services.set_floor(account=money, target=D(-1000))
    services.post(
        source=Source("o", uuid7(), "x"), amount=D(800), debit=sales, credit=money, user_id=None, now=NOW
    )

    services.set_floor(account=money, target=D(-200))

    with pytest.raises(NotEnoughAvailable):
        services.post(
            source=Source("o", uuid7(), "x"), amount=D(1), debit=sales, credit=money, user_id=None, now=NOW
        )
    services.post(
        source=Source("r", uuid7(), "x"), amount=D(500), debit=money, credit=cash, user_id=None, now=NOW
    )
    with pytest.raises(NotEnoughAvailable):
        services.post(
            source=Source("o", uuid7(), "x"), amount=D(1), debit=sales, credit=money, user_id=None, now=NOW
        )
    services.post(
        source=Source("r", uuid7(), "x"), amount=D(200), debit=money, credit=cash, user_id=None, now=NOW
    )
    services.post(
        source=Source("o", uuid7(), "x"), amount=D(100), debit=sales, credit=money, user_id=None, now=NOW
    )
    balance = selectors.partner_balance(buyer_id=dealer.pk, seller_id=brand.pk, currency="CNY")
    assert balance is not None
    assert (balance.balance, balance.floor) == (D(-200), D(-200))


def test_a_reversed_entry_leaves_the_balances_of_before():
    brand = a_brand()
    posted = services.post(
        source=Source("opening", uuid7(), "open"),
        amount=D(9),
        debit=stock(brand.pk),
        credit=supply(brand.pk),
        user_id=None,
        now=NOW,
    )

    first = services.reverse(entry_id=posted.entry_id, user_id=None, now=NOW, note="typo")
    again = services.reverse(entry_id=posted.entry_id, user_id=None, now=NOW, note="typo")

    assert first == again
    assert standing(brand.pk) == (D(0), D(0))
    assert selectors.prove() == []


def test_expired_holds_give_their_goods_back():
    from datetime import timedelta

    brand = a_brand()
    bring_in(brand.pk, "10")
    services.apply(
        source=Source("cart", uuid7(), "submit"),
        moves=[Move(MoveKind.HOLD, D(4), stock(brand.pk))],
        user_id=None,
        now=NOW,
        expires_at=NOW + timedelta(minutes=10),
    )

    assert services.expire_holds(now=NOW + timedelta(minutes=9)) == ()
    [released] = services.expire_holds(now=NOW + timedelta(minutes=10))
    assert (released.amount, released.line_no) == (D(4), 0)
    assert services.expire_holds(now=NOW + timedelta(minutes=10)) == ()
    assert standing(brand.pk) == (D(10), D(0))


def test_a_balance_of_a_past_instant_leaves_out_what_came_after():
    from datetime import timedelta

    brand = a_brand()
    bring_in(brand.pk, "10")
    services.post(
        source=Source("opening", uuid7(), "late"),
        amount=D(5),
        debit=stock(brand.pk),
        credit=supply(brand.pk),
        user_id=None,
        now=NOW,
        effective_at=NOW + timedelta(days=1),
    )
    [account] = selectors.balances(kind=AccountKind.STOCK, owner_id=brand.pk)

    past = selectors.balances_at(account_ids=[account.account_id], at=NOW + timedelta(hours=1))

    assert account.balance == D(15)
    assert past == {account.account_id: D(10)}
