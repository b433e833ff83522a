"""Moving a part of the tree: today's reach follows at once, the past stays where it was (docs/adr/0006)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection
from django.db.models import F, Q

from huiliu.access import errors
from huiliu.access.models import Organization, PathRewrite, Placement, User
from huiliu.access.rules import may_stand_below
from huiliu.access.selectors import ref
from huiliu.access.services.organizations import TREE_LOCK, find_in_reach
from huiliu.access.types import Actor, Moved, MoveEffect, OrganizationKind
from huiliu.kernel.paths import child_path, parent_path, range_of
from huiliu.kernel.period import business_date
from huiliu.platform import audit, events, stamps
from huiliu.platform.database import system_reach
from huiliu.platform.row_security import declared_tables

#: Where an organization stood is what this table says: its paths are of their day.
HISTORY = frozenset({"access_placement"})
#: Who may see what hangs on these: they follow in the move's own transaction, however many they are.
FIRST = ("access_organization", "access_user", "access_session", "access_api_client")
ROWS_AT_ONCE = 20_000
CHUNK = 5_000


@dataclass(frozen=True, slots=True)
class _Move:
    organization: Organization
    parent: Organization
    before: str
    after: str


def move_organization(
    *, actor: Actor, organization_id: int, parent_id: int, effective_on: date, reason: str, now: datetime
) -> Moved:
    """Put an organization and everything below it under another parent, from a day on.

    The placement of the day before stays: reports of last year keep their totals. Reach changes now: the
    paths of up to ROWS_AT_ONCE rows are rewritten here, `continue_path_rewrites` does the rest.

    Locks:  the tree (one move at a time, no new organization meanwhile).
    Raises: OrganizationNotVisible, TreeCycle, OrganizationKindWrong, MoveInFuture, MoveBeforeLatest, MoveInProgress.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [TREE_LOCK])
    move = _checked(actor, organization_id, parent_id)
    if move.before == move.after:
        return Moved(ref(move.organization), rows=0, pending=False)
    with system_reach("organizations"):
        _check_day(move.organization, on=effective_on, today=business_date(now, actor.timezone))
        _check_in_progress(move)
        _move_placements(move, on=effective_on)
        Organization.objects.filter(pk=move.organization.pk).update(
            parent=move.parent, version=F("version") + 1
        )
        first, rest = path_columns()
        rows = _rewrite(move.before, move.after, first, rows_max=2**62)
        rows += _rewrite(move.before, move.after, rest, rows_max=ROWS_AT_ONCE)
        PathRewrite.objects.create(before=move.before, after=move.after, rows_done=rows, created_at=now)
        pending = paths_left(move.before)
    _tell(move, actor=actor, on=effective_on, reason=reason, now=now)
    return Moved(ref(Organization.objects.get(pk=move.organization.pk)), rows=rows, pending=pending)


def preview_move(*, actor: Actor, organization_id: int, parent_id: int) -> MoveEffect:
    """What a move would take along; changes nothing.

    Raises: OrganizationNotVisible, TreeCycle, OrganizationKindWrong.
    """
    move = _checked(actor, organization_id, parent_id)
    lo, hi = range_of(move.before)
    rows: dict[str, int] = {}
    for target in path_columns()[1]:
        table, column = target.split(".")
        if "SELECT" in declared_tables()[table].grants()[actor.reach.role]:
            with connection.cursor() as cursor:
                cursor.execute(
                    f"SELECT count(*) FROM {table} WHERE {column} >= %s AND {column} < %s",
                    [lo, hi],
                )
                rows[target] = int(cursor.fetchone()[0])
    return MoveEffect(
        organizations=Organization.objects.filter(path__gte=lo, path__lt=hi).count(),
        users=User.objects.filter(
            organization_path__gte=lo, organization_path__lt=hi, is_active=True, is_service=False
        ).count(),
        rows={target: count for target, count in rows.items() if count},
        path_after=move.after,
    )


def continue_path_rewrites(*, now: datetime, rows_max: int = CHUNK) -> int:
    """Let the next rows of an unfinished move follow; returns how many did. For the worker, in its own transaction.

    A move is finished when nothing is left and no transaction older than it is running: such a one may still
    write a row under the old path.

    Locks:  the move's row, so that two workers never do the same one; the rewritten rows.
    Replay: nothing is done twice, a chunk that failed is done again.
    """
    with system_reach("organizations"):
        rewrite = (
            PathRewrite.objects.select_for_update(skip_locked=True)
            .filter(finished_at=None)
            .order_by("id")
            .first()
        )
        if rewrite is None:
            return 0
        with connection.cursor() as cursor:
            cursor.execute("SELECT platform_horizon(pg_current_snapshot())")
            is_alone = int(cursor.fetchone()[0]) > rewrite.row_xid
        first, rest = path_columns()
        rows = _rewrite(rewrite.before, rewrite.after, [*first, *rest], rows_max=rows_max)
        rewrite.rows_done += rows
        if rows < rows_max and is_alone and not paths_left(rewrite.before):
            rewrite.finished_at = now
        rewrite.save(update_fields=["rows_done", "finished_at"])
        return rows


