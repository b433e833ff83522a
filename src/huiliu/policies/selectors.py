"""Reads of versions: one, a list, the calendar, and whom a version speaks to."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from huiliu.access.models import Organization
from huiliu.access.types import Actor
from huiliu.kernel.paths import number_of
from huiliu.partners import selectors as partners
from huiliu.partners.errors import RegionUnknown
from huiliu.platform import audit_reading
from huiliu.policies import errors, rules
from huiliu.policies.models import Member, Version
from huiliu.policies.services.life import four_eyes_needed, head_of
from huiliu.policies.types import Audience, HistoryEntry, VersionFilters, VersionHead, VersionState
from huiliu.policies.wording import say_audience


def get_version(version_id: UUID, *, kind: str = "") -> VersionHead:
    """Raises: VersionNotVisible."""
    rows = Version.objects.filter(pk=version_id)
    found = (rows.filter(kind=kind) if kind else rows).first()
    if found is None:
        raise errors.VersionNotVisible("There is no such version.", version_id=str(version_id))
    return head_of(found)


def list_versions(
    *, filters: VersionFilters, after: tuple[datetime, UUID] | None = None, limit: int = 50
) -> list[VersionHead]:
    """Versions in the reach, the newest first."""
    rows = _filtered(filters)
    if after is not None:
        rows = rows.filter(Q(created_at__lt=after[0]) | Q(created_at=after[0], id__lt=after[1]))
    return [head_of(row) for row in rows.order_by("-created_at", "-id")[:limit]]


def _filtered(filters: VersionFilters) -> QuerySet[Version]:
    rows = Version.objects.all()
    for name in ("kind", "code", "state", "seller_id"):
        if value := getattr(filters, name):
            rows = rows.filter(**{name: value})
    if filters.text:
        rows = rows.filter(Q(name__icontains=filters.text) | Q(code__icontains=filters.text))
    if filters.on is not None:
        rows = rows.filter(state=VersionState.PUBLISHED, valid_from__lte=filters.on).filter(
            Q(valid_to=None) | Q(valid_to__gt=filters.on)
        )
    if filters.to_day is not None:
        rows = rows.filter(valid_from__lt=filters.to_day)
    if filters.from_day is not None:
        rows = rows.filter(Q(valid_to=None) | Q(valid_to__gt=filters.from_day))
    return rows


def version_before(head: VersionHead) -> VersionHead | None:
    """The version this one is read against: what it superseded, else the latest published of its line before it."""
    if head.supersedes_id:
        found = Version.objects.filter(pk=head.supersedes_id).first()
        return head_of(found) if found else None
    row = (
        Version.objects.filter(
            kind=head.kind, code=head.code, publish_no__isnull=False, version_no__lt=head.version_no
        )
        .order_by("-version_no")
        .first()
    )
    return head_of(row) if row else None


def members_of(version_id: UUID, *, after_id: int = 0, limit: int = 100_000) -> list[int]:
    """The organizations a published version speaks to, ascending; empty when it speaks to everyone."""
    rows = Member.objects.filter(version_id=version_id, organization_id__gt=after_id)
    return list(rows.order_by("organization_id").values_list("organization_id", flat=True)[:limit])


def spoken_to(head: VersionHead, organization_ids: Sequence[int]) -> list[int]:
    """Which of these organizations a published version speaks to."""
    if head.width is None:
        return list(organization_ids)
    rows = Member.objects.filter(version_id=head.id, organization_id__in=list(organization_ids))
    return list(rows.order_by("organization_id").values_list("organization_id", flat=True))


def version_history(version_id: UUID, *, actor: Actor, limit: int = 200) -> list[HistoryEntry]:
    """Who did what to a version and when, newest first. Raises: VersionNotVisible."""
    get_version(version_id)
    records = audit_reading.list_records(
        filters=audit_reading.AuditFilters(subject_type="policy", subject_id=str(version_id)),
        scopes=actor.scopes,
        before_id=None,
        limit=limit,
    )
    return [
        HistoryEntry(one.id, one.at, one.action, one.user_id, one.reason, one.before or {}, one.after or {})
        for one in records
    ]


def audience_words(audiences: Sequence[Audience], *, language: str) -> list[str]:
    """Each audience as a sentence; the names of all of them are read in one statement."""
    ids = {one for audience in audiences for one in _organizations_named(audience)}
    names = dict(Organization.objects.filter(pk__in=ids).values_list("pk", "name")) if ids else {}
    regions: dict[str, str] = {}

    def name_of(part: str, value: str) -> str | None:
        if part == "region_codes":
            if value not in regions:
                regions[value] = _region_name(value)
            return regions[value]
        return names.get(number_of(value) if part == "under_paths" else int(value))

    return [say_audience(one, name_of=name_of, language=language) for one in audiences]


def _organizations_named(audience: Audience) -> set[int]:
    found = {*audience.organization_ids, *audience.under_ids, *map(number_of, audience.under_paths)}
    nested = [*audience.all_of, *audience.any_of]
    if audience.except_for is not None:
        nested.append(audience.except_for)
    return found.union(*(_organizations_named(one) for one in nested))


def _region_name(code: str) -> str:
    try:
        found = partners.region_names(code)
    except RegionUnknown:
        return code  # an audience may name a code that the table does not have
    return "".join((found.province, found.city, found.district))


def allowed_actions(head: VersionHead, *, actor: Actor) -> tuple[str, ...]:
    """What the actor may do with the version now."""
    if not actor.reach.everything and not (
        head.within_path and head.within_path.startswith(actor.organization_path)
    ):
        return ()
    is_author = head.created_by is not None and head.created_by == actor.user_id
    return rules.actions(
        head.state,
        may_write=actor.may("policies:write"),
        may_approve=actor.may("policies:approve"),
        may_publish=actor.may("policies:publish"),
        is_author=is_author and four_eyes_needed(),
    )
