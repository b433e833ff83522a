"""Partners over HTTP: translate, one call."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any
from uuid import UUID

from ninja import Query

from huiliu.access.edge import ActorRequest
from huiliu.access.errors import OrganizationCodeTaken, OrganizationNotVisible
from huiliu.kernel.ids import ClockSkewed, IdInvalid
from huiliu.kernel.period import PeriodEmpty
from huiliu.kernel.refusals import SeveralRefused
from huiliu.kernel.states import WrongState
from huiliu.partners import errors, rules, selectors, services
from huiliu.partners import schemas as shapes
from huiliu.partners.api.routing import router
from huiliu.partners.types import (
    BulkChange,
    ContractDraft,
    ContractFacts,
    PartnerDraft,
    PartnerFilters,
)
from huiliu.platform.errors import CustomFieldInvalid, InvalidInput, NotFound, Stale
from huiliu.platform.http.cursor import Page, decode_cursor, page_of

FIELDS = (
    InvalidInput,
    SeveralRefused,
    errors.UsccInvalid,
    errors.PhoneInvalid,
    errors.RegionUnknown,
    errors.CustomInvalid,
    CustomFieldInvalid,
)


def _filters(query: shapes.PartnerFilterQuery) -> PartnerFilters:
    return PartnerFilters(
        text=query.text,
        tier=query.tier,
        province=query.province,
        region_code=query.region_code,
        tag=query.tag,
        channel=query.channel,
        kind=query.kind.value if query.kind else "",
        status=query.status.value if query.status else "",
        parent_id=query.parent_id,
        under_id=query.under_id,
        custom=tuple(query.custom),
        contract_ends_before=query.contract_ends_before,
        licence_ends_before=query.licence_ends_before,
        gap=query.gap.value if query.gap else "",
    )


def _draft(body: shapes.PartnerIn) -> PartnerDraft:
    return PartnerDraft(
        name=body.name,
        short_name=body.short_name,
        uscc=body.uscc,
        tier=body.tier,
        tags=tuple(body.tags),
        channel=body.channel,
        region_code=body.region_code,
        address=body.address,
        phone=body.phone,
        default_seller_id=body.default_seller_id,
        custom=body.custom,
    )


def _contract(contract: ContractFacts) -> dict[str, Any]:
    return asdict(contract) | {
        "region_codes": sorted(contract.region_codes),
        "category_ids": sorted(contract.category_ids),
    }


def _after(cursor: str | None) -> tuple[str, int] | None:
    key = decode_cursor(cursor, size=2)
    return (str(key[0]), int(key[1])) if key else None


@router.get(
    "/partners",
    scope="partners:read",
    response=Page[shapes.PartnerOut],
    errors=[errors.RegionUnknown, CustomFieldInvalid],
)
def list_partners(request: ActorRequest, query: Query[shapes.PartnerQuery]) -> Any:
    """Partners the reader may see, by pinyin."""
    rows = selectors.list_partners(
        actor=request.actor, filters=_filters(query), after=_after(query.cursor), limit=query.limit + 1
    )
    return page_of(rows, limit=query.limit, key=lambda row: (row.sort_key, row.id))


@router.get(
    "/partners/totals",
    scope="partners:read",
    response=shapes.PartnerTotalsOut,
    errors=[errors.RegionUnknown, CustomFieldInvalid],
)
def partner_totals(request: ActorRequest, query: Query[shapes.PartnerFilterQuery]) -> Any:
    """How many partners the filtered list holds, by state, kind and tier."""
    return selectors.partner_totals(actor=request.actor, filters=_filters(query))


@router.get(
    "/partners/duplicates",
    scope="partners:write",
    response=shapes.DuplicatesOut,
    errors=[errors.UsccInvalid, errors.PhoneInvalid, InvalidInput],
)
def find_partner_duplicates(request: ActorRequest, query: Query[shapes.DuplicateQuery]) -> Any:
    """Partners that may be the same company; outside the reader's reach only how many."""
    if not (query.uscc.strip() or query.phone.strip() or query.name.strip()):
        raise InvalidInput("Name a code, a phone or a name to look for.", field="name")
    uscc = rules.check_uscc(query.uscc).code if query.uscc.strip() else ""
    found = selectors.find_duplicates(
        actor=request.actor,
        uscc=uscc,
        phone=rules.check_phone(query.phone),
        name=query.name,
        except_id=query.except_id,
    )
    return {"partners": found.seen, "elsewhere": found.elsewhere}


@router.post(
    "/partners",
    scope="partners:write",
    response=shapes.PartnerOut,
    status=201,
    errors=[
        *FIELDS,
        errors.PartnerKindWrong,
        errors.PartnerMayExist,
        errors.SellerUnknown,
        OrganizationNotVisible,
        OrganizationCodeTaken,
    ],
)
def create_partner(request: ActorRequest, body: shapes.NewPartnerIn) -> Any:
    """A new partner with its organization; duplicates are named first."""
    return services.create_partner(
        actor=request.actor,
        code=body.code,
        kind=body.kind,
        parent_id=body.parent_id,
        draft=_draft(body),
        accept_duplicates=body.accept_duplicates,
        now=request.now,
    )


