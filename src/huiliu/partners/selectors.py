"""Reads of partners; what decides trade is cached per process and checked by one cheap read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Final

from django.db import connection
from django.db.models import BooleanField, Count, Exists, F, Func, OuterRef, Q, QuerySet

from huiliu.access.types import Actor
from huiliu.kernel.lookups import Lookup
from huiliu.kernel.paths import ancestors, range_of
from huiliu.kernel.pinyin import fold, search_words
from huiliu.partners import present, rules
from huiliu.partners.errors import PartnerNotVisible, RegionUnknown
from huiliu.partners.models import Contact, Contract, InvoiceDetails, Licence, Partner, Region
from huiliu.partners.types import (
    BuyerFacts,
    CompanyMarks,
    ContractFacts,
    DuplicateFact,
    Duplicates,
    Gap,
    InvoiceProfile,
    LicenceRow,
    PartnerFilters,
    PartnerPage,
    PartnerRow,
    PartnerStatus,
    PartnerTotals,
    RegionNames,
    RegionRow,
    TradeDecision,
)
from huiliu.platform import custom_fields, events
from huiliu.platform.stamps import StampedCache

_FACTS = (
    "SELECT organization_id, path, name, kind, tier, tags, channel, region_code, province, city, status,"
    " default_seller_id FROM unnest(%s::bigint[]) AS asked (id), LATERAL partners_buyer_facts(asked.id)"
)
_CONTRACTS = (
    "SELECT id, number, seller_id, region_codes, category_ids, valid_from, valid_to, status"
    " FROM partners_contract_facts(%s)"
)
_cache: StampedCache[int, BuyerFacts] = StampedCache("partners", size_max=20_000)
_contracts: StampedCache[int, tuple[ContractFacts, ...]] = StampedCache("partners", size_max=20_000)


def buyer_facts(organization_id: int) -> BuyerFacts | None:
    """Facts of any organization that can buy, whatever the reach (prices need them); None when unknown."""
    return _cache.get(organization_id, _load)


def _load(organization_id: int) -> BuyerFacts | None:
    return _load_facts([organization_id]).get(organization_id)


def facts_of(organization_ids: Sequence[int]) -> dict[int, BuyerFacts]:
    """As `buyer_facts`, for many in one statement; an unknown one is absent."""
    known = _cache.values()
    missing = [one for one in organization_ids if one not in known]
    found = _load_facts(missing) if missing else {}
    for one in missing:
        _cache.get(one, found.get)
    return {one: facts for one in organization_ids if (facts := found.get(one) or known.get(one))}


def _load_facts(organization_ids: Sequence[int]) -> dict[int, BuyerFacts]:
    with connection.cursor() as cursor:
        cursor.execute(_FACTS, [list(organization_ids)])
        return {row[0]: _facts(row) for row in cursor.fetchall()}


def _facts(row: tuple[Any, ...]) -> BuyerFacts:
    return BuyerFacts(
        organization_id=row[0],
        path=row[1],
        ancestors=tuple(ancestors(row[1])),
        name=row[2],
        kind=row[3],
        tier=row[4],
        tags=frozenset(row[5]),
        channel=row[6],
        region_code=row[7],
        province=row[8],
        city=row[9],
        status=row[10],
        default_seller_id=row[11],
    )


def buyers_in_reach() -> list[BuyerFacts]:
    """Facts of every partner the reach shows, by path, in one query: for what is worked out for all of them."""
    rows = Partner.objects.select_related("organization").order_by("owner_path")
    return [
        BuyerFacts(
            organization_id=row.organization_id,
            path=row.owner_path,
            ancestors=tuple(ancestors(row.owner_path)),
            name=row.name,
            kind=row.kind,
            tier=row.tier,
            tags=frozenset(row.tags),
            channel=row.channel,
            region_code=row.region_code,
            province=row.province,
            city=row.city,
            status=row.status if row.organization.is_active else PartnerStatus.ENDED.value,
            default_seller_id=row.default_seller_id or row.organization.parent_id,
        )
        for row in rows
    ]


def may_trade(*, buyer: BuyerFacts, seller_id: int, on: date, contract_needed: bool = False) -> TradeDecision:
    """Whether the buyer may order from this seller on that day, whatever the reach; from the cache."""
    return rules.may_trade(
        status=PartnerStatus(buyer.status),
        contracts=_contracts.get(buyer.organization_id, _load_contracts) or (),
        seller_id=seller_id,
        on=on,
        region_code=buyer.region_code,
        contract_needed=contract_needed,
    )


def _load_contracts(organization_id: int) -> tuple[ContractFacts, ...]:
    with connection.cursor() as cursor:
        cursor.execute(_CONTRACTS, [organization_id])
        return tuple(
            ContractFacts(
                id=row[0],
                number=row[1],
                seller_id=row[2],
                region_codes=frozenset(row[3]),
                category_ids=frozenset(row[4]),
                valid_from=row[5],
                valid_to=row[6],
                status=row[7],
            )
            for row in cursor.fetchall()
        )


def get_partner(*, actor: Actor, partner_id: int) -> PartnerPage:
    """A partner with contacts, addresses and contracts. Raises: PartnerNotVisible."""
    partner = find_partner(partner_id)
    return PartnerPage(
        partner=present.partner_row(partner, actor=actor),
        contacts=tuple(
            present.contact_row(contact, actor=actor)
            for contact in partner.contacts.order_by("-is_primary", "id")
        ),
        addresses=tuple(
            present.address_row(address, actor=actor)
            for address in partner.addresses.order_by("-is_default", "id")
        ),
        contracts=tuple(
            present.contract_facts(contract) for contract in partner.contracts.order_by("valid_from", "id")
        ),
    )


def find_partner(partner_id: int, *, lock: bool = False) -> Partner:
    """The row, if the reach shows it; `lock` keeps others from changing it until commit.

    Raises: PartnerNotVisible.
    """
    found = find_partners([partner_id], lock=lock)
    if not found:
        raise PartnerNotVisible("There is no such partner.", partner_id=partner_id)
    return found[0]


def find_partners(partner_ids: Collection[int], *, lock: bool = False) -> list[Partner]:
    """The rows that the reach shows, with their organizations and parents; locked in the order of their ids."""
    query = Partner.objects.filter(pk__in=partner_ids).select_related("organization__parent").order_by("pk")
    return list(query.select_for_update(of=("self",)) if lock else query)


def list_partners(
    *, actor: Actor, filters: PartnerFilters, after: tuple[str, int] | None = None, limit: int = 50
) -> list[PartnerRow]:
    """Partners by pinyin, at most `limit`, after the (sort key, id) of the last one seen."""
    query = _filtered(filters, actor=actor).select_related("organization__parent")
    if after is not None:
        key, partner_id = after
        query = query.filter(
            Q(sort_key__gt=key) | Q(sort_key=key, organization_id__gt=partner_id), sort_key__gte=key
        )
    rows = query.order_by("sort_key", "organization_id")[:limit]
    return [present.partner_row(partner, actor=actor) for partner in rows]


def export_partners(*, actor: Actor, filters: PartnerFilters, page_size: int = 500) -> Iterator[PartnerRow]:
    """Every partner of a list, page by page, as its reader may see it; columns: `types.PARTNER_COLUMNS`."""
    after: tuple[str, int] | None = None
    while rows := list_partners(actor=actor, filters=filters, after=after, limit=page_size):
        yield from rows
        after = (rows[-1].sort_key, rows[-1].id)


def partner_totals(*, actor: Actor, filters: PartnerFilters) -> PartnerTotals:
    """How many the list holds and of what sort, in one query; a partner with two tags counts in both."""
    by_status: Counter[str] = Counter()
    by_kind: Counter[str] = Counter()
    by_tier: Counter[str] = Counter()
    by_province: Counter[str] = Counter()
    by_tag: Counter[str] = Counter()
    keys = ("status", "kind", "tier", "province", "tags")
    for status, kind, tier, province, tags, count in (
        _filtered(filters, actor=actor)
        .values_list(*keys)
        .annotate(count=Count("organization_id"))
        .order_by(*keys)
    ):
        by_status[status] += count
        by_kind[kind] += count
        by_tier[tier] += count
        by_province[province] += count
        for tag in tags:
            by_tag[tag] += count
    return PartnerTotals(
        by_status.total(), dict(by_status), dict(by_kind), dict(by_tier), dict(by_province), dict(by_tag)
    )


def _filtered(filters: PartnerFilters, *, actor: Actor) -> QuerySet[Partner]:
    exact = {
        "tier": filters.tier,
        "province": filters.province,
        "channel": filters.channel,
        "kind": filters.kind,
        "status": filters.status,
        "organization__parent_id": filters.parent_id,
    }
    query = Partner.objects.filter(**{name: value for name, value in exact.items() if value})
    for own in filters.custom:
        query = query.filter(custom__contains=custom_fields.wanted("partner", own))
    if filters.tag:
        query = query.filter(tags__contains=[filters.tag])
    if filters.region_code:
        wide = rules.region_code(filters.region_code)
        query = query.filter(region_code__startswith=wide[: 2 * rules.region_level(wide)])
    if filters.under_id:
        above = buyer_facts(filters.under_id)
        if above is None:
            return query.none()
        lo, hi = range_of(above.path)
        query = query.filter(owner_path__gte=lo, owner_path__lt=hi)
    query = _in_time(query, filters)
    if filters.gap:
        query = query.filter(*GAPS[Gap(filters.gap)])
    for word in search_words(filters.text):
        found = Q(search_text__contains=word)
        if word.isdigit() and len(word) == 11 and present.sees_phones(actor):
            found |= Q(phone=word)
        query = query.filter(found)
    return query


def _in_time(query: QuerySet[Partner], filters: PartnerFilters) -> QuerySet[Partner]:
    """Whose latest running contract, or some licence, ends before a day."""
    if filters.contract_ends_before:
        later = Contract.objects.filter(partner=OuterRef("pk"), status="ACTIVE").filter(
            Q(valid_to__isnull=True) | Q(valid_to__gte=filters.contract_ends_before)
        )
        query = query.filter(_HAS_CONTRACT, ~Exists(later))
    if filters.licence_ends_before:
        ending = Licence.objects.filter(partner=OuterRef("pk"), valid_until__lt=filters.licence_ends_before)
        query = query.filter(Exists(ending))
    return query


_HAS_CONTRACT = Exists(Contract.objects.filter(partner=OuterRef("pk"), status="ACTIVE"))
_USCC_HOLDS = Func(F("uscc"), function="partners_uscc_holds", output_field=BooleanField())
#: The conditions of each gap; `partners_uscc_holds` is the check of `rules.check_uscc` with an index of its own.
GAPS: Final[dict[Gap, tuple[Any, ...]]] = {
    Gap.USCC_MISSING: (Q(uscc=""),),
    Gap.USCC_INVALID: (~Q(uscc=""), ~_USCC_HOLDS),
    Gap.USCC_LEGACY: (Q(uscc__regex=r"^[0-9]{15}$"),),
    Gap.REGION_MISSING: (Q(region_code=""),),
    Gap.CONTACT_MISSING: (~Exists(Contact.objects.filter(partner=OuterRef("pk"))),),
    Gap.CONTRACT_MISSING: (~_HAS_CONTRACT,),
}


def find_duplicates(*, actor: Actor, uscc: str, phone: str, name: str, except_id: int = 0) -> Duplicates:
    """Partners that share the code, a phone or the name, for staff; outside the reach only their number.

    Unit: `uscc` and `phone` as the checks of `rules` give them back.
    """
    if not actor.is_staff:
        return Duplicates((), 0)
    asked = (uscc, phone, fold(name))
    return seen_duplicates(same_companies([asked], except_id=except_id).get(asked, {}))


def same_companies(
    asked: Sequence[CompanyMarks], *, except_id: int = 0
) -> dict[CompanyMarks, dict[int, set[str]]]:
    """Who in the whole network shares code, phone or folded name: the partners' ids, each with what is the same."""
    found: dict[CompanyMarks, dict[int, set[str]]] = {}
    usccs, phones, names = ([one[at] for one in asked] for at in range(3))
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT place, organization_id, because FROM partners_same_companies(%s, %s, %s, %s)",
            [usccs, phones, names, except_id],
        )
        for place, partner_id, because in cursor.fetchall():
            found.setdefault(asked[place - 1], {}).setdefault(partner_id, set()).add(because)
    return found


