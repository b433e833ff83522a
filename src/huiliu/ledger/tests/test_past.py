"""The past: balances of any instant, as they were and as they were known, and movements page by page."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from huiliu.ledger import selectors, services
from huiliu.ledger.errors import AccountUnknown, HoldNotOpen, NotEnoughAvailable, NotReversible
from huiliu.ledger.types import AccountKind, AccountRef, Move, MoveKind
from huiliu.testing.actors import NOW, a_brand, an_organization
from huiliu.testing.ledger import a_source, apply, balance_of, bring_in, hold, post, standing, stock, supply

D = Decimal
pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def test_a_balance_of_a_day_leaves_out_what_took_effect_on_it_or_later() -> None:
    brand, dealer = a_brand().pk, an_organization().pk
    post("10", debit=stock(brand), credit=supply(brand), days=0)
    post("4", debit=stock(dealer), credit=stock(brand), days=1)
    hold("1", stock(brand))
    account = balance_of(stock(brand)).account_id

    days = [selectors.balances_at(account_ids=[account], at=NOW + day * DAY)[account] for day in range(3)]

    assert days == [D(0), D(10), D(6)]


def test_a_late_record_changes_what_was_but_not_what_was_known() -> None:
    brand = a_brand().pk
    bring_in(brand, "10")
    services.post(
        source=a_source(),
        amount=D(3),
        debit=supply(brand),
        credit=stock(brand),
        user_id=None,
        now=NOW + 9 * DAY,
        effective_at=NOW + DAY,
        note="breakage found at the stock-take",
    )
    account = balance_of(stock(brand)).account_id

    def at(days: int, known: int | None = None) -> Decimal:
        known_at = None if known is None else NOW + known * DAY
        return selectors.balances_at(account_ids=[account], at=NOW + days * DAY, known_at=known_at)[account]

    assert (at(1), at(2)) == (D(10), D(7))
    assert (at(2, known=8), at(2, known=9)) == (D(10), D(7))


def test_movements_come_newest_effect_first_page_by_page_without_gap_or_repeat() -> None:
    brand, dealer = a_brand().pk, an_organization().pk
    bring_in(brand, "100")
    for number, days in enumerate((5, 1, 3, 3, 3, 2), 1):
        post(str(number), debit=stock(dealer), credit=stock(brand), days=days)
    hold("1", stock(brand))
    account = balance_of(stock(brand)).account_id

    pages, before = [], None
    while page := selectors.movements(account_id=account, before_id=before, limit=3):
        pages.append([(row.kind, row.change) for row in page])
        before = page[-1].transfer_id

    assert pages == [
        [("POST", D(-1)), ("POST", D(-5)), ("POST", D(-4))],
        [("POST", D(-3)), ("POST", D(-6)), ("POST", D(-2))],
        [("HOLD", D(0)), ("POST", D(100))],
    ]


def test_a_reversal_is_posted_once_and_can_itself_be_reversed() -> None:
    brand = a_brand().pk
    opening = bring_in(brand, "9")

    first = services.reverse(entry_id=opening.entry_id, user_id=None, now=NOW, note="typo")
    again = services.reverse(entry_id=opening.entry_id, user_id=None, now=NOW, note="typo")
    assert first == again
    assert standing(stock(brand)) == (D(0), D(0))
    services.reverse(entry_id=first, user_id=None, now=NOW, note="no typo")

    assert standing(stock(brand)) == (D(9), D(0))


def test_what_has_gone_on_cannot_be_reversed_and_nothing_moves() -> None:
    brand, dealer = a_brand().pk, an_organization().pk
    opening = bring_in(brand, "9")
    post("5", debit=stock(dealer), credit=stock(brand))

    with pytest.raises(NotEnoughAvailable):
        services.reverse(entry_id=opening.entry_id, user_id=None, now=NOW, note="typo")

    assert (standing(stock(brand)), standing(stock(dealer))) == ((D(4), D(0)), (D(5), D(0)))


def test_a_reversed_settlement_brings_the_goods_back_but_not_the_promise() -> None:
    brand, dealer = a_brand().pk, an_organization().pk
    bring_in(brand, "9")
    promise = hold("5", stock(brand))
    shipped = apply(Move(MoveKind.SETTLE, D(5), debit=stock(dealer), hold_id=promise))

    services.reverse(entry_id=shipped.entry_id, user_id=None, now=NOW, note="came back")

    assert (standing(stock(brand)), standing(stock(dealer))) == ((D(9), D(0)), (D(0), D(0)))


def test_a_promise_that_was_used_or_given_back_is_not_reversed() -> None:
    brand, dealer = a_brand().pk, an_organization().pk
    bring_in(brand, "9")
    promised = apply(Move(MoveKind.HOLD, D(5), stock(brand)))
    [promise] = promised.transfer_ids
    apply(Move(MoveKind.SETTLE, D(2), debit=stock(dealer), hold_id=promise))
    released = apply(Move(MoveKind.RELEASE, D(1), hold_id=promise))

    with pytest.raises(HoldNotOpen):
        services.reverse(entry_id=promised.entry_id, user_id=None, now=NOW, note="")
    with pytest.raises(NotReversible):
        services.reverse(entry_id=released.entry_id, user_id=None, now=NOW, note="")
    with pytest.raises(AccountUnknown):
        services.reverse(entry_id=10**12, user_id=None, now=NOW, note="")

    assert standing(stock(brand)) == (D(7), D(2))


def test_accounts_are_made_once_in_the_order_asked() -> None:
    brand, dealer = a_brand().pk, an_organization().pk
    refs = [
        stock(brand),
        AccountRef(AccountKind.PARTNER_BALANCE, dealer, currency="CNY", counterparty_id=brand),
        AccountRef(AccountKind.PARTNER_BALANCE, dealer, currency="USD", counterparty_id=brand),
        AccountRef(AccountKind.IN_TRANSIT, dealer, sku_id=7),
        stock(brand, lot="2027-01-01"),
        supply(brand),
    ]

    first = services.ensure_accounts(accounts=refs)
    again = services.ensure_accounts(accounts=[*refs[::-1], refs[0], refs[0]])

    assert len(set(first)) == 6
    assert again == (*first[::-1], first[0], first[0])
    assert [balance_of(ref).floor for ref in refs] == [D(0), D(0), D(0), D(0), D(0), None]


def test_an_account_of_an_unknown_organization_is_refused_by_name() -> None:
    brand = a_brand().pk

    with pytest.raises(AccountUnknown) as refusal:
        services.ensure_accounts(accounts=[stock(brand), stock(10**12)])

    assert [row["owner"] for row in refusal.value.facts["rows"]] == [10**12]
    assert selectors.balances(kind=AccountKind.STOCK, owner_id=brand) == []
