"""The channel's tree: a new node, its name, and whether its people may come in."""

from __future__ import annotations

from datetime import date, datetime
from uuid import uuid4

from django.db import IntegrityError, connection, transaction

from huiliu.access import errors
from huiliu.access.models import Organization, Placement
from huiliu.access.rules import may_stand_below
from huiliu.access.selectors import ref
from huiliu.access.types import STAFF_KINDS, Actor, OrganizationKind, OrganizationRef
from huiliu.kernel.paths import child_path
from huiliu.kernel.period import zone_of
from huiliu.kernel.pinyin import sort_key
from huiliu.platform import audit, events, stamps
from huiliu.platform.database import system_reach
from huiliu.platform.errors import Stale

TREE_LOCK = 7402


def find_in_reach(actor: Actor, organization_id: int, *, lock: bool = False) -> Organization:
    """An organization the actor manages: the brand's and branches' names are shown to all, that is not enough.

    Raises: OrganizationNotVisible.
    """
    rows = Organization.objects.all()
    found = (rows.select_for_update(no_key=True) if lock else rows).filter(pk=organization_id).first()
    if found is None or not actor.reach.lo <= found.path < actor.reach.hi:
        raise errors.OrganizationNotVisible("There is no such organization.", organization_id=organization_id)
    return found


def create_organization(
    *,
    actor: Actor,
    code: str,
    name: str,
    kind: OrganizationKind,
    parent_id: int | None,
    timezone: str = "Asia/Shanghai",
    since: date,
    now: datetime,
) -> OrganizationRef:
    """A new node below `parent_id`.

    Locks:  the tree, shared: nothing is moved meanwhile.
    Raises: OrganizationNotVisible, OrganizationKindWrong, OrganizationCodeTaken.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock_shared(%s)", [TREE_LOCK])
    parent = None if parent_id is None else find_in_reach(actor, parent_id)
    if not may_stand_below(kind, OrganizationKind(parent.kind) if parent else None):
        raise errors.OrganizationKindWrong(f"{kind} cannot stand there.", field="kind")
    with system_reach("organizations"):
        organization = Organization(
            code=code.strip(),
            name=name.strip(),
            kind=kind,
            parent=parent,
            timezone=timezone,
            path=f"?{uuid4()}",  # the path holds the number, which the insert gives (no role may use the sequence)
            sort_key=sort_key(name),
            shown_to_all=kind in STAFF_KINDS,
            created_at=now,
        )
        try:
            with transaction.atomic():
                organization.save(force_insert=True)
        except IntegrityError as taken:
            raise errors.OrganizationCodeTaken("This code is in use.", field="code") from taken
        organization.path = child_path(parent.path if parent else "", organization.pk)
        organization.save(update_fields=["path"])
        Placement.objects.create(
            organization=organization, parent=parent, path=organization.path, valid_from=since
        )
    events.publish(
        type="organization.created",
        subject_type="organization",
        subject_id=organization.pk,
        paths=(organization.path,),
        user_id=actor.user_id,
        now=now,
        payload={"name": name, "code": code},
    )
    return ref(organization)


def rename_organization(*, actor: Actor, organization_id: int, name: str) -> None:
    """Call an organization otherwise; the caller records why. Raises: OrganizationNotVisible."""
    organization = find_in_reach(actor, organization_id) if actor.is_staff else None
    if organization is None:
        raise errors.OrganizationNotVisible("There is no such organization.", organization_id=organization_id)
    Organization.objects.filter(pk=organization.pk).update(
        name=name, sort_key=sort_key(name), version=organization.version + 1
    )
    stamps.forget()


def change_organization(
    *,
    actor: Actor,
    organization_id: int,
    name: str | None = None,
    timezone: str | None = None,
    seats: int | None = None,
    version: int | None = None,
    now: datetime,
) -> OrganizationRef:
    """Change what only the organization itself holds; a partner's name is the partner's (`partners`).

    Locks:  the organization's row.
    Raises: OrganizationNotVisible, KeptAsPartner, Stale, ZoneUnknown.
    """
    organization = find_in_reach(actor, organization_id, lock=True)
    if version is not None and version != organization.version:
        raise Stale("The organization was changed meanwhile.", yours=version, current=organization.version)
    if name is not None and name.strip() != organization.name and organization.kind not in STAFF_KINDS:
        raise errors.KeptAsPartner("A partner is renamed as a partner.", field="name")
    before = {"name": organization.name, "timezone": organization.timezone, "seats": organization.seats}
    if name is not None:
        organization.name, organization.sort_key = name.strip(), sort_key(name)
    if timezone is not None:
        zone_of(timezone)
        organization.timezone = timezone
    organization.seats = organization.seats if seats is None else seats
    after = {"name": organization.name, "timezone": organization.timezone, "seats": organization.seats}
    if before == after:
        return ref(organization)
    organization.version += 1
    organization.save(update_fields=["name", "sort_key", "timezone", "seats", "version"])
    _tell(organization, actor=actor, action="organization.changed", before=before, after=after, now=now)
    return ref(organization)


def set_organization_active(
    *, actor: Actor, organization_id: int, is_active: bool, reason: str, now: datetime
) -> None:
    """Let the users of an organization in, or not: inactive ends every sign-in of theirs with the next request.

    Raises: OrganizationNotVisible, NotYourself.
    """
    organization = find_in_reach(actor, organization_id) if actor.is_staff else None
    if organization is None:
        raise errors.OrganizationNotVisible("There is no such organization.", organization_id=organization_id)
    if organization.pk == actor.organization_id and not is_active:
        raise errors.NotYourself("Nobody closes the own organization.", organization_id=organization_id)
    Organization.objects.filter(pk=organization.pk).update(
        is_active=is_active, version=organization.version + 1
    )
    action = "organization.activated" if is_active else "organization.deactivated"
    _tell(organization, actor=actor, action=action, reason=reason, now=now)


def switch_organization(
    *, actor: Actor, organization_id: int, is_active: bool, reason: str, now: datetime
) -> OrganizationRef:
    """Open or close a branch; a partner is frozen or ended as a partner.

    Raises: OrganizationNotVisible, KeptAsPartner, NotYourself.
    """
    if find_in_reach(actor, organization_id).kind not in STAFF_KINDS:
        raise errors.KeptAsPartner("A partner is frozen or ended as a partner.")
    set_organization_active(
        actor=actor, organization_id=organization_id, is_active=is_active, reason=reason, now=now
    )
    return ref(Organization.objects.get(pk=organization_id))


def _tell(
    organization: Organization,
    *,
    actor: Actor,
    action: str,
    now: datetime,
    reason: str = "",
    before: dict[str, object] | None = None,
    after: dict[str, object] | None = None,
) -> None:
    audit.record(
        actor=actor,
        action=action,
        subject_type="organization",
        subject_id=organization.pk,
        owner_path=organization.path,
        now=now,
        reason=reason,
        before=before,
        after=after,
    )
    events.publish(
        type=action,
        subject_type="organization",
        subject_id=organization.pk,
        paths=(organization.path,),
        user_id=actor.user_id,
        now=now,
        payload={"name": organization.name},
    )
    stamps.forget()
