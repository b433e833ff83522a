"""How urgent an order is, and how what is short is shared: pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from huiliu.orders.fulfilment.types import Because, Share, Urgency

SOON_DAYS = 3
PATIENCE_DAYS = 2  # how long an order without a wanted day may wait before it is late
ZERO = Decimal(0)
_CENT = Decimal("0.01")


def urgency(*, ordered_on: date, wanted_on: date | None, today: date) -> Urgency:
    """By the day the buyer named; without one, two days after the order."""
    due = wanted_on or ordered_on + timedelta(days=PATIENCE_DAYS)
    if due < today:
        return Urgency.LATE
    if due == today:
        return Urgency.TODAY
    return Urgency.SOON if due <= today + timedelta(days=SOON_DAYS) else Urgency.LATER


def fair_share(*, available: Decimal, pack: Decimal, demands: Sequence[Decimal]) -> list[Share]:
    """What each demand gets of too little: whole packs by its part, the packs left by the largest remainder
    (the earlier demand wins a tie), then loose rests as far as they complete a demand. Never more than there is.

    Source: docs/algorithms/fair-share.md, "In four steps".
    """
    total = sum(demands, ZERO)
    if available >= total:
        return [Share(units, _packs(units, pack), int(units // pack), Because.ENOUGH) for units in demands]
    stock = max(available, ZERO)
    whole = int(stock // pack)
    quotas = [Fraction(whole) * Fraction(units) / Fraction(total) for units in demands]
    caps = [int(units // pack) for units in demands]
    given = [min(cap, int(quota)) for cap, quota in zip(caps, quotas, strict=True)]
    gifted = _remainders(given, caps=caps, quotas=quotas, left=whole - sum(given))
    loose = stock - pack * sum(given)
    shares = []
    for index, wanted in enumerate(demands):
        because = Because.REMAINDER if index in gifted else Because.PRO_RATA
        units = pack * given[index]
        rest = wanted - units
        if ZERO < rest < pack and rest <= loose:
            units, loose, because = wanted, loose - rest, Because.REST
        shares.append(Share(units, _rounded(quotas[index]), given[index], because))
    return shares


def _remainders(given: list[int], *, caps: list[int], quotas: list[Fraction], left: int) -> set[int]:
    """Hand out the packs that are left, one each in turn; `given` is changed. Who got one."""
    gifted: set[int] = set()
    by_remainder = sorted(range(len(given)), key=lambda index: (given[index] - quotas[index], index))
    while left > 0:
        open_ones = [index for index in by_remainder if given[index] < caps[index]]
        if not open_ones:
            break
        for index in open_ones[:left]:
            given[index] += 1
            left -= 1
            gifted.add(index)
    return gifted


def _packs(units: Decimal, pack: Decimal) -> Decimal:
    return _rounded(Fraction(units) / Fraction(pack))


def _rounded(value: Fraction) -> Decimal:
    return (Decimal(value.numerator) / Decimal(value.denominator)).quantize(_CENT)
