"""Seven orders and what became of them, told once and written in two ways."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from decimal import Decimal as D  # noqa: N817 - figures read better

FIRST = datetime(2026, 11, 2, 1, 30, tzinfo=UTC)
PRICES = {"A": D("3.33"), "B": D("0.13"), "C": D("47.99")}
CASES = {"A": 24, "B": 10, "C": 1}


@dataclass(frozen=True)
class Parcel:
    """A shipment: units by line, days until it arrives (None: still under way), what was missing."""

    units: dict[int, int]
    arrives: int | None = 1
    missing: dict[int, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Story:
    """One order: who buys from whom, (sku, quantity, unit) lines, its shipments, what was called off and sent back."""

    buyer: str
    seller: str
    lines: tuple[tuple[str, int, str], ...]
    parcels: tuple[Parcel, ...] = ()
    called_off: dict[int, int] = field(default_factory=dict)
    returned: dict[int, int] = field(default_factory=dict)
    wholly: bool = False  # staged without parts: shipped and received in one


STORIES = (
    Story("D1", "HQ", (("A", 3, "箱"), ("B", 25, "瓶"), ("C", 7, "瓶")), (Parcel({1: 72, 2: 25, 3: 7}),), wholly=True),
    Story("D2", "HQ", (("A", 7, "瓶"), ("B", 2, "箱")), (Parcel({1: 4, 2: 11}), Parcel({1: 3, 2: 9}, 2, {2: 4}))),
    Story("D1", "HQ", (("A", 100, "瓶"), ("C", 3, "瓶")), (Parcel({1: 33}),), called_off={1: 67, 2: 3}),
    Story("D2", "HQ", (("C", 2, "瓶"), ("B", 5, "瓶")), called_off={1: 2, 2: 5}),
    Story("S1", "D1", (("A", 1, "箱"), ("B", 13, "瓶")), (Parcel({1: 24, 2: 13}),), returned={1: 5}, wholly=True),
    Story("D1", "HQ", (("A", 10, "瓶"), ("B", 10, "瓶")), (Parcel({1: 6, 2: 3}, None),)),
    Story("D2", "HQ", (("A", 9, "瓶"), ("C", 1, "瓶")), (Parcel({1: 9, 2: 1}, 1, {1: 2, 2: 1}),), returned={1: 3}),
)  # fmt: skip


def submitted_at(position: int) -> datetime:
    return FIRST + timedelta(days=position)


def shipped_at(position: int, parcel: int) -> datetime:
    return submitted_at(position) + timedelta(hours=2 + 3 * parcel, minutes=7)


def received_at(position: int, parcel: int, days: int) -> datetime:
    return shipped_at(position, parcel) + timedelta(days=days, minutes=11)


def called_off_at(position: int) -> datetime:
    return submitted_at(position) + timedelta(days=3, minutes=3)


def returned_at(position: int) -> datetime:
    return submitted_at(position) + timedelta(days=5, minutes=19)


PAID_AT = FIRST - timedelta(hours=1)
PAYMENTS = {"D1": ("HQ", D("5000.50")), "D2": ("HQ", D(3000)), "S1": ("D1", D(900))}


def price(seller: str, sku: str) -> D:
    return PRICES[sku] * (2 if seller == "D1" else 1)
