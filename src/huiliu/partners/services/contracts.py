"""Contract periods: in which time, regions and product lines a partner buys from a seller."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from huiliu.access.types import Actor
from huiliu.kernel.ids import check_uuid7
from huiliu.kernel.period import Period
from huiliu.kernel.text import normalise
from huiliu.partners import present, rules, selectors
from huiliu.partners.errors import ContractNotVisible, ContractOverlaps, RegionUnknown, SellerUnknown
from huiliu.partners.models import Contract, Partner, Region
from huiliu.partners.types import ContractDraft, ContractFacts
from huiliu.platform import audit, events, stamps
from huiliu.platform.errors import InvalidInput


def add_contract(
    *, actor: Actor, partner_id: int, contract_id: UUID, draft: ContractDraft, now: datetime
) -> ContractFacts:
    """Record a contract; from `valid_from` on it decides whether the partner trades with that seller.

    Locks:  the partner's row, so that two overlapping contracts cannot slip in at once.
    Replay: the same contract again returns it.
    Raises: PartnerNotVisible, IdInvalid, PeriodEmpty, SellerUnknown, RegionUnknown, ContractOverlaps.
    """
    partner = selectors.find_partner(partner_id, lock=True)
    check_uuid7(contract_id, now=now)
    Period(draft.valid_from, draft.valid_to)
    contract = Contract(
        id=contract_id,
        number=normalise(draft.number),
        partner=partner,
        owner_path=partner.owner_path,
        seller_id=draft.seller_id,
        region_codes=sorted({rules.region_code(code) for code in draft.region_codes}),
        category_ids=sorted(set(draft.category_ids)),
        valid_from=draft.valid_from,
        valid_to=draft.valid_to,
        created_at=now,
    )
    facts = present.contract_facts(contract)
    known = {other.id: other for other in map(present.contract_facts, partner.contracts.order_by("id"))}
    if known.get(contract_id) == facts:
        return facts
    _check(contract, partner, known)
    contract.save(force_insert=True)
    stamps.forget()
    _tell(partner, contract, action="contract_added", actor=actor, now=now)
    return facts


def end_contract(
    *, actor: Actor, partner_id: int, contract_id: UUID, ends_on: date, reason: str, now: datetime
) -> ContractFacts:
    """Let a contract end earlier: `ends_on` is its first day without it.

    Locks:  the partner's row.
    Raises: PartnerNotVisible, ContractNotVisible, PeriodEmpty, InvalidInput (later than it ends anyway).
    """
    partner = selectors.find_partner(partner_id, lock=True)
    contract = partner.contracts.filter(pk=contract_id).first()
    if contract is None:
        raise ContractNotVisible("There is no such contract.", contract_id=str(contract_id))
    Period(contract.valid_from, ends_on)
    if contract.valid_to is not None and ends_on > contract.valid_to:
        raise InvalidInput("The contract ends before that day.", field="ends_on", valid_to=contract.valid_to)
    contract.valid_to = ends_on
    contract.save(update_fields=["valid_to"])
    stamps.forget()
    _tell(partner, contract, action="contract_ended", actor=actor, now=now, reason=reason.strip())
    return present.contract_facts(contract)


def _check(contract: Contract, partner: Partner, known: dict[UUID, ContractFacts]) -> None:
    if not contract.number:
        raise InvalidInput("A contract needs its number.", field="number")
    seller = selectors.buyer_facts(contract.seller_id)
    if seller is None or seller.path.startswith(partner.owner_path):
        raise SellerUnknown(
            "This organization cannot sell to the partner.", field="seller_id", seller_id=contract.seller_id
        )
    there = set(Region.objects.filter(code__in=contract.region_codes).values_list("code", flat=True))
    if missing := sorted(set(contract.region_codes) - there):
        raise RegionUnknown(f"There is no region {missing[0]}.", field="region_codes", region_code=missing[0])
    if contract.id in known:
        raise ContractOverlaps("This id is another contract's.", contract_id=str(contract.id))
    if other := rules.overlapping(present.contract_facts(contract), list(known.values())):
        raise ContractOverlaps(
            f"Contract {other.number} holds these days already.",
            contract_id=str(other.id),
            number=other.number,
            valid_from=other.valid_from,
            valid_to=other.valid_to,
        )


def _tell(
    partner: Partner, contract: Contract, *, action: str, actor: Actor, now: datetime, reason: str = ""
) -> None:
    payload = {
        "contract_id": str(contract.id),
        "number": contract.number,
        "seller_id": contract.seller_id,
        "valid_from": contract.valid_from.isoformat(),
        "valid_to": contract.valid_to.isoformat() if contract.valid_to else None,
    }
    events.publish(
        type=f"partner.{action}",
        subject_type="partner",
        subject_id=partner.pk,
        paths=(partner.owner_path,),
        user_id=actor.user_id,
        now=now,
        payload=payload,
    )
    audit.record(
        actor=actor,
        action=f"partner.{action}",
        subject_type="partner",
        subject_id=partner.pk,
        owner_path=partner.owner_path,
        now=now,
        reason=reason,
        after=payload,
    )
