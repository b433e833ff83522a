"""Rows of a version, what it changes, what a partner pays and why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db.models import Q

from huiliu.access.types import Actor
from huiliu.catalog import selectors as catalog
from huiliu.catalog.types import SkuFacts
from huiliu.kernel.money import Currency, currency_of
from huiliu.kernel.pinyin import fold
from huiliu.kernel.quantity import UnitFactor, to_base
from huiliu.kernel.refusals import Refusals
from huiliu.partners import selectors as partners
from huiliu.partners.types import BuyerFacts
from huiliu.policies import selectors as versions
from huiliu.policies.types import VersionHead, VersionState
from huiliu.pricing import rules
from huiliu.pricing.errors import BuyerNotVisible, PriceRowSkuUnknown, PriceRowUnitUnknown, SellerNotAbove
from huiliu.pricing.models import Row
from huiliu.pricing.services.book import KIND, current_book, parse_breaks, plain_or_none, version_book
from huiliu.pricing.services.lists import draft_book
from huiliu.pricing.services.rows import rows_of
from huiliu.pricing.types import (
    BuyerChange,
    Candidate,
    Finding,
    ListDiff,
    PricedLine,
    PriceQuery,
    PriceRow,
    ShownPrice,
    UnitPrice,
)


def get_price_list(version_id: UUID) -> VersionHead:
    """Raises: VersionNotVisible."""
    return versions.get_version(version_id, kind=KIND)


def count_rows(version_id: UUID) -> int:
    """How many prices a version has."""
    return Row.objects.filter(version_id=version_id).count()


def page_rows(
    version_id: UUID,
    *,
    after: tuple[int, str] | None = None,
    sku_ids: Sequence[int] | None = None,
    limit: int = 50,
) -> list[PriceRow]:
    """Rows of a version by sku and unit, after a row. Raises: VersionNotVisible."""
    get_price_list(version_id)
    rows = Row.objects.filter(version_id=version_id)
    if sku_ids is not None:
        rows = rows.filter(sku_id__in=list(sku_ids))
    if after is not None:
        rows = rows.filter(Q(sku_id__gt=after[0]) | Q(sku_id=after[0], unit__gt=after[1]))
    return [
        PriceRow(
            row.sku_id,
            UnitFactor(row.unit, row.numerator, row.denominator),
            plain_or_none(row.unit_price),
            parse_breaks(row.breaks),
            plain_or_none(row.floor_price),
        )
        for row in rows.order_by("sku_id", "unit")[:limit]
    ]


def diff_price_list(
    *, version_id: UUID, against_id: UUID | None = None, language: str = "zh-Hans"
) -> tuple[ListDiff, VersionHead | None]:
    """What a version changes against another (default: the one in force that it succeeds), and which that is.

    Raises: VersionNotVisible.
    """
    head = get_price_list(version_id)
    before = get_price_list(against_id) if against_id else versions.version_before(head)
    rows = rows_of(head.id)
    if before is None:
        return rules.diff_rows((), rows), None
    diff = rules.diff_rows(rows_of(before.id), rows)
    heads = rules.diff_heads(
        version_book(before, rows=(), members=None).head, version_book(head, rows=(), members=None).head
    )
    if before.audience != head.audience:
        was, now = versions.audience_words([before.audience, head.audience], language=language)
        heads = (*heads, ("audience", was, now))
    return replace(diff, head=heads), before


def names_of_goods(findings: Iterable[Finding]) -> dict[int, str]:
    """Names of the goods that the facts of findings speak of, by id."""
    ids: set[int] = set()
    for one in findings:
        if sku_id := one.facts.get("sku_id"):
            ids.add(sku_id)
        ids.update(one.facts.get("sku_ids", ()))
    return {sku_id: sku.name for sku_id, sku in catalog.sku_facts(ids).items()}


def sku_name(sku_id: int) -> str:
    """Code and name of goods, for a sentence."""
    sku = catalog.sku_facts([sku_id]).get(sku_id)
    return f"{sku.code} {sku.name}" if sku else f"#{sku_id}"


def parties_of(*, actor: Actor, buyer_id: int | None, seller_id: int | None) -> tuple[BuyerFacts, BuyerFacts]:
    """Who pays whom, as far as the actor may know what is paid.

    A partner knows what it pays itself and what its own customers pay to it, nothing else.
    Raises: BuyerNotVisible, SellerNotAbove.
    """
    buyer = partners.buyer_facts(buyer_id or actor.organization_id)
    reach = actor.reach
    if buyer is None or not (reach.everything or reach.lo <= buyer.path < reach.hi):
        raise BuyerNotVisible("There is no such buyer.", buyer_id=buyer_id, field="buyer_id")
    seller = partners.buyer_facts(seller_id or buyer.default_seller_id or 0)
    if seller is None or (
        seller.path not in buyer.ancestors and seller.organization_id != buyer.default_seller_id
    ):
        raise SellerNotAbove("This seller does not sell to the buyer.", field="seller_id")
    if seller.organization_id == buyer.organization_id:
        raise SellerNotAbove("Nobody sells to itself.", field="seller_id")
    own = actor.organization_id
    if not actor.is_staff and own not in (buyer.organization_id, seller.organization_id):
        raise BuyerNotVisible("There is no such buyer.", buyer_id=buyer_id, field="buyer_id")
    return buyer, seller


def book_with(version_id: UUID) -> rules.PriceBook:
    """The book as it would be if this draft were published now: the versions it would end are cut or gone."""
    head = get_price_list(version_id)
    book = current_book()
    if head.state not in (VersionState.DRAFT, VersionState.APPROVED):
        return book
    cut, gone = [], []
    for one in book:
        if one.head.list_code != head.code:
            continue
        if one.head.valid_from >= head.valid_from:
            gone.append(one.head.version_id)
        elif one.head.valid_to is None or one.head.valid_to > head.valid_from:
            cut.append(one.with_head(replace(one.head, valid_to=head.valid_from)))
    return book.updated(put=[*cut, draft_book(head)], drop=gone)


def book_without(version_id: UUID) -> rules.PriceBook:
    """The book as it was before this version was published: the one it superseded goes on."""
    head = get_price_list(version_id)
    book = current_book()
    put = []
    if head.supersedes_id and (earlier := book.get(head.supersedes_id)):
        put.append(earlier.with_head(replace(earlier.head, valid_to=None)))
    return book.updated(put=put, drop=[head.id])


def price_changes(
    *,
    version_id: UUID,
    buyer_ids: Sequence[int],
    skus: Sequence[tuple[int, UnitFactor]],
    on: date,
) -> list[BuyerChange]:
    """Which unit prices a version changes for these buyers and goods on a day: only those that differ.

    A published version is compared with the time before it, a draft with the time it would be published.
    For orders: open carts are quoted again where this says so. Runs under staff's or a system reach.
    """
    return price_changes_by_buyer(version_id=version_id, wanted=dict.fromkeys(buyer_ids, skus), on=on)


def price_changes_by_buyer(
    *, version_id: UUID, wanted: Mapping[int, Sequence[tuple[int, UnitFactor]]], on: date
) -> list[BuyerChange]:
    """`price_changes` with goods of its own for each buyer."""
    head = get_price_list(version_id)
    is_out = head.state is VersionState.PUBLISHED
    before = book_without(version_id) if is_out else current_book()
    after = current_book() if is_out else book_with(version_id)
    meant = versions.spoken_to(head, list(wanted)) if is_out else list(wanted)
    currency = currency_of(head.content["currency"])
    changes: list[BuyerChange] = []
    for buyer_id in meant:
        skus = wanted[buyer_id]
        old, new = (
            rules.unit_prices(
                book, seller_id=head.seller_id, buyer_id=buyer_id, currency=currency, on=on, wanted=skus
            )
            for book in (before, after)
        )
        for sku_id, unit in skus:
            was, now = _price(old, sku_id), _price(new, sku_id)
            if was != now:
                changes.append(BuyerChange(buyer_id, sku_id, unit.unit, was, now))
    return changes


def _price(prices: dict[int, UnitPrice], sku_id: int) -> Decimal | None:
    found = prices.get(sku_id)
    return found.unit_price if found else None


def price_page(
    *, buyer: BuyerFacts, seller: BuyerFacts, currency: str, on: date, text: str = ""
) -> list[ShownPrice]:
    """What one order unit of everything the buyer may order costs it, by code; goods without a price are absent."""
    book = current_book()
    facts = catalog.sku_facts(catalog.sellable_ids(buyer=buyer, on=on))
    asked = fold(text)
    wanted: list[tuple[int, UnitFactor]] = []
    for sku in facts.values():
        unit = sku.factor(sku.order_unit)
        if unit is not None and (not asked or asked in fold(sku.code) or asked in fold(sku.name)):
            wanted.append((sku.id, unit))
    prices = rules.unit_prices(
        book,
        seller_id=seller.organization_id,
        buyer_id=buyer.organization_id,
        currency=currency_of(currency),
        on=on,
        wanted=wanted,
    )
    shown = []
    for sku_id, price in prices.items():
        version = book.get(price.version_id)
        row = version.row(sku_id, price.unit) if version else None
        if version is None or row is None:
            continue
        sku = facts[sku_id]
        shown.append(
            ShownPrice(
                sku_id=sku_id,
                sku_code=sku.code,
                sku_name=sku.name,
                unit=price.unit.unit,
                unit_price=price.unit_price,
                currency=currency,
                list_code=version.head.list_code,
                version_id=price.version_id,
                breaks=tuple(
                    step._replace(unit_price=rules.price_in_unit(step.unit_price, row.unit, price.unit))
                    for step in row.breaks
                ),
                base_unit=sku.base_unit,
                order_unit=sku.order_unit,
                units=sku.units,
            )
        )
    return sorted(shown, key=lambda one: one.sku_code)


Asked = tuple[int | None, str, Decimal, str]  # sku id or code, entered quantity, unit


def _goods(wanted: Sequence[Asked]) -> list[tuple[SkuFacts, UnitFactor, Decimal]]:
    """Goods, unit and base quantity of what was asked for; every bad line is named.

    Raises: PriceRowSkuUnknown, PriceRowUnitUnknown, QuantityNotWhole, or SeveralRefused.
    """
    by_code = catalog.sku_facts_by_code({code for _, code, _, _ in wanted if code})
    by_id = catalog.sku_facts({sku_id for sku_id, _, _, _ in wanted if sku_id is not None})
    refusals = Refusals()
    found = []
    for index, (sku_id, code, quantity, unit) in enumerate(wanted):
        with refusals.collecting(f"lines[{index}]"):
            sku = by_code.get(code) if code else by_id.get(sku_id or 0)
            if sku is None:
                raise PriceRowSkuUnknown("There are no such goods.", field="sku_code", given=code or sku_id)
            factor = sku.factor(unit)
            if factor is None:
                raise PriceRowUnitUnknown(
                    f"{sku.code} has no unit {unit}.", field="unit", units=[one.unit for one in sku.units]
                )
            found.append((sku, factor, to_base(quantity, factor, is_whole=sku.is_whole)))
    refusals.raise_if_any()
    return found


def preview_lines(
    *,
    buyer: BuyerFacts,
    seller: BuyerFacts,
    currency: Currency,
    on: date,
    wanted: Sequence[Asked],
    project: str = "",
    version_id: UUID | None = None,
) -> tuple[list[SkuFacts], list[UnitFactor], list[PricedLine | None]]:
    """What each line costs, None where nothing prices it; with `version_id` as if that draft were published."""
    book = book_with(version_id) if version_id else current_book()
    goods = _goods(wanted)
    lines = [
        rules.try_resolve(
            book,
            PriceQuery(
                seller_id=seller.organization_id,
                buyer_id=buyer.organization_id,
                sku_id=sku.id,
                unit=unit,
                quantity=base,
                on=on,
                currency=currency,
                tax_rate=sku.tax_rate,
                project=project,
            ),
        )
        for sku, unit, base in goods
    ]
    return [sku for sku, _, _ in goods], [unit for _, unit, _ in goods], lines


def explain_price(
    *,
    buyer: BuyerFacts,
    seller: BuyerFacts,
    wanted: Asked,
    on: date,
    currency: Currency,
    project: str = "",
    version_id: UUID | None = None,
) -> tuple[Decimal, tuple[Candidate, ...]]:
    """The base quantity, and every list that knows the goods, other buyers' too: for brand staff only."""
    book = book_with(version_id) if version_id else current_book()
    sku, unit, base = _goods([wanted])[0]
    query = PriceQuery(
        seller_id=seller.organization_id,
        buyer_id=buyer.organization_id,
        sku_id=sku.id,
        unit=unit,
        quantity=base,
        on=on,
        currency=currency,
        tax_rate=sku.tax_rate,
        project=project,
    )
    return base, rules.explain(book, query)


def sku_ids_by_text(text: str) -> list[int]:
    """Goods whose code or name has the text."""
    asked = fold(text.strip())
    return [
        sku.id
        for sku in catalog.sku_index().by_id.values()
        if asked in fold(sku.code) or asked in fold(sku.name)
    ]
