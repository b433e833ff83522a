"""A barcode is given once, and no cache outlives the transaction that read it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from huiliu.access.types import Role
from huiliu.catalog import selectors, services
from huiliu.catalog.models import Sku, SkuUnit
from huiliu.catalog.services import intake
from huiliu.catalog.types import ProductRow, SkuDraft, UnitDraft
from huiliu.testing.actors import NOW, a_brand, an_actor
from huiliu.testing.catalog import some_goods
from huiliu.testing.ledger import as_owner, at_once, committed

BARCODE = "6901234567892"


def two_give_the_same_barcode() -> Counter[str]:
    """Two skus of two products ask for one barcode at once; what each was answered."""
    actor = committed(lambda: an_actor(a_brand(), Role.ADMINISTRATOR))
    products = [committed(some_goods).product_id for _ in range(2)]
    draft = SkuDraft("茶", "瓶", units=(UnitDraft("瓶", barcode=BARCODE),))

    def gives(product_id: int) -> Callable[[], ProductRow]:
        return lambda: services.create_sku(
            actor=actor, product_id=product_id, code=f"N{product_id}", draft=draft, now=NOW
        )

    answers = at_once([gives(product_id) for product_id in products])
    return Counter(type(answer).__name__ for answer in answers)


def count_given() -> int:
    return committed(lambda: SkuUnit.objects.filter(barcode=BARCODE).count())


def test_the_race_for_a_barcode_is_real_without_the_constraint(committed_db, monkeypatch):
    monkeypatch.setattr(intake, "_check_barcodes_free", lambda *_: None)
    with as_owner(committed_db) as owner:
        owner.execute("DROP INDEX catalog_sku_unit_barcode")

    assert two_give_the_same_barcode() == {"ProductRow": 2}
    assert count_given() == 2


def test_a_barcode_is_given_once_even_when_both_found_it_free(committed_db, monkeypatch):
    monkeypatch.setattr(intake, "_check_barcodes_free", lambda *_: None)

    assert two_give_the_same_barcode() == {"ProductRow": 1, "BarcodeTaken": 1}
    assert count_given() == 1
    assert committed(Sku.objects.count) == 3


def test_a_change_elsewhere_is_seen_by_the_next_transaction(committed_db):
    sku = committed(some_goods)

    def tax() -> str:
        return str(selectors.sku_facts([sku.pk])[sku.pk].tax_rate)

    def change() -> None:
        Sku.objects.filter(pk=sku.pk).update(tax_rate="0.09")

    before = committed(tax)
    at_once([change])

    assert (before, committed(tax)) == ("0.1300", "0.0900")


def test_a_change_that_was_rolled_back_is_seen_by_nobody(committed_db):
    sku = committed(some_goods)

    def change_and_fail() -> None:
        Sku.objects.filter(pk=sku.pk).update(name="never")
        selectors.sku_index()  # under a stamp that no other transaction will ever see
        raise ZeroDivisionError

    committed(selectors.sku_index)
    answers = at_once([change_and_fail])

    assert [type(answer).__name__ for answer in answers] == ["ZeroDivisionError"]
    assert committed(lambda: selectors.sku_facts([sku.pk])[sku.pk].name) == sku.name
