"""The channel's tree: a new node, its name, and whether its people may come in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from uuid import uuid4

from django.db import IntegrityError, connection, transaction

from huiliu.access import errors
from huiliu.access.models import Organization, Placement
from huiliu.access.rules import may_stand_below
from huiliu.access.selectors import ref
from huiliu.access.types import STAFF_KINDS, Actor, NewOrganization, OrganizationKind, OrganizationRef
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
    return _in_reach(actor, organization_id, found)


def _in_reach(actor: Actor, organization_id: int, found: Organization | None) -> Organization:
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
    wanted = NewOrganization(code, name, kind, parent_id, timezone=timezone)
    return create_organizations(actor=actor, wanted=[wanted], since=since, now=now)[0]


def create_organizations(
    *, actor: Actor, wanted: Sequence[NewOrganization], since: date, now: datetime
) -> list[OrganizationRef]:
    """New nodes, in their order; one may stand below another that comes before it. All or none.

    Locks:  the tree, shared: nothing is moved meanwhile.
    Raises: OrganizationNotVisible, OrganizationKindWrong, OrganizationCodeTaken.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock_shared(%s)", [TREE_LOCK])
    parents = Organization.objects.in_bulk({one.parent_id for one in wanted if one.parent_id is not None})
    made: list[Organization] = []
    levels: dict[int, list[Organization]] = {}
    depths: list[int] = []
    for one in wanted:
        place = one.parent_place
        above = made[place] if place is not None else _parent(actor, one.parent_id, parents)
        check_place(one.kind, OrganizationKind(above.kind) if above else None)
        made.append(_node(one, above, now=now))
        depths.append(0 if place is None else depths[place] + 1)
        levels.setdefault(depths[-1], []).append(made[-1])
    with system_reach("organizations"):
        for level in sorted(levels):
            _insert_level(levels[level])
        _place(made, since=since)
    events.publish_all(
        [
            events.NewEvent(
                type="organization.created",
                subject_type="organization",
                subject_id=row.pk,
                paths=(row.path,),
                user_id=actor.user_id,
                now=now,
                payload={"name": one.name, "code": one.code},
            )
            for row, one in zip(made, wanted, strict=True)
        ]
    )
    return [ref(row) for row in made]


def check_place(kind: OrganizationKind, parent: OrganizationKind | None) -> None:
    """Whether such a node may stand below such a one. Raises: OrganizationKindWrong."""
    if not may_stand_below(kind, parent):
        raise errors.OrganizationKindWrong(f"{kind} cannot stand there.", field="kind")


def _parent(actor: Actor, parent_id: int | None, known: Mapping[int, Organization]) -> Organization | None:
    return None if parent_id is None else _in_reach(actor, parent_id, known.get(parent_id))


def _node(one: NewOrganization, parent: Organization | None, *, now: datetime) -> Organization:
    return Organization(
        code=one.code.strip(),
        name=one.name.strip(),
        kind=one.kind,
        parent=parent,
        timezone=one.timezone,
        path=f"?{uuid4()}",  # the path holds the number, which the insert gives (no role may use the sequence)
        sort_key=sort_key(one.name),
        shown_to_all=one.kind in STAFF_KINDS,
        created_at=now,
    )


def _insert_level(rows: list[Organization]) -> None:
    """Rows whose parents have their numbers. Raises: OrganizationCodeTaken."""
    try:
        with transaction.atomic():
            Organization.objects.bulk_create(rows)
    except IntegrityError as taken:
        raise errors.OrganizationCodeTaken("This code is in use.", field="code") from taken
    for row in rows:
        row.path = child_path(row.parent.path if row.parent else "", row.pk)


def _place(rows: list[Organization], *, since: date) -> None:
    """Their paths, now that they have numbers, and that they stand there from today on."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE access_organization o SET path = placed.path"
            " FROM unnest(%s::bigint[], %s::text[]) AS placed (id, path) WHERE o.id = placed.id",
            [[row.pk for row in rows], [row.path for row in rows]],
        )
    Placement.objects.bulk_create(
        [Placement(organization=row, parent=row.parent, path=row.path, valid_from=since) for row in rows]
    )


def rename_organizations(*, actor: Actor, names: Mapping[int, str]) -> None:
    """Call organizations otherwise, by id; the caller records why. Raises: OrganizationNotVisible."""
    known = Organization.objects.in_bulk(names) if actor.is_staff else {}
    for one in names:
        _in_reach(actor, one, known.get(one))
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE access_organization o SET name = said.name, sort_key = said.sort_key,"
            " version = o.version + 1"
            " FROM unnest(%s::bigint[], %s::text[], %s::text[]) AS said (id, name, sort_key)"
            " WHERE o.id = said.id",
            [list(names), list(names.values()), [sort_key(name) for name in names.values()]],
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
