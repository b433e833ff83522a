"""People of the partners, and contracts of which some end soon."""

from __future__ import annotations

from datetime import timedelta

from django.contrib.auth.hashers import make_password

from huiliu.access.models import Organization, User
from huiliu.access.types import Role
from huiliu.demo import content
from huiliu.demo.services import PASSWORD
from huiliu.entrypoints.demo_work.world import World, id_of
from huiliu.partners import services as partners
from huiliu.partners.types import ContactDraft, ContractDraft

#: (which dealer of the list, in how many days its contract ends); one that ended is not renewed.
ENDING = ((3, 4), (17, 9), (41, 18), (77, 27), (102, 33), (160, 120), (201, 200), (250, 340))


def people(world: World) -> None:
    """An owner of every distributor and of the dealer's stores; a buyer and a keeper of every tenth."""
    hashed = make_password(PASSWORD)
    rows: list[User] = []
    for number, organization in enumerate([*world.dealers.values(), *world.stores]):
        roles = [Role.OWNER]
        if number % 10 == 0 and organization.kind == "DISTRIBUTOR":
            roles += [Role.BUYER, Role.KEEPER]
        rows += [_person(world, organization, role, number, hashed) for role in roles]
    known = set(User.objects.values_list("username", flat=True))
    User.objects.bulk_create(row for row in rows if row.username not in known)
    for number, organization in enumerate(list(world.dealers.values())[:40]):
        partners.add_contact(
            actor=world["channel"],
            partner_id=organization.pk,
            draft=ContactDraft(
                content.person_name(number + 60),
                title="采购",
                phone=content.phone(number + 900),
                is_primary=True,
            ),
            now=world.ago(90),
        )


def _person(world: World, organization: Organization, role: Role, number: int, hashed: str) -> User:
    suffix = {Role.OWNER: "", Role.BUYER: ".buyer", Role.KEEPER: ".keeper"}[role]
    return User(
        organization=organization,
        organization_path=organization.path,
        username=f"{organization.code.lower()}{suffix}",
        name=content.person_name(number * 3 + len(suffix)),
        roles=[role.value],
        password=hashed,
        created_at=world.ago(400),
    )


def contracts(world: World) -> None:
    """A year's contract of some dealers with the brand: most end within weeks, others later."""
    dealers = list(world.dealers.values())
    for place, days in ENDING:
        ends = world.today + timedelta(days=days)
        at = world.ago(200)
        partners.add_contract(
            actor=world["channel"],
            partner_id=dealers[place].pk,
            contract_id=id_of(at, "contract", place),
            draft=ContractDraft(
                number=f"HT{ends.year - 1}-{place:04d}",
                seller_id=world.brand.pk,
                valid_from=ends - timedelta(days=365),
                valid_to=ends,
            ),
            now=at,
        )
