"""Two contracts for the same days cannot slip in at once."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable
from datetime import date

from huiliu.access.types import Role
from huiliu.partners import selectors, services
from huiliu.partners.models import Contract, Partner
from huiliu.partners.types import ContractDraft, ContractFacts
from huiliu.testing.actors import NOW, a_brand, an_actor
from huiliu.testing.ledger import at_once, committed
from huiliu.testing.partners import a_document_id, a_partner


def two_sign_for_the_same_days() -> Counter[str]:
    """Two members of staff record overlapping contracts at once; what each was answered."""
    brand = committed(a_brand)
    actor = committed(lambda: an_actor(brand, Role.CHANNEL_MANAGER))
    partner = committed(lambda: a_partner(parent=brand))

    def signs(number: str) -> Callable[[], ContractFacts]:
        draft = ContractDraft(number, brand.pk, date(2026, 1, 1))
        return lambda: services.add_contract(
            actor=actor, partner_id=partner.pk, contract_id=a_document_id(), draft=draft, now=NOW
        )

    answers = at_once([signs("HT-1"), signs("HT-2")])
    return Counter(type(answer).__name__ for answer in answers)


def test_the_race_is_real_without_the_lock(committed_db, monkeypatch):
    def without_lock(partner_id: int, *, lock: bool = False) -> Partner:
        return Partner.objects.get(pk=partner_id)

    both_looked = threading.Barrier(2)

    def wait_for_the_other(contract: object, partner: Partner, known: object) -> None:
        both_looked.wait(timeout=30)

    monkeypatch.setattr(selectors, "find_partner", without_lock)
    monkeypatch.setattr("huiliu.partners.services.contracts._check", wait_for_the_other)

    assert two_sign_for_the_same_days() == {"ContractFacts": 2}
    assert committed(Contract.objects.count) == 2


def test_one_of_two_overlapping_contracts_is_refused(committed_db):
    assert two_sign_for_the_same_days() == {"ContractFacts": 1, "ContractOverlaps": 1}
    assert committed(Contract.objects.count) == 1
