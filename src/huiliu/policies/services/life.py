"""The common life of a version; the content's own checks are handed in by its module."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Max

from huiliu.access.types import Actor
from huiliu.kernel.states import step
from huiliu.platform import audit, events
from huiliu.policies import errors
from huiliu.policies.models import Member, Version
from huiliu.policies.types import Audience, VersionHead, VersionState

MOVES = {
    VersionState.DRAFT: frozenset({VersionState.APPROVED}),
    VersionState.APPROVED: frozenset({VersionState.PUBLISHED, VersionState.DRAFT}),
    VersionState.PUBLISHED: frozenset({VersionState.ENDED}),
    VersionState.ENDED: frozenset[VersionState](),
}
PUBLISH_LOCK = 7301


def create_version(
    *,
    actor: Actor,
    version_id: UUID,
    kind: str,
    code: str,
    name: str,
    seller_id: int,
    audience: Audience,
    content: dict[str, Any],
    valid_from: date,
    valid_to: date | None,
    now: datetime,
) -> VersionHead:
    """A new draft of a line of versions. Raises: VersionCodeTaken while a draft is open, PeriodInvalid."""
    if valid_to is not None and valid_to <= valid_from:
        raise errors.PeriodInvalid("The end is not after the beginning.", field="valid_to")
    earlier = Version.objects.filter(pk=version_id).first()
    if earlier is not None:
        return head_of(earlier)
    line = Version.objects.filter(kind=kind, code=code)
    if line.filter(state__in=(VersionState.DRAFT, VersionState.APPROVED)).exists():
        raise errors.VersionCodeTaken("A draft of this policy is open.", code=code)
    latest = line.aggregate(latest=Max("version_no"))["latest"] or 0
    version = Version(
        id=version_id,
        kind=kind,
        code=code,
        name=name,
        version_no=latest + 1,
        seller_id=seller_id,
        audience=audience.as_json(),
        content=content,
        valid_from=valid_from,
        valid_to=valid_to,
        created_by=actor.user_id,
        created_at=now,
    )
    Version.objects.bulk_create([version])
    _record(version, actor=actor, action="policy.drafted", now=now)
    return head_of(version)


def lock_version(version_id: UUID) -> Version:
    """The version, locked until the transaction ends; raises VersionNotVisible."""
    version = Version.objects.select_for_update(no_key=True).filter(pk=version_id).first()
    if version is None:
        raise errors.VersionNotVisible("There is no such version.", version_id=str(version_id))
    return version


def lock_draft(version_id: UUID) -> Version:
    """A version that may still be edited; raises PublishedIsNeverEdited."""
    version = lock_version(version_id)
    if version.state != VersionState.DRAFT:
        raise errors.PublishedIsNeverEdited("Only a draft can be edited.", state=version.state)
    return version


def approve_version(
    *, actor: Actor, version_id: UUID, now: datetime, check: Callable[[Version], None]
) -> VersionHead:
    """Somebody other than the author says yes. Raises: FourEyes, WrongState, what `check` raises."""
    version = lock_version(version_id)
    state = step(MOVES, before=VersionState(version.state), after=VersionState.APPROVED)
    if version.created_by == actor.user_id:
        raise errors.FourEyes("The author cannot approve.", author=version.created_by)
    check(version)
    version.state, version.approved_by, version.approved_at = state, actor.user_id, now
    version.save(update_fields=["state", "approved_by", "approved_at"])
    _record(version, actor=actor, action="policy.approved", now=now)
    return head_of(version)


def publish_version(
    *,
    actor: Actor,
    version_id: UUID,
    now: datetime,
    check: Callable[[Version], None],
    digest_of: Callable[[Version], str],
) -> VersionHead:
    """Make a version count, for its audience as it is now; the version it succeeds ends where it begins.

    Locks:  one publish of a kind at a time, so that two that tie cannot both pass the lint.
    Raises: WrongState, AudienceEmpty, what `check` raises.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [PUBLISH_LOCK])
    version = lock_version(version_id)
    state = step(MOVES, before=VersionState(version.state), after=VersionState.PUBLISHED)
    members = resolve_audience(Audience.from_json(version.audience))
    if members is not None:
        if not members:
            raise errors.AudienceEmpty("Nobody matches this audience.", audience=version.audience)
        Member.objects.bulk_create(
            [Member(version_id=version.pk, organization_id=organization_id) for organization_id in members],
            batch_size=2000,
        )
    version.width = None if members is None else len(members)
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('policies_publish_seq')")
        version.publish_no = cursor.fetchone()[0]
    _succeed(version, now=now)
    check(version)
    version.state, version.published_by, version.published_at = state, actor.user_id, now
    version.digest = digest_of(version)
    version.save()
    _record(version, actor=actor, action="policy.published", now=now)
    events.publish(
        type="policy.published",
        subject_type="policy",
        subject_id=version.pk,
        paths=(),
        broadcast=True,
        user_id=actor.user_id,
        now=now,
        payload={
            "kind": version.kind,
            "name": version.name,
            "version_no": version.version_no,
            "valid_from": version.valid_from.isoformat(),
        },
    )
    return head_of(version)


