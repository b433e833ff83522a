"""The channel's tree: effective-dated, without cycles; reach follows it as it is now."""

from __future__ import annotations

from datetime import date, datetime
from uuid import uuid4

from django.db import IntegrityError, connection, transaction

from huiliu.access import errors
from huiliu.access.models import Organization, Placement
from huiliu.access.types import Actor, OrganizationKind, OrganizationRef
from huiliu.kernel.paths import child_path
from huiliu.kernel.pinyin import sort_key
from huiliu.platform import audit, events, stamps
from huiliu.platform.database import system_reach
from huiliu.platform.row_security import AnyWriter, PathScope, declared_tables

TREE_LOCK = 7402
#: Where an organization stood is what this table says: its paths are of their day.
HISTORY = frozenset({"access_placement"})


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
    """A new node below `parent_id`. Raises: OrganizationNotVisible, OrganizationCodeTaken."""
    parent = None
    if parent_id is not None:
        parent = Organization.objects.filter(pk=parent_id).first()
        if parent is None or (not actor.is_staff and not parent.path.startswith(actor.organization_path)):
            raise errors.OrganizationNotVisible("There is no such parent.", parent_id=parent_id)
    with system_reach("organizations"):
        organization = Organization(
            code=code.strip(),
            name=name.strip(),
            kind=kind,
            parent=parent,
            timezone=timezone,
            path=f"?{uuid4()}",  # the path holds the number, which the insert gives (no role may use the sequence)
            sort_key=sort_key(name),
            shown_to_all=kind in (OrganizationKind.BRAND, OrganizationKind.BRANCH),
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


def move_organization(
    *, actor: Actor, organization_id: int, parent_id: int, effective_on: date, reason: str, now: datetime
) -> OrganizationRef:
    """Put an organization and everything below it under another parent, from a day on.

    The placement of the day before stays: reports of last year keep their totals. Reach changes now:
    every path column of every table is rewritten, except those of what happened.

    Locks:  the tree (one move at a time).
    Raises: OrganizationNotVisible, TreeCycle.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [TREE_LOCK])
    organization = Organization.objects.filter(pk=organization_id).first()
    parent = Organization.objects.filter(pk=parent_id).first()
    if organization is None or parent is None:
        raise errors.OrganizationNotVisible("There is no such organization.", organization_id=organization_id)
    if parent.path.startswith(organization.path):
        raise errors.TreeCycle("An organization cannot stand below itself.", organization_id=organization_id)
    before, after = organization.path, child_path(parent.path, organization.pk)
    if before == after:
        return ref(organization)
    with system_reach("organizations"):
        _close_placements(before, on=effective_on)
        Organization.objects.filter(pk=organization.pk).update(parent=parent)
        rewrite_paths(before=before, after=after)
        _open_placements(after, on=effective_on)
    audit.record(
        actor=actor,
        action="organization.moved",
        subject_type="organization",
        subject_id=organization.pk,
        owner_path=actor.organization_path,
        now=now,
        reason=reason,
        before={"path": before},
        after={"path": after},
    )
    events.publish(
        type="organization.moved",
        subject_type="organization",
        subject_id=organization.pk,
        paths=(before, after),
        user_id=actor.user_id,
        now=now,
        payload={"before": before, "after": after, "on": effective_on.isoformat()},
    )
    stamps.forget()
    return ref(Organization.objects.get(pk=organization.pk))


def rename_organization(*, actor: Actor, organization_id: int, name: str) -> None:
    """Call an organization otherwise; the caller records why. Raises: OrganizationNotVisible."""
    if not actor.is_staff or not Organization.objects.filter(pk=organization_id).update(
        name=name, sort_key=sort_key(name)
    ):
        raise errors.OrganizationNotVisible("There is no such organization.", organization_id=organization_id)
    stamps.forget()


def set_organization_active(
    *, actor: Actor, organization_id: int, is_active: bool, reason: str, now: datetime
) -> None:
    """Let the users of an organization in, or not: inactive ends every sign-in of theirs with the next request.

    Raises: OrganizationNotVisible.
    """
    organization = Organization.objects.filter(pk=organization_id).first() if actor.is_staff else None
    if organization is None:
        raise errors.OrganizationNotVisible("There is no such organization.", organization_id=organization_id)
    organization.is_active = is_active
    organization.save(update_fields=["is_active"])
    audit.record(
        actor=actor,
        action="organization.activated" if is_active else "organization.deactivated",
        subject_type="organization",
        subject_id=organization.pk,
        owner_path=organization.path,
        now=now,
        reason=reason,
    )
    stamps.forget()


def _close_placements(path: str, *, on: date) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM access_placement WHERE path LIKE %s AND valid_from >= %s", [path + "%", on]
        )
        cursor.execute(
            "UPDATE access_placement SET valid_to = %s WHERE path LIKE %s AND (valid_to IS NULL OR valid_to > %s)",
            [on, path + "%", on],
        )


def _open_placements(path: str, *, on: date) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO access_placement (organization_id, parent_id, path, valid_from)"
            " SELECT id, parent_id, path, %s FROM access_organization WHERE path LIKE %s",
            [on, path + "%"],
        )


def rewrite_paths(*, before: str, after: str) -> int:
    """Replace the beginning of every reach path of today; returns rows changed. `access_placement` is history."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT access_rewrite_paths(%s, %s, %s, %s)", [before, after, _path_columns(), 10**9])
        return int(cursor.fetchone()[0])


def _path_columns() -> list[str]:
    found: list[str] = []
    for table, security in sorted(declared_tables().items()):
        if table in HISTORY:
            continue
        columns: tuple[str, ...] = ()
        if isinstance(security, PathScope):
            columns = security.columns
        elif isinstance(security, AnyWriter):
            columns = (security.column,)
        found.extend(f"{table}.{column}" for column in columns)
    return found


def placement_on(*, organization_id: int, on: date) -> str | None:
    """The path the organization had on a day; None before it existed."""
    return (
        Placement.objects.filter(organization_id=organization_id, valid_from__lte=on)
        .exclude(valid_to__lte=on)
        .values_list("path", flat=True)
        .first()
    )


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
    )
