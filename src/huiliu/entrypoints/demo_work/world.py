"""Who and what the demo's work is about: its people, partners, goods and places."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from uuid import UUID

from huiliu.access.models import Organization, User
from huiliu.access.rules import reach_of, scopes_of
from huiliu.access.types import Actor, OrganizationKind, Role
from huiliu.catalog.models import Sku
from huiliu.demo import content
from huiliu.demo import services as demo
from huiliu.demo.plan import BRAND_CODE
from huiliu.inventory.models import Warehouse
from huiliu.kernel.ids import uuid7_of
from huiliu.kernel.period import business_date
from huiliu.ledger.selectors import balances
from huiliu.ledger.types import AccountKind

ZONE = "Asia/Shanghai"  # of the brand: its business days


@dataclass(frozen=True)
class World:
    """Read once, before the work begins."""

    now: datetime
    brand: Organization
    dealer: Organization
    stores: list[Organization]  # of the dealer
    dealers: dict[str, Organization]
    skus: dict[str, Sku]
    cases: dict[str, int]
    places: dict[str, Warehouse]  # of the brand and the dealer, by code
    actors: dict[str, Actor] = field(default_factory=dict)

    @classmethod
    def read(cls, now: datetime) -> World:
        """The demo company as it stands. Raises: Organization.DoesNotExist when it was never loaded."""
        dealer = Organization.objects.get(code=demo.DEALER)
        brand = Organization.objects.get(code=BRAND_CODE)
        priced = {sku.code: sku for sku in content.skus() if sku.code not in content.UNPRICED}
        return cls(
            now=now,
            brand=brand,
            dealer=dealer,
            stores=list(Organization.objects.filter(parent=dealer, kind="STORE").order_by("id")),
            dealers={
                row.code: row for row in Organization.objects.filter(kind="DISTRIBUTOR").order_by("code")
            },
            skus={row.code: row for row in Sku.objects.order_by("code") if row.code in priced},
            cases={code: sku.case_size for code, sku in priced.items()},
            places={
                row.code: row
                for row in Warehouse.objects.filter(organization__in=(brand, dealer)).order_by("id")
            },
            actors={name: demo.actor_for(name) for name, *_ in demo.LOGINS},
        )

    def __getitem__(self, username: str) -> Actor:
        return self.actors[username]

    def ago(self, days: float, hours: float = 0) -> datetime:
        return self.now - timedelta(days=days, hours=hours)

    @property
    def today(self) -> date:
        return business_date(self.now, ZONE)

    def on(self, at: datetime) -> date:
        return business_date(at, ZONE)

    def free(self, owner: Organization) -> dict[int, Decimal]:
        """Units of each sku that an organization has and has not promised."""
        found: dict[int, Decimal] = {}
        for row in balances(kind=AccountKind.STOCK, owner_id=owner.pk):
            if row.sku_id is not None:
                found[row.sku_id] = found.get(row.sku_id, Decimal(0)) + row.available
        return found

    def unit(self, sku_code: str) -> str:
        return "箱" if self.cases[sku_code] > 1 else ""

    def units(self, sku_code: str, cases: int) -> Decimal:
        return Decimal(cases * self.cases[sku_code])

    def owner_of(self, organization: Organization) -> Actor:
        """The owner of a partner, at the edge as the API builds it."""
        user = User.objects.filter(organization=organization, roles__contains=[Role.OWNER.value]).order_by(
            "id"
        )[0]
        kind, roles = OrganizationKind(organization.kind), frozenset({Role.OWNER})
        return Actor(
            user_id=user.pk,
            organization_id=organization.pk,
            organization_path=organization.path,
            organization_kind=kind,
            roles=roles,
            scopes=scopes_of(roles),
            reach=reach_of(kind=kind, path=organization.path, roles=roles),
            name=user.name,
        )


def id_of(at: datetime, *names: object) -> UUID:
    """The id of a document of the demo, the same for the same moment and names."""
    return uuid7_of(at, " ".join(map(str, names)))
