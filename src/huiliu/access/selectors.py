"""Reads of identity and of the organization tree: everything as far as the transaction's reach goes."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from django.db.models import Max, Q

from huiliu.access.errors import OrganizationNotVisible, UserNotVisible
from huiliu.access.models import ApiClient, Organization, Placement, Session, User
from huiliu.access.rules import reach_of, scopes_of
from huiliu.access.types import (
    STAFF_KINDS,
    Actor,
    OrganizationKind,
    OrganizationRef,
    PlacementRow,
    Role,
    Seats,
    Sight,
    UserFilters,
)
from huiliu.kernel.paths import ancestors, number_of, range_of
from huiliu.platform.database import system_reach


def ref(organization: Organization) -> OrganizationRef:
    return OrganizationRef(
        id=organization.pk,
        code=organization.code,
        name=organization.name,
        kind=OrganizationKind(organization.kind),
        parent_id=organization.parent_id,
        path=organization.path,
        timezone=organization.timezone,
        is_active=organization.is_active,
        seats=organization.seats,
        version=organization.version,
    )


def find_organization(organization_id: int) -> OrganizationRef:
    """Raises: OrganizationNotVisible."""
    found = Organization.objects.filter(pk=organization_id).first()
    if found is None:
        raise OrganizationNotVisible("There is no such organization.", organization_id=organization_id)
    return ref(found)


def brand_path() -> str:
    """Where the tree begins; all see it."""
    return str(Organization.objects.filter(parent=None).order_by("id").values_list("path", flat=True)[0])


def find_by_code(code: str) -> OrganizationRef:
    """Raises: OrganizationNotVisible."""
    found = Organization.objects.filter(code=code.strip()).first()
    if found is None:
        raise OrganizationNotVisible("There is no such organization.", code=code[:100])
    return ref(found)


def organizations_by_codes(codes: Collection[str]) -> dict[str, OrganizationRef]:
    """Those that are visible, by code; one statement."""
    return {row.code: ref(row) for row in Organization.objects.filter(code__in=set(codes))}


def codes_in_use(codes: Collection[str]) -> set[str]:
    """Which of these codes an organization has, whatever the reach: a code names one in the whole network."""
    with system_reach("organizations"):
        return set(Organization.objects.filter(code__in=set(codes)).values_list("code", flat=True))


def organizations_by_ids(ids: Collection[int]) -> dict[int, OrganizationRef]:
    """Those that are visible, by id; one statement."""
    return {row.pk: ref(row) for row in Organization.objects.filter(pk__in=set(ids))}


def user_names(ids: Collection[int]) -> dict[int, str]:
    """The names of those users that are visible, by id; one statement."""
    return dict(User.objects.filter(pk__in=set(ids)).values_list("pk", "name"))


def ancestors_of(organization: OrganizationRef) -> list[OrganizationRef]:
    """From the root down to the organization itself, as far as visible."""
    ids = [number_of(path) for path in ancestors(organization.path)]
    found = organizations_by_ids(ids)
    return [found[one] for one in ids if one in found]


def subtree_ids(organization: OrganizationRef) -> list[int]:
    """The organization and everything below it, by path."""
    lo, hi = range_of(organization.path)
    return list(
        Organization.objects.filter(path__gte=lo, path__lt=hi).order_by("path").values_list("pk", flat=True)
    )


def list_organizations(
    *,
    parent_id: int | None = None,
    below_id: int | None = None,
    text: str = "",
    after: tuple[str, int] | None = None,
    limit: int = 50,
) -> list[OrganizationRef]:
    """By pinyin, then id; children of one parent, a whole subtree, or everywhere in the reach."""
    rows = Organization.objects.all()
    if parent_id is not None:
        rows = rows.filter(parent_id=parent_id)
    if below_id is not None:
        lo, hi = range_of(find_organization(below_id).path)
        rows = rows.filter(path__gt=lo, path__lt=hi)
    if text:
        rows = rows.filter(Q(name__contains=text) | Q(code=text) | Q(sort_key__startswith=text.lower()))
    if after is not None:
        rows = rows.filter(Q(sort_key__gt=after[0]) | Q(sort_key=after[0], id__gt=after[1]))
    return [ref(row) for row in rows.order_by("sort_key", "id")[:limit]]


def sort_keys(ids: list[int]) -> dict[int, str]:
    return dict(Organization.objects.filter(pk__in=ids).values_list("id", "sort_key"))


def placement_on(*, organization_id: int, on: date) -> str | None:
    """The path the organization had on a day; None before it existed. Reports of that day follow it."""
    return (
        Placement.objects.filter(organization_id=organization_id, valid_from__lte=on)
        .exclude(valid_to__lte=on)
        .values_list("path", flat=True)
        .first()
    )


def list_placements(*, organization_id: int) -> list[PlacementRow]:
    """Where an organization stood, oldest first. Raises: OrganizationNotVisible."""
    find_organization(organization_id)
    rows = list(Placement.objects.filter(organization_id=organization_id).order_by("valid_from", "id")[:1000])
    parents = organizations_by_ids({row.parent_id for row in rows if row.parent_id})
    return [
        PlacementRow(
            parent_id=row.parent_id,
            parent_name=parents[row.parent_id].name if row.parent_id in parents else "",
            path=row.path,
            valid_from=row.valid_from,
            valid_to=row.valid_to,
        )
        for row in rows
    ]


def list_users(*, filters: UserFilters = UserFilters(), after_id: int = 0, limit: int = 50) -> list[User]:  # noqa: B008 - frozen
    """People in the reach, by id; service identities are not people."""
    rows = User.objects.filter(is_service=False, id__gt=after_id)
    if filters.organization_id is not None:
        rows = rows.filter(organization_id=filters.organization_id)
    if filters.below_id is not None:
        lo, hi = range_of(find_organization(filters.below_id).path)
        rows = rows.filter(organization_path__gte=lo, organization_path__lt=hi)
    if filters.role is not None:
        rows = rows.filter(roles__contains=[filters.role.value])
    if filters.is_active is not None:
        rows = rows.filter(is_active=filters.is_active)
    if filters.text:
        text = filters.text.strip()
        rows = rows.filter(Q(name__contains=text) | Q(username__icontains=text) | Q(phone__startswith=text))
    return list(rows.order_by("id")[:limit])


def latest_seen(user_ids: Collection[int]) -> dict[int, datetime]:
    """When each of them was last at work, by user; who never signed in is absent. One statement."""
    rows = (
        Session.objects.filter(user_id__in=set(user_ids), impersonator_id=None)
        .values("user_id")
        .annotate(seen=Max("last_seen_at"))
        .order_by("user_id")
    )
    return {row["user_id"]: row["seen"] for row in rows}


def seats_of(organization_id: int) -> Seats:
    """The seats of an organization; the brand's own people need none. Raises: OrganizationNotVisible."""
    organization = find_organization(organization_id)
    people = User.objects.filter(organization_id=organization_id, is_active=True, is_service=False)
    return Seats(
        organization_id=organization_id,
        used=people.count(),
        seats=None if organization.kind in STAFF_KINDS else organization.seats,
    )