def _succeed(version: Version, *, now: datetime) -> None:
    """The version in force of the same line ends the day its successor begins."""
    earlier = (
        Version.objects.select_for_update(no_key=True)
        .filter(kind=version.kind, code=version.code, state=VersionState.PUBLISHED)
        .order_by("-version_no")
    )
    for one in earlier:
        if one.valid_to is None or one.valid_to > version.valid_from:
            if one.valid_from >= version.valid_from:
                one.state, one.ended_at = VersionState.ENDED, now
                one.save(update_fields=["state", "ended_at"])
            else:
                one.valid_to = version.valid_from
                one.save(update_fields=["valid_to"])
            version.supersedes_id = version.supersedes_id or one.pk


def end_version(*, actor: Actor, version_id: UUID, reason: str, now: datetime) -> VersionHead:
    """Take a published version out of force at once. Raises: WrongState."""
    version = lock_version(version_id)
    version.state = step(MOVES, before=VersionState(version.state), after=VersionState.ENDED)
    version.ended_at = now
    version.save(update_fields=["state", "ended_at"])
    _record(version, actor=actor, action="policy.ended", now=now, reason=reason)
    events.publish(
        type="policy.ended",
        subject_type="policy",
        subject_id=version.pk,
        paths=(),
        broadcast=True,
        user_id=actor.user_id,
        now=now,
        payload={"kind": version.kind, "name": version.name},
    )
    return head_of(version)


def resolve_audience(audience: Audience) -> list[int] | None:
    """The organizations an audience means now, by id; None for everyone."""
    if audience.is_everyone:
        return None
    parameters: list[Any] = []
    clauses = ["o.kind NOT IN ('BRAND', 'BRANCH')", "o.is_active"]
    if audience.organization_ids:
        clauses.append("o.id = ANY (%s)")
        parameters.append(list(audience.organization_ids))
    if audience.under_paths:
        clauses.append("EXISTS (SELECT 1 FROM unnest(%s::text[]) u(path) WHERE o.path LIKE u.path || '%%')")
        parameters.append(list(audience.under_paths))
    for column, values in (
        ("p.tier", audience.tiers),
        ("p.channel", audience.channels),
        ("o.kind", audience.kinds),
    ):
        if values:
            clauses.append(f"{column} = ANY (%s)")
            parameters.append(list(values))
    if audience.tags:
        clauses.append("p.tags && %s::text[]")
        parameters.append(list(audience.tags))
    if audience.region_codes:
        clauses.append(
            "EXISTS (SELECT 1 FROM unnest(%s::text[]) r(code) WHERE p.region_code LIKE r.code || '%%')"
        )
        parameters.append([code.rstrip("0") or "0" for code in audience.region_codes])
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT o.id FROM access_organization o LEFT JOIN partners_partner p ON p.organization_id = o.id WHERE "
            + " AND ".join(clauses)
            + " ORDER BY o.id",
            parameters,
        )
        return [row[0] for row in cursor.fetchall()]


def head_of(version: Version) -> VersionHead:
    return VersionHead(
        id=version.pk,
        kind=version.kind,
        code=version.code,
        name=version.name,
        version_no=version.version_no,
        state=VersionState(version.state),
        seller_id=version.seller_id,
        audience=Audience.from_json(version.audience),
        content=version.content,
        valid_from=version.valid_from,
        valid_to=version.valid_to,
        width=version.width,
        publish_no=version.publish_no,
        version=version.version,
    )


def digest(content: Any) -> str:
    """The same content has the same digest, whatever the order of keys."""
    return hashlib.sha256(json.dumps(content, sort_keys=True, default=str).encode()).hexdigest()[:32]


def _record(version: Version, *, actor: Actor, action: str, now: datetime, reason: str = "") -> None:
    audit.record(
        actor=actor,
        action=action,
        subject_type="policy",
        subject_id=version.pk,
        owner_path=actor.organization_path,
        now=now,
        reason=reason,
        after={
            "kind": version.kind,
            "code": version.code,
            "version_no": version.version_no,
            "state": str(version.state),
        },
    )