def name_keys(names: Sequence[str]) -> dict[str, str]:
    """By name what two spellings of it have in common, as the search for duplicates compares it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name, partners_name_key(name) FROM unnest(%s::text[]) AS said (name)", [list(names)]
        )
        return dict(cursor.fetchall())


def seen_duplicates(reasons: Mapping[int, Collection[str]]) -> Duplicates:
    """Those of the partners that the reach shows by name, and how many others there are."""
    if not reasons:
        return Duplicates((), 0)
    seen = tuple(
        DuplicateFact(partner_id, code, partner_name, tuple(sorted(reasons[partner_id])))
        for partner_id, code, partner_name in Partner.objects.filter(pk__in=reasons)
        .order_by("sort_key", "organization_id")
        .values_list("organization_id", "code", "name")
    )
    return Duplicates(seen, len(reasons) - len(seen))


def list_licences(partner_id: int) -> list[LicenceRow]:
    """The papers of a partner, those that end first before the others. Raises: PartnerNotVisible."""
    partner = find_partner(partner_id)
    rows = partner.licences.order_by(F("valid_until").asc(nulls_last=True), "id")
    return [present.licence_row(row) for row in rows]


def invoice_profile(partner_id: int) -> InvoiceProfile:
    """To whom invoices are made out; without details of its own, name and code of the partner.

    Raises: PartnerNotVisible.
    """
    partner = find_partner(partner_id)
    details = InvoiceDetails.objects.filter(pk=partner_id).first()
    if details is None:
        return InvoiceProfile(title=partner.name, tax_number=partner.uscc, address=partner.address, version=0)
    return present.invoice_profile(details)


def partner_history(*, partner_id: int, limit: int = 200) -> list[events.EventRow]:
    """What happened to a partner, oldest first. Raises: PartnerNotVisible."""
    find_partner(partner_id)
    return events.timeline(subject_type="partner", subject_id=partner_id, limit=limit)


def list_regions(*, parent_code: str = "") -> list[RegionRow]:
    """The divisions directly below a code; without one the provinces."""
    rows = Region.objects.filter(parent_code=parent_code).order_by("code")
    return [RegionRow(row.code, row.name, row.parent_code, row.level) for row in rows]


def all_divisions() -> list[RegionRow]:
    """Every province, city and district: some three thousand."""
    rows = Region.objects.filter(level__lte=3).order_by("code")
    return [RegionRow(row.code, row.name, row.parent_code, row.level) for row in rows]


def region_names(code: str, names: Lookup[str, str] | None = None) -> RegionNames:
    """A code in words, in one query: 320505 is 江苏省, 苏州市, 虎丘区; blank is nowhere.

    `names`: those of divisions that were read already.
    Raises: RegionUnknown.
    """
    if not code:
        return RegionNames("")
    known = names or Lookup(division_names)
    full = rules.region_code(code)
    chain = region_chain(code)
    known.expect([*chain, full])
    if known.get(full) is None:
        raise RegionUnknown(f"There is no region {full}.", field="region_code", region_code=full)
    parts = [known.get(step) or "" for step in chain]
    if len(parts) == 3 and "直辖" in parts[1]:  # 仙桃市 stands directly below its province
        parts = [parts[0], parts[2]]
    return RegionNames(*parts)


def region_chain(code: str) -> list[str]:
    """The codes of province, city and district that a code names, as far down as it goes. Raises: RegionUnknown."""
    full = rules.region_code(code)
    return [full[:2] + "0000", full[:4] + "00", full[:6]][: min(rules.region_level(full), 3)]


def division_names(codes: Sequence[str]) -> dict[str, str]:
    """The names of divisions by code; an unknown one is absent."""
    return dict(Region.objects.filter(code__in=codes).values_list("code", "name"))