@router.post(
    "/partners/bulk",
    scope="partners:write",
    response=list[shapes.BulkOutcomeOut],
    errors=[errors.NothingToChange, InvalidInput],
)
def change_partners(request: ActorRequest, body: shapes.BulkIn) -> Any:
    """Tags, tier and state of many partners; each answers for itself."""
    change = BulkChange(
        add_tags=tuple(body.add_tags),
        remove_tags=tuple(body.remove_tags),
        tier=body.tier,
        status=body.status,
        reason=body.reason,
    )
    return services.change_partners(
        actor=request.actor, partner_ids=body.partner_ids, change=change, now=request.now
    )


@router.get(
    "/partners/{partner_id}",
    scope="partners:read",
    response=shapes.PartnerPageOut,
    errors=[errors.PartnerNotVisible],
)
def get_partner(request: ActorRequest, partner_id: shapes.Id) -> Any:
    """One partner with contacts, addresses and contracts."""
    page = selectors.get_partner(actor=request.actor, partner_id=partner_id)
    return {
        **asdict(page.partner),
        "contacts": page.contacts,
        "addresses": page.addresses,
        "contracts": [_contract(contract) for contract in page.contracts],
    }


@router.put(
    "/partners/{partner_id}",
    scope="partners:write",
    response=shapes.PartnerOut,
    errors=[*FIELDS, errors.PartnerNotVisible, errors.SellerUnknown, OrganizationNotVisible, Stale],
)
def update_partner(request: ActorRequest, partner_id: shapes.Id, body: shapes.PartnerChangeIn) -> Any:
    """Replace a partner's master data."""
    return services.update_partner(
        actor=request.actor,
        partner_id=partner_id,
        version=body.version,
        draft=_draft(body),
        now=request.now,
    )


@router.post(
    "/partners/{partner_id}/status",
    scope="partners:write",
    response=shapes.PartnerOut,
    errors=[errors.PartnerNotVisible, OrganizationNotVisible, Stale, WrongState, InvalidInput],
)
def move_partner_status(request: ActorRequest, partner_id: shapes.Id, body: shapes.StatusIn) -> Any:
    """Freeze, thaw or end a partner, with the reason."""
    return services.move_partner_status(
        actor=request.actor,
        partner_id=partner_id,
        status=body.status,
        reason=body.reason,
        version=body.version,
        now=request.now,
    )


@router.get(
    "/partners/{partner_id}/history",
    scope="partners:read",
    response=list[shapes.HistoryOut],
    errors=[errors.PartnerNotVisible],
)
def partner_history(request: ActorRequest, partner_id: shapes.Id) -> Any:  # noqa: ARG001 - the edge's shape
    """What happened to the partner, oldest first."""
    return selectors.partner_history(partner_id=partner_id)


@router.get(
    "/partners/{partner_id}/trade",
    scope="partners:read",
    response=shapes.TradeOut,
    errors=[errors.PartnerNotVisible],
)
def partner_may_trade(request: ActorRequest, partner_id: shapes.Id, query: Query[shapes.TradeQuery]) -> Any:  # noqa: ARG001 - the edge's shape
    """Whether the partner may buy from a seller on a day, and why."""
    selectors.find_partner(partner_id)
    buyer = selectors.buyer_facts(partner_id)
    if buyer is None:
        raise NotFound("There is no such partner.")
    decision = selectors.may_trade(buyer=buyer, seller_id=query.seller_id, on=query.on)
    return asdict(decision) | {
        "category_ids": None if decision.category_ids is None else sorted(decision.category_ids)
    }


@router.post(
    "/partners/{partner_id}/contracts",
    scope="partners:write",
    response=shapes.ContractOut,
    status=201,
    errors=[
        errors.PartnerNotVisible,
        errors.ContractOverlaps,
        errors.SellerUnknown,
        errors.RegionUnknown,
        IdInvalid,
        ClockSkewed,
        PeriodEmpty,
        InvalidInput,
    ],
)
def add_contract(request: ActorRequest, partner_id: shapes.Id, body: shapes.ContractIn) -> Any:
    """A contract period with a seller."""
    draft = ContractDraft(
        number=body.number,
        seller_id=body.seller_id,
        valid_from=body.valid_from,
        valid_to=body.valid_to,
        region_codes=tuple(body.region_codes),
        category_ids=tuple(body.category_ids),
    )
    return _contract(
        services.add_contract(
            actor=request.actor, partner_id=partner_id, contract_id=body.id, draft=draft, now=request.now
        )
    )


@router.post(
    "/partners/{partner_id}/contracts/{contract_id}/end",
    scope="partners:write",
    response=shapes.ContractOut,
    errors=[errors.PartnerNotVisible, errors.ContractNotVisible, PeriodEmpty, InvalidInput],
)
def end_contract(
    request: ActorRequest, partner_id: shapes.Id, contract_id: UUID, body: shapes.ContractEndIn
) -> Any:
    """Let a contract end earlier."""
    return _contract(
        services.end_contract(
            actor=request.actor,
            partner_id=partner_id,
            contract_id=contract_id,
            ends_on=body.ends_on,
            reason=body.reason,
            now=request.now,
        )
    )


@router.get("/regions", scope="session:use", response=list[shapes.RegionOut])
def list_regions(request: ActorRequest, query: Query[shapes.RegionQuery]) -> Any:  # noqa: ARG001 - the edge's shape
    """The administrative divisions directly below a code; without one the provinces."""
    return selectors.list_regions(parent_code=query.parent_code)
