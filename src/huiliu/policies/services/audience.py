"""An audience as organizations: at publish, and for those who come later."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from huiliu.kernel.paths import ancestors, number_of
from huiliu.kernel.pinyin import fold
from huiliu.platform import events, stamps
from huiliu.policies import rules
from huiliu.policies.models import Version
from huiliu.policies.types import Audience, AudiencePreview, MemberFacts, VersionState

#: What may make an organization match an audience that it did not match before.
JOINING_EVENTS = frozenset(
    {"partner.created", "partner.updated", "organization.created", "organization.moved"}
)
_FACTS = (
    "SELECT o.id, o.path, o.kind, coalesce(p.tier, ''), coalesce(p.channel, ''), coalesce(p.tags, '{}'),"
    " coalesce(p.region_code, ''), o.code, o.name"
    " FROM access_organization o LEFT JOIN partners_partner p ON p.organization_id = o.id"
    " WHERE o.kind NOT IN ('BRAND', 'BRANCH') AND o.is_active"
)
SAMPLE = 20


def resolve_audience(audience: Audience, *, within_path: str = "") -> list[int] | None:
    """The organizations an audience means now, ascending; None for everyone."""
    if audience.is_everyone and not within_path:
        return None
    return rules.members_of(audience, _candidates(within_path))


def preview_audience(
    audience: Audience, *, within_path: str = "", text: str = "", limit: int = SAMPLE
) -> AudiencePreview:
    """Whom the audience means today, with the first few by path; `text` looks for a code or name among them."""
    candidates = _rows(within_path)
    rows = [row for row in candidates if rules.matches(audience, _facts(row))]
    everyone = audience.is_everyone and not within_path
    asked = fold(text.strip())
    shown = [row for row in rows if asked in fold(row[7]) or asked in fold(row[8])] if asked else rows
    sample = tuple((row[0], row[7], row[8]) for row in sorted(shown, key=lambda row: row[1])[:limit])
    return AudiencePreview(None if everyone else len(rows), sample, len(candidates))


def _candidates(within_path: str, organization_ids: Sequence[int] | None = None) -> list[MemberFacts]:
    return [_facts(row) for row in _rows(within_path, organization_ids)]


def _rows(within_path: str, organization_ids: Sequence[int] | None = None) -> list[tuple[Any, ...]]:
    sql = _FACTS
    parameters: list[Any] = []
    if within_path:
        sql += " AND o.path LIKE %s"
        parameters.append(f"{within_path}%")
    if organization_ids is not None:
        sql += " AND o.id = ANY (%s)"
        parameters.append(list(organization_ids))
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return found


def _facts(row: tuple[Any, ...]) -> MemberFacts:
    return MemberFacts(
        organization_id=row[0],
        path=row[1],
        kind=row[2],
        tier=row[3],
        channel=row[4],
        tags=frozenset(row[5]),
        region_code=row[6],
        under=frozenset(number_of(path) for path in ancestors(row[1])),
    )


def insert_members(version_id: UUID, organization_ids: Sequence[int]) -> list[int]:
    """Those who were not members yet and are now."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO policies_member (version_id, organization_id) SELECT %s, unnest(%s::bigint[])"
            " ON CONFLICT DO NOTHING RETURNING organization_id",
            [version_id, list(organization_ids)],
        )
        return [row[0] for row in cursor.fetchall()]


def welcome_organizations(*, organization_ids: Sequence[int], now: datetime) -> int:
    """Let organizations join every published version that takes late joiners and means them now; returns how many joinings.

    Nobody is put out: who was told a promise keeps it until the version ends. Runs under a system reach.
    Replay: joins nobody twice.
    """
    joined = 0
    versions = Version.objects.filter(
        state=VersionState.PUBLISHED, width__isnull=False, late_joiners=True
    ).order_by("publish_no")
    for version in versions.exclude(valid_to__lte=now.date()):
        audience = Audience.from_json(version.audience)
        wanted = rules.members_of(audience, _candidates(version.within_path, organization_ids))
        fresh = insert_members(version.pk, wanted) if wanted else []
        if not fresh:
            continue
        Version.objects.filter(pk=version.pk).update(members_no=version.members_no + 1)
        announce(version, organization_ids=fresh, user_id=None, now=now)
        joined += len(fresh)
    if joined:
        stamps.forget()
    return joined


def welcome_newcomers(*, happened: Sequence[events.EventRow], now: datetime) -> int:
    """The handler of the event log: partners who were made, changed or moved join by rule."""
    ids = {int(event.subject_id) for event in happened if event.type in JOINING_EVENTS}
    return welcome_organizations(organization_ids=sorted(ids), now=now) if ids else 0


def announce(
    version: Version, *, organization_ids: Sequence[int], user_id: int | None, now: datetime
) -> None:
    """Tell each named organization of a version, and nobody else: one event each, one statement."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO platform_event (type, subject_type, subject_id, visible_path, visible_path_2, broadcast,"
            " payload, user_id, effective_at, recorded_at)"
            " SELECT 'policy.announced', 'policy', %s, o.path, '', false, jsonb_build_object('kind', %s::text,"
            " 'code', %s::text, 'version_no', %s::int, 'valid_from', %s::text), %s, %s, %s"
            " FROM access_organization o WHERE o.id = ANY (%s)",
            [
                str(version.pk),
                version.kind,
                version.code,
                version.version_no,
                version.valid_from.isoformat(),
                user_id,
                now,
                now,
                list(organization_ids),
            ],
        )
