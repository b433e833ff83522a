"""What somebody should look at before a list is published, beside what is refused."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any, Final

from huiliu.kernel.refusals import DomainError, SeveralRefused
from huiliu.pricing.rules.book import VersionBook
from huiliu.pricing.rules.diff import diff_rows
from huiliu.pricing.types import Finding, PriceRow, PriceVersion

NAMED_MAX: Final = 20
#: Where a row's refusal stands: rows[3].breaks[0].unit_price is row 3, its breaks.
_PLACE: Final = re.compile(r"rows\[(\d+)\](?:\.(\w+))?")
#: A change of more than this share of the price before is worth a second look.
LARGE_CHANGE_PERCENT: Final = Decimal(30)
_REMEDIES: Final = {
    "pricing.lint.audience_empty": "Widen the audience: nobody matches it today.",
    "pricing.lint.rows_missing": "Add the goods, or let other lists price them: the version in force has them.",
    "pricing.lint.large_change": "Check the prices against the version in force.",
    "pricing.lint.goods_not_sold": "Take the goods out of the list, or sell them again.",
    "pricing.lint.covered_elsewhere": "Check that the list which wins is the one that should.",
    "pricing.lint.no_floor": "Set floor prices, or every price set by hand is bounded by the role alone.",
}


def findings_of(refusal: DomainError, rows: Sequence[PriceRow]) -> list[Finding]:
    """A refusal of the publish check as findings, one for each bad row: `facts.sku_id` and `unit` lead to it."""
    parts = refusal.parts if isinstance(refusal, SeveralRefused) and refusal.parts else (refusal,)
    return [_finding(part, rows) for part in parts]


def _finding(refusal: DomainError, rows: Sequence[PriceRow]) -> Finding:
    facts = {key: _plain(value) for key, value in refusal.facts.items()}
    place = _PLACE.match(refusal.field or "")
    if place and int(place[1]) < len(rows):
        row = rows[int(place[1])]
        facts |= {"sku_id": row.sku_id, "unit": row.unit.unit, "field": place[2] or "unit_price"}
    return Finding("ERROR", refusal.code, str(refusal), refusal.remedy(), facts)


def finding_of_empty_audience(audience: dict[str, Any]) -> Finding:
    """Nobody matches the audience today."""
    code = "pricing.lint.audience_empty"
    return Finding("ERROR", code, "Nobody matches this audience.", _REMEDIES[code], {"audience": audience})


def _plain(value: Any) -> Any:
    return value if isinstance(value, (str, int, bool, list, dict, type(None))) else str(value)


def warnings_of(
    new: VersionBook,
    *,
    before: Sequence[PriceRow],
    beside: Iterable[VersionBook],
    inactive: frozenset[int],
) -> list[Finding]:
    """Goods that lose their price, large changes, goods not sold, lists that overlap, missing floors."""
    diff = diff_rows(before, list(new.rows()))
    large = [
        one for one in (*diff.raised, *diff.lowered) if before and abs(one.percent) > LARGE_CHANGE_PERCENT
    ]
    found = [
        _warning(
            "rows_missing",
            len(diff.removed),
            "goods of the version in force have no price here",
            [one.sku_id for one in diff.removed],
        ),
        _warning(
            "large_change",
            len(large),
            f"prices change by more than {LARGE_CHANGE_PERCENT} %",
            [one.sku_id for one in large],
        ),
        _warning("goods_not_sold", len(inactive), "goods are no longer sold", sorted(inactive)),
        _without_floor(new),
        *(_overlap(new, other) for other in sorted(beside, key=_standing)),
    ]
    return [one for one in found if one is not None]


def _warning(name: str, count: int, what: str, sku_ids: Sequence[int]) -> Finding | None:
    if not count:
        return None
    code = f"pricing.lint.{name}"
    return Finding(
        "WARNING",
        code,
        f"{count} {what}.",
        _REMEDIES[code],
        {"count": count, "sku_ids": list(sku_ids)[:NAMED_MAX]},
    )


def _without_floor(new: VersionBook) -> Finding | None:
    rows = list(new.rows())
    missing = [row.sku_id for row in rows if row.floor_price is None]
    if not 0 < len(missing) < len(rows):
        return None  # all or none is a choice; some is a slip
    return _warning("no_floor", len(missing), "rows have no floor price while others have", sorted(missing))


def _standing(one: VersionBook) -> tuple[Any, ...]:
    return (*one.head.rank(), one.head.version_id.int)


def _overlap(new: VersionBook, other: VersionBook) -> Finding | None:
    """Another list of the same level for some of the same buyers, goods and days: the ranks decide between them."""
    one, two = new.head, other.head
    if (one.seller_id, one.currency, one.level, one.project) != (
        two.seller_id,
        two.currency,
        two.level,
        two.project,
    ):
        return None
    if not meet(one, two) or not share_buyers(new, other):
        return None
    skus = sorted(new.sku_ids() & other.sku_ids())
    if not skus or one.rank()[:-1] == two.rank()[:-1]:
        return None  # standing equal is refused as a tie
    winner = one if one.rank() < two.rank() else two
    code = "pricing.lint.covered_elsewhere"
    return Finding(
        "WARNING",
        code,
        f"{two.list_code} prices {len(skus)} of these goods at the same level; {winner.list_code} wins.",
        _REMEDIES[code],
        {"list": two.list_code, "wins": winner.list_code, "count": len(skus), "sku_ids": skus[:NAMED_MAX]},
    )


def meet(one: PriceVersion, two: PriceVersion) -> bool:
    """Whether two versions count on some day both."""
    return (two.valid_to is None or one.valid_from < two.valid_to) and (
        one.valid_to is None or two.valid_from < one.valid_to
    )


def share_buyers(one: VersionBook, two: VersionBook) -> bool:
    """Whether two versions speak to some buyer both."""
    if one.audience is None or two.audience is None:
        return True
    return not one.audience.isdisjoint(two.audience)
