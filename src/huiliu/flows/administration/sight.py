"""What a person sees: the menus and masks follow from the scopes, the figures are counted under the person's reach."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from django.db import connection

from huiliu.access import selectors as access
from huiliu.access.types import Actor
from huiliu.access.types import Sight as Person
from huiliu.kernel.paths import own_range, range_of
from huiliu.platform import audit
from huiliu.platform.database import Reach, reach_as
from huiliu.platform.row_security import declared_tables

COUNT_MAX: Final = 100_000

#: What is counted: kind, the scope without which none of it is shown, table, condition.
COUNTED: Final = (
    ("partners", "partners:read", "partners_partner", ""),
    ("organizations", "organizations:read", "access_organization", ""),
    ("users", "users:read", "access_user", "NOT is_service"),
    ("orders", "orders:read", "orders_order", ""),
    ("shipments", "orders:read", "orders_shipment", ""),
    ("warehouses", "stock:read", "inventory_warehouse", ""),
    ("stock", "stock:read", "ledger_account", "kind = 'stock' AND balance <> 0"),
    ("money", "money:read", "ledger_account", "kind = 'partner_balance'"),
)


class Extent(StrEnum):
    """How far someone sees."""

    BRAND = "BRAND"  # everything
    BRANCH = "BRANCH"  # a branch of the brand with all below it
    SUBTREE = "SUBTREE"  # the own organization with all below it
    OWN = "OWN"  # the own organization alone


@dataclass(frozen=True, slots=True)
class Count:
    """How many rows of a kind; None when the person may not open them at all. `is_more`: there are more."""

    kind: str
    count: int | None
    is_more: bool = False


@dataclass(frozen=True, slots=True)
class Sight:
    """A person, how far the person sees, and how much of each kind that is today."""

    person: Person
    extent: Extent
    counts: tuple[Count, ...]


def preview(*, actor: Actor, user_id: int, now: datetime) -> Sight:
    """What a person would see, counted under that person's reach; looking leaves a row in the audit trail.

    Raises: UserNotVisible.
    """
    person = access.sight_of(user_id)
    with reach_as(person.reach, user_id=person.user_id):
        counts = tuple(
            _count(kind, table=table, condition=condition, role=person.reach.role)
            if scope in person.scopes
            else Count(kind, None)
            for kind, scope, table, condition in COUNTED
        )
    audit.record(
        actor=actor,
        action="user.sight_previewed",
        subject_type="user",
        subject_id=person.user_id,
        owner_path=actor.organization_path,
        now=now,
    )
    return Sight(person, extent_of(person.reach, path=person.organization_path), counts)


def extent_of(reach: Reach, *, path: str) -> Extent:
    """The reach in one word."""
    if reach.everything:
        return Extent.BRAND
    if reach.role == "huiliu_branch":
        return Extent.BRANCH
    is_own = (reach.lo, reach.hi) == own_range(path) != range_of(path)
    return Extent.OWN if is_own else Extent.SUBTREE


def _count(kind: str, *, table: str, condition: str, role: str) -> Count:
    if "SELECT" not in declared_tables()[table].grants()[role]:
        return Count(kind, None)
    where = f" WHERE {condition}" if condition else ""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT count(*) FROM (SELECT 1 FROM {table}{where} LIMIT %s) AS seen", [COUNT_MAX + 1]
        )
        found = int(cursor.fetchone()[0])
    return Count(kind, min(found, COUNT_MAX), is_more=found > COUNT_MAX)
