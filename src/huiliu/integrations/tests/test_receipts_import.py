"""Money received from a bank's list: posted once for each reference, whatever is read how often."""

from __future__ import annotations

from decimal import Decimal

import pytest

from huiliu.access.models import Organization
from huiliu.access.types import Role
from huiliu.ledger import selectors as ledger
from huiliu.platform.database import reach_as
from huiliu.receivables import services
from huiliu.receivables.models import Receipt
from huiliu.testing.actors import NOW, a_brand, an_actor, an_organization
from huiliu.testing.partners import a_partner
from huiliu.testing.sheets import a_csv, import_file

pytestmark = pytest.mark.django_db
TITLES = "客户编码,到款金额,交易日期,银行流水号,收款方式,摘要"


def problems(outcome):
    return [(one.row, one.field, one.code) for one in outcome.problems]


@pytest.fixture
def finance():
    brand = a_brand()
    actor = an_actor(brand, Role.FINANCE)
    for code in ("D1", "D2"):
        a_partner(organization=an_organization(parent=brand, code=code), default_seller_id=brand.pk)
    return actor


def balance(actor, code: str) -> Decimal:
    buyer = Organization.objects.get(code=code)
    account = ledger.partner_balance(buyer_id=buyer.pk, seller_id=actor.organization_id, currency="CNY")
    return account.balance if account else Decimal(0)


def test_rows_become_receipts_and_the_same_file_again_nothing(tmp_path, finance):
    path = a_csv(
        tmp_path / "bank.csv",
        TITLES,
        'D1,"1,200.50",2026-06-01,B-1,银行转账,货款',
        "D2,300,2026-06-02,B-2,微信,",
    )

    checked = import_file(path, actor=finance, entity="receipts", dry_run=True)
    assert (checked.totals.inserted, Receipt.objects.count()) == (2, 0)
    done = import_file(path, actor=finance, entity="receipts")
    again = import_file(path, actor=finance, entity="receipts")

    assert problems(done) == []
    assert (done.totals.inserted, again.totals.unchanged, Receipt.objects.count()) == (2, 2, 2)
    assert (balance(finance, "D1"), balance(finance, "D2")) == (Decimal("1200.50"), Decimal(300))
    first = Receipt.objects.get(reference="B-1")
    assert (first.method, first.note, first.value_date.isoformat()) == ("BANK", "货款", "2026-06-01")


def test_every_bad_row_is_told_and_the_others_are_posted(tmp_path, finance):
    import_file(
        a_csv(tmp_path / "one.csv", TITLES, "D1,10,2026-06-01,B-1,,"), actor=finance, entity="receipts"
    )
    path = a_csv(
        tmp_path / "bad.csv",
        TITLES,
        "D1,11,2026-06-01,B-1,,",  # the same reference, another amount
        "NOBODY,10,2026-06-01,B-2,,",
        "D1,0,2026-06-01,B-3,,",
        "D1,1.005,2026-06-01,B-4,,",
        "D1,10,2030-01-01,B-5,,",
        "D1,10,2026-06-01,,,",
        "D1,10,2026-06-01,B-6,贝壳,",
        "D2,20,2026-06-01,B-7,,",
    )

    outcome = import_file(path, actor=finance, entity="receipts")

    assert [(row, code) for row, _, code in problems(outcome)] == [
        (2, "imports.row_exists"),
        (3, "access.organization_not_visible"),
        (4, "receivables.amount_invalid"),
        (5, "receivables.amount_invalid"),
        (6, "receivables.value_date_invalid"),
        (7, "imports.cell_empty"),
        (8, "imports.cell_unreadable"),
    ]
    assert (outcome.totals.inserted, balance(finance, "D1"), balance(finance, "D2")) == (
        1,
        Decimal(10),
        Decimal(20),
    )


def test_a_receipt_that_was_taken_back_does_not_come_again_by_a_file(tmp_path, finance):
    path = a_csv(tmp_path / "one.csv", TITLES, "D1,10,2026-06-01,B-1,,")
    import_file(path, actor=finance, entity="receipts")
    with reach_as(finance.reach, user_id=finance.user_id):
        services.reverse_receipt(
            actor=finance, receipt_id=Receipt.objects.get().pk, reason="记错客户", now=NOW
        )

    again = import_file(path, actor=finance, entity="receipts")

    assert problems(again) == [(2, "reference", "imports.row_exists")]
    assert (balance(finance, "D1"), Receipt.objects.count()) == (Decimal(0), 1)
