"""Reads of identity and of the organization tree."""

from __future__ import annotations

from django.db.models import Q

from huiliu.access.errors import OrganizationNotVisible
from huiliu.access.models import Organization, Session, User
from huiliu.access.services.organizations import placement_on, ref
from huiliu.access.types import Actor, OrganizationRef


def find_organization(organization_id: int) -> OrganizationRef:
    """Raises: OrganizationNotVisible."""
    found = Organization.objects.filter(pk=organization_id).first()
    if found is None:
        raise OrganizationNotVisible("There is no such organization.", organization_id=organization_id)
    return ref(found)


def list_organizations(
    *, parent_id: int | None = None, text: str = "", after: tuple[str, int] | None = None, limit: int = 50
) -> list[OrganizationRef]:
    """By pinyin, then id; under one parent or everywhere in the reach."""
    rows = Organization.objects.all()
    if parent_id is not None:
        rows = rows.filter(parent_id=parent_id)
    if text:
        rows = rows.filter(Q(name__contains=text) | Q(code=text) | Q(sort_key__startswith=text.lower()))
    if after is not None:
        rows = rows.filter(Q(sort_key__gt=after[0]) | Q(sort_key=after[0], id__gt=after[1]))
    return [ref(row) for row in rows.order_by("sort_key", "id")[:limit]]


def sort_keys(ids: list[int]) -> dict[int, str]:
    return dict(Organization.objects.filter(pk__in=ids).values_list("id", "sort_key"))


def list_users(*, organization_id: int | None = None, after_id: int = 0, limit: int = 50) -> list[User]:
    """People in the reach, by id; service identities are not people."""
    rows = User.objects.filter(is_service=False, id__gt=after_id)
    if organization_id is not None:
        rows = rows.filter(organization_id=organization_id)
    return list(rows.order_by("id")[:limit])


def list_sessions(*, actor: Actor) -> list[Session]:
    """The actor's own open sessions, newest first."""
    return list(
        Session.objects.filter(user_id=actor.user_id or 0, ended_at=None).order_by("-created_at", "id")[:100]
    )


__all__ = [
    "find_organization",
    "list_organizations",
    "list_sessions",
    "list_users",
    "placement_on",
    "sort_keys",
]
