"""Grants move the floor of the ledger: what is granted can be ordered, and not a cent more."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal as D  # noqa: N817

import pytest
from django.db import DatabaseError, connection, transaction

from huiliu.access.types import Role
from huiliu.credit import errors, selectors, services
from huiliu.credit.models import Limit
from huiliu.credit.types import CreditTerms
from huiliu.kernel.ids import uuid7
from huiliu.ledger import services as ledger
from huiliu.ledger.errors import NotEnoughAvailable
from huiliu.ledger.types import AccountKind, AccountRef, Move, MoveKind, Source
from huiliu.platform.models import AuditRecord
from huiliu.testing.actors import NOW, a_brand, acting, an_actor, an_organization
from huiliu.testing.api import Api
from huiliu.testing.credit import a_limit, a_temporary_limit

pytestmark = pytest.mark.django_db
TODAY = date(2026, 6, 15)


class Pair:
    """A brand, two dealers, one with a store."""

    def __init__(self) -> None:
        self.brand = a_brand()
        self.dealer = an_organization(parent=self.brand)
        self.other = an_organization(parent=self.brand)
        self.store = an_organization(kind="STORE", parent=self.dealer)
        self.finance = an_actor(self.brand, Role.FINANCE)
        self.owner = an_actor(self.dealer, Role.OWNER)
        self.other_owner = an_actor(self.other, Role.OWNER)

    @property
    def money(self) -> AccountRef:
        return AccountRef(
            AccountKind.PARTNER_BALANCE, self.dealer.pk, currency="CNY", counterparty_id=self.brand.pk
        )

    @property
    def sales(self) -> AccountRef:
        return AccountRef(AccountKind.SALES, self.brand.pk, currency="CNY")

    def owe(self, amount: str) -> None:
        self._apply(Move(MoveKind.POST, D(amount), credit=self.money, debit=self.sales))

    def pay(self, amount: str) -> None:
        cash = AccountRef(AccountKind.CASH, self.brand.pk, currency="CNY")
        self._apply(Move(MoveKind.POST, D(amount), credit=cash, debit=self.money))

    def hold(self, amount: str) -> int:
        return self._apply(Move(MoveKind.HOLD, D(amount), credit=self.money))

    def settle(self, hold_id: int, amount: str) -> None:
        self._apply(Move(MoveKind.SETTLE, D(amount), debit=self.sales, hold_id=hold_id))

    def _apply(self, move: Move) -> int:
        posted = ledger.apply(source=Source("test", uuid7(), "move"), moves=[move], user_id=None, now=NOW)
        return posted.transfer_ids[0]

    def terms(self, on: date = TODAY) -> CreditTerms:
        return selectors.available(buyer_id=self.dealer.pk, seller_id=self.brand.pk, currency="CNY", on=on)


@pytest.fixture
def pair() -> Pair:
    return Pair()


def test_the_golden_vector_in_the_ledger_and_the_exposure_survives_shipping(pair):
    a_limit(actor=pair.finance, buyer=pair.dealer, seller=pair.brand, amount="1000")
    a_temporary_limit(actor=pair.finance, buyer=pair.dealer, seller=pair.brand, amount="200")
    pair.owe("300")
    pair.pay("50")
    pair.owe("100")
    order = pair.hold("200")
    pair.hold("150")

    terms = pair.terms()
    assert (terms.limit, terms.temporary, terms.balance, terms.held, terms.available) == (
        D(1000), D(200), D(-350), D(350), D(500),
    )  # fmt: skip

    pair.settle(order, "120")
    shipped = pair.terms()
    assert (shipped.exposure, shipped.available) == (D(700), D(500))
    assert (shipped.balance, shipped.held) == (D(-470), D(230))

    pair.pay("470")
    assert pair.terms().available == D(970)


def test_without_a_limit_only_prepaid_money_can_be_promised(pair):
    pair.pay("100")

    with pytest.raises(NotEnoughAvailable), transaction.atomic():
        pair.hold("100.01")
    pair.hold("100")

    assert pair.terms().available == D(0)


def test_what_is_granted_can_be_promised_and_not_a_cent_more(pair):
    a_limit(actor=pair.finance, buyer=pair.dealer, seller=pair.brand, amount="500")
    pair.hold("500")

    with pytest.raises(NotEnoughAvailable), transaction.atomic():
        pair.hold("0.01")


def test_a_lower_limit_breaks_nothing_and_lets_nothing_new_pass(pair):
    a_limit(actor=pair.finance, buyer=pair.dealer, seller=pair.brand, amount="500")
    pair.hold("400")

    a_limit(actor=pair.finance, buyer=pair.dealer, seller=pair.brand, amount="100")

    assert pair.terms().available == D(-300)
    with pytest.raises(NotEnoughAvailable), transaction.atomic():
        pair.hold("0.01")


def test_a_temporary_limit_moves_the_floor_when_its_days_come_and_go(pair):
    a_temporary_limit(
        actor=pair.finance,
        buyer=pair.dealer,
        seller=pair.brand,
        amount="200",
        valid_from=date(2026, 6, 17),
        valid_to=date(2026, 6, 20),
    )
    with pytest.raises(NotEnoughAvailable), transaction.atomic():
        pair.hold("1")

    assert (
        services.follow_the_calendar(now=datetime(2026, 6, 16, 16, 30, tzinfo=UTC)) == 1
    )  # 00:30 in Shanghai
    hold = pair.hold("200")
    assert services.follow_the_calendar(now=datetime(2026, 6, 17, 4, 0, tzinfo=UTC)) == 0

    assert services.follow_the_calendar(now=datetime(2026, 6, 19, 16, 30, tzinfo=UTC)) == 1
    with pytest.raises(NotEnoughAvailable), transaction.atomic():
        pair.hold("1")
    pair.settle(hold, "200")  # what was promised still ships
    assert pair.terms(on=date(2026, 6, 20)).balance == D(-200)


def test_a_temporary_limit_is_revoked_once(pair):
    grant = a_temporary_limit(actor=pair.finance, buyer=pair.dealer, seller=pair.brand)
    revocation = uuid7()

    for _ in range(2):  # a retry changes nothing
        services.revoke_temporary_limit(
            actor=pair.finance, grant_id=revocation, revokes_id=grant.id, reason="overdue", now=NOW
        )
    assert pair.terms().temporary == D(0)
    with pytest.raises(errors.AlreadyRevoked):
        services.revoke_temporary_limit(
            actor=pair.finance, grant_id=uuid7(), revokes_id=grant.id, reason="overdue", now=NOW
        )

    assert Limit.objects.count() == 2


def test_the_same_grant_again_is_one_grant_and_another_content_is_refused(pair):
    grant_id = uuid7()
    asked = {
        "actor": pair.finance,
        "grant_id": grant_id,
        "buyer_id": pair.dealer.pk,
        "seller_id": pair.brand.pk,
        "currency": "CNY",
        "reason": "agreed",
        "now": NOW,
    }
    first = services.set_limit(**asked, amount=D("100.00"))

    assert services.set_limit(**asked, amount=D("100.00")) == first
    with pytest.raises(errors.GrantIdReused):
        services.set_limit(**asked, amount=D("200.00"))
    assert Limit.objects.count() == 1


@pytest.mark.parametrize(
    ("change", "refusal", "field"),
    [
        ({"amount": D(-1)}, errors.AmountInvalid, "amount"),
        ({"amount": D("1.001")}, errors.AmountInvalid, "amount"),
        ({"amount": D("NaN")}, errors.AmountInvalid, "amount"),
        ({"reason": "  "}, errors.ReasonMissing, "reason"),
        ({"valid_from": TODAY, "valid_to": TODAY}, errors.PeriodInvalid, "valid_to"),
        ({"valid_from": date(2025, 1, 1), "valid_to": date(2026, 1, 1)}, errors.PeriodInvalid, "valid_to"),
    ],
)
def test_a_bad_grant_is_refused_by_name_and_nothing_is_kept(pair, change, refusal, field):
    asked = {
        "actor": pair.finance,
        "grant_id": uuid7(),
        "buyer_id": pair.dealer.pk,
        "seller_id": pair.brand.pk,
        "currency": "CNY",
        "amount": D(100),
        "reason": "agreed",
        "now": NOW,
    }

    with pytest.raises(refusal) as refused:
        services.set_limit(**asked | change)

    assert refused.value.field == field
    assert Limit.objects.count() == 0


def test_a_dealer_grants_to_its_store_and_nobody_else(pair):
    with acting(pair.owner):
        a_limit(actor=pair.owner, buyer=pair.store, seller=pair.dealer, amount="300")
        with pytest.raises(errors.NotTheSeller):
            a_limit(actor=pair.owner, buyer=pair.dealer, seller=pair.brand, amount="99999")
        with pytest.raises(errors.BuyerUnknown):
            a_limit(actor=pair.owner, buyer=pair.other, seller=pair.brand)
        with pytest.raises(errors.SellerInvalid):
            a_limit(actor=pair.owner, buyer=pair.store, seller=pair.other)

    assert [(row.buyer_id, row.amount) for row in Limit.objects.all()] == [(pair.store.pk, D(300))]


def test_the_history_only_grows(pair):
    a_limit(actor=pair.finance, buyer=pair.dealer, seller=pair.brand)

    for sql in ("UPDATE credit_limit SET amount = 0", "DELETE FROM credit_limit"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)

    assert Limit.objects.get().amount == D(1000)


def test_every_grant_is_in_the_audit_trail_with_what_was_before(pair):
    a_limit(actor=pair.finance, buyer=pair.dealer, seller=pair.brand, amount="1000")
    a_limit(actor=pair.finance, buyer=pair.dealer, seller=pair.brand, amount="1500")

    row = AuditRecord.objects.filter(action="credit.limit").latest("id")
    assert row.before is not None
    assert row.after is not None
    assert (row.before["limit"], row.after["limit"], row.reason) == ("1000", "1500", "annual agreement")


def test_a_dealer_sees_its_own_terms_and_never_anothers(pair):
    a_limit(actor=pair.finance, buyer=pair.dealer, seller=pair.brand, amount="1000")
    a_limit(actor=pair.finance, buyer=pair.other, seller=pair.brand, amount="777")
    pair.hold("100")

    own = Api(pair.owner).get("/credit").json()
    assert (own["mode"], own["limit"], own["held"], own["available"]) == (
        "LIMIT",
        "1000.00",
        "100.00",
        "900.00",
    )
    assert Api(pair.owner).get("/credit", buyer_id=pair.other.pk).status_code == 404
    history = Api(pair.owner).get("/credit/limits").json()["items"]
    assert [(row["amount"], row["reason"], row["approved_by"]) for row in history] == [("1000.00", "", None)]
    assert Api(pair.owner).get("/credit/limits", buyer_id=pair.other.pk).json()["items"] == []


def test_who_may_not_grant_is_refused_and_nothing_happens(pair):
    body = {
        "id": str(uuid7()),
        "buyer_id": pair.dealer.pk,
        "seller_id": pair.brand.pk,
        "amount": "1000",
        "reason": "please",
    }

    for actor, status in (
        (an_actor(pair.brand, Role.ANALYST), 403),
        (an_actor(pair.dealer, Role.BUYER), 403),
        (pair.owner, 403),
        (pair.other_owner, 404),
    ):
        assert Api(actor).post("/credit/limits", body).status_code == status
    assert Limit.objects.count() == 0


def test_finance_grants_and_revokes_over_http(pair):
    api = Api(pair.finance)
    pairing = {"buyer_id": pair.dealer.pk, "seller_id": pair.brand.pk, "reason": "agreed"}
    assert api.post("/credit/limits", {"id": str(uuid7()), "amount": "1000", **pairing}).status_code == 201
    temporary = api.post(
        "/credit/temporary-limits",
        {"id": str(uuid7()), "amount": "200", "valid_to": "2099-01-01", **pairing},
    )
    assert temporary.status_code == 201, temporary.content
    assert api.get("/credit", buyer_id=pair.dealer.pk).json()["available"] == "1200.00"

    revoked = api.post(
        f"/credit/temporary-limits/{temporary.json()['id']}/revoke", {"id": str(uuid7()), "reason": "overdue"}
    )

    assert revoked.status_code == 201, revoked.content
    assert api.get("/credit", buyer_id=pair.dealer.pk).json()["available"] == "1000.00"
    kinds = [row["kind"] for row in api.get("/credit/limits", buyer_id=pair.dealer.pk).json()["items"]]
    assert kinds == ["REVOCATION", "TEMPORARY", "LIMIT"]


def test_the_door_of_credit_and_the_door_of_balances_tell_one_truth(pair):
    dealer_to_store = AccountRef(
        AccountKind.PARTNER_BALANCE, pair.store.pk, currency="CNY", counterparty_id=pair.dealer.pk
    )
    revenue = AccountRef(AccountKind.SALES, pair.dealer.pk, currency="CNY")
    shop = Api(an_actor(pair.store, Role.OWNER))

    def told() -> tuple[dict[str, str], dict[str, str]]:
        [balance] = shop.get("/balances", buyer_id=pair.store.pk).json()["items"]
        return shop.get("/credit").json(), balance

    a_limit(actor=pair.owner, buyer=pair.store, seller=pair.dealer, amount="5000")
    move = Move(MoveKind.POST, D("1200.50"), credit=dealer_to_store, debit=revenue)
    ledger.apply(source=Source("test", uuid7(), "move"), moves=[move], user_id=None, now=NOW)
    credit, balance = told()
    assert (credit["mode"], credit["limit"], balance["limit"]) == ("LIMIT", "5000.00", "5000.00")
    assert credit["available"] == balance["available"] == "3799.50"

    until = date(2099, 1, 1)
    a_temporary_limit(actor=pair.owner, buyer=pair.store, seller=pair.dealer, amount="300", valid_to=until)
    credit, balance = told()
    assert (credit["limit"], credit["temporary"], balance["limit"]) == ("5000.00", "300.00", "5300.00")
    assert credit["available"] == balance["available"] == "4099.50"

    a_limit(actor=pair.owner, buyer=pair.store, seller=pair.dealer, amount="0")
    credit, balance = told()
    assert (credit["limit"], balance["limit"], balance["seller_name"]) == ("0.00", "300.00", pair.dealer.name)
    assert credit["available"] == balance["available"] == "-900.50"