def find_user(user_id: int) -> User:
    """Raises: UserNotVisible."""
    found = User.objects.filter(pk=user_id, is_service=False).first()
    if found is None:
        raise UserNotVisible("There is no such user.", user_id=user_id)
    return found


def sight_of(user_id: int) -> Sight:
    """What a person of the reader's reach may do, and how far the person sees. Raises: UserNotVisible."""
    user = find_user(user_id)
    place = find_organization(user.organization_id)
    roles = tuple(role for role in Role if role.value in user.roles)
    return Sight(
        user_id=user.pk,
        name=user.name,
        organization_id=place.id,
        organization_name=place.name,
        organization_kind=place.kind,
        organization_path=place.path,
        roles=roles,
        scopes=scopes_of(roles),
        reach=reach_of(kind=place.kind, path=place.path, roles=roles),
    )


def list_sessions(*, actor: Actor) -> list[Session]:
    """The actor's own open sessions, newest first."""
    return list(
        Session.objects.filter(user_id=actor.user_id or 0, ended_at=None).order_by("-created_at", "id")[:100]
    )


def has_second_factor(user_id: int | None) -> bool:
    """Whether a person signs in with an authenticator app too."""
    return User.objects.filter(pk=user_id or 0).exclude(totp_secret="").exists()


def list_clients(*, after_id: int = 0, limit: int = 50) -> list[ApiClient]:
    """The programs of the reach, by id."""
    return list(ApiClient.objects.filter(id__gt=after_id).order_by("id")[:limit])


def find_user_by_name(username: str) -> User | None:
    """The person of that user name as far as the reach goes; API clients are none."""
    return User.objects.filter(username__iexact=username.strip(), is_service=False).first()


def first_administrator() -> User | None:
    """The longest standing administrator of the brand, whose rights the command line has."""
    return (
        User.objects.filter(
            organization__kind=OrganizationKind.BRAND,
            roles__contains=[Role.ADMINISTRATOR.value],
            is_active=True,
            is_service=False,
        )
        .order_by("id")
        .first()
    )