def paths_left(before: str) -> bool:
    """Whether any row of any table still stands under a path. System reach."""
    first, rest = path_columns()
    with connection.cursor() as cursor:
        cursor.execute("SELECT access_paths_left(%s, %s)", [before, [*first, *rest]])
        return bool(cursor.fetchone()[0])


def path_columns() -> tuple[list[str], list[str]]:
    """Every declared path column as `table.column`: those of FIRST, then the others."""
    found = [
        f"{table}.{column}"
        for table, security in sorted(declared_tables().items())
        if table not in HISTORY
        for column in security.paths()
    ]
    first = [target for target in found if target.split(".")[0] in FIRST]
    return first, [target for target in found if target not in first]


def _rewrite(before: str, after: str, columns: list[str], *, rows_max: int) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT access_rewrite_paths(%s, %s, %s, %s)", [before, after, columns, rows_max])
        return int(cursor.fetchone()[0])


def _checked(actor: Actor, organization_id: int, parent_id: int) -> _Move:
    organization = find_in_reach(actor, organization_id)
    parent = find_in_reach(actor, parent_id)
    if parent.path.startswith(organization.path):
        raise errors.TreeCycle("An organization cannot stand below itself.", organization_id=organization_id)
    if not may_stand_below(OrganizationKind(organization.kind), OrganizationKind(parent.kind)):
        raise errors.OrganizationKindWrong(
            f"{organization.kind} cannot stand below {parent.kind}.", field="parent_id"
        )
    after = child_path(parent.path, organization.pk)
    return _Move(organization, parent, organization.path, after)


def _check_day(organization: Organization, *, on: date, today: date) -> None:
    if on > today:
        raise errors.MoveInFuture("This day has not come.", field="effective_on", today=today)
    present = Placement.objects.filter(organization=organization, valid_to=None).first()
    if present is not None and on < present.valid_from:
        raise errors.MoveBeforeLatest(
            "It stands at its present place only since a later day.",
            field="effective_on",
            since=present.valid_from,
        )


def _check_in_progress(move: _Move) -> None:
    """Stragglers of one move must not be caught by another."""
    lo, hi = range_of(move.before)
    paths = [move.before[:end] for end in range(7, len(move.before) + 1, 7)]
    near = (
        Q(before__gte=lo, before__lt=hi)
        | Q(after__gte=lo, after__lt=hi)
        | Q(before__in=paths)
        | Q(after__in=paths)
        | Q(before=move.after)
    )
    if PathRewrite.objects.filter(near, finished_at=None).exists():
        raise errors.MoveInProgress("An earlier move is still being carried through.")


def _move_placements(move: _Move, *, on: date) -> None:
    """End the old places on the day and open the new ones; what began later only stands elsewhere since then."""
    lo, hi = range_of(move.before)
    place = "path >= %s AND path < %s"
    new_path = "%s || substr(path, length(%s) + 1)"
    new_parent = "CASE WHEN organization_id = %s THEN %s ELSE parent_id END"
    names: list[int | str] = [move.organization.pk, move.parent.pk, move.after, move.before]
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT id, valid_to FROM access_placement WHERE {place} AND valid_from < %s"
            " AND (valid_to IS NULL OR valid_to > %s)",
            [lo, hi, on, on],
        )
        split: list[tuple[int, date | None]] = cursor.fetchall()
        cursor.execute(
            f"UPDATE access_placement SET parent_id = {new_parent}, path = {new_path}"
            f" WHERE {place} AND valid_from >= %s",
            [*names, lo, hi, on],
        )
        cursor.execute(
            "UPDATE access_placement SET valid_to = %s WHERE id = ANY(%s)", [on, [row[0] for row in split]]
        )
        cursor.execute(
            "INSERT INTO access_placement (organization_id, parent_id, path, valid_from, valid_to)"
            f" SELECT organization_id, {new_parent}, {new_path}, %s, ended.valid_to"
            "   FROM access_placement JOIN unnest(%s::bigint[], %s::date[]) AS ended (id, valid_to) USING (id)",
            [*names, on, [row[0] for row in split], [row[1] for row in split]],
        )


def _tell(move: _Move, *, actor: Actor, on: date, reason: str, now: datetime) -> None:
    audit.record(
        actor=actor,
        action="organization.moved",
        subject_type="organization",
        subject_id=move.organization.pk,
        owner_path=actor.organization_path,
        now=now,
        reason=reason,
        before={"path": move.before},
        after={"path": move.after, "on": on},
    )
    events.publish(
        type="organization.moved",
        subject_type="organization",
        subject_id=move.organization.pk,
        paths=(parent_path(move.before), move.after),  # whoever lost it learns where it went
        user_id=actor.user_id,
        now=now,
        payload={"before": move.before, "after": move.after, "on": on.isoformat()},
    )
    stamps.forget()
