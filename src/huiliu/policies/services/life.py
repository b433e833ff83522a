"""The common life of a version; the content's own checks are handed in by its module."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection

from huiliu.access.models import Organization
from huiliu.access.types import Actor
from huiliu.kernel.states import WrongState, step
from huiliu.platform import audit, events, settings_store, stamps
from huiliu.platform.errors import Stale
from huiliu.policies import errors
from huiliu.policies.declarations import FOUR_EYES
from huiliu.policies.models import Version
from huiliu.policies.rules import MOVES
from huiliu.policies.services.audience import announce, insert_members, resolve_audience
from huiliu.policies.types import Audience, VersionHead, VersionState

PUBLISH_LOCK = 7301
Members = Sequence[int] | None
Check = Callable[[VersionHead, Members], None]


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
    late_joiners: bool = True,
) -> VersionHead:
    """A new draft of a line of versions.

    Replay: the same id again answers the version that stands.
    Raises: VersionCodeTaken while a draft is open, CodeElsewhere, VersionIdReused, SellerNotVisible, PeriodInvalid.
    """
    _check_period(valid_from, valid_to)
    earlier = Version.objects.filter(pk=version_id).first()
    if earlier is not None:
        if (earlier.kind, earlier.code) != (kind, code):
            raise errors.VersionIdReused("This id is taken.", version_id=str(version_id))
        return head_of(earlier)
    if not Organization.objects.filter(pk=seller_id).exists():
        raise errors.SellerNotVisible("There is no such seller.", field="seller_id", seller_id=seller_id)
    within_path = "" if actor.reach.everything else actor.organization_path
    version = Version(
        id=version_id,
        kind=kind,
        code=code,
        name=name,
        version_no=_next_in_line(kind, code, seller_id=seller_id, within_path=within_path),
        seller_id=seller_id,
        within_path=within_path,
        audience=audience.as_json(),
        late_joiners=late_joiners,
        content=content,
        valid_from=valid_from,
        valid_to=valid_to,
        created_by=actor.user_id,
        created_at=now,
        updated_at=now,
    )
    version.save(force_insert=True)
    _record(version, actor=actor, action="policy.drafted", now=now)
    return head_of(version)


def _check_period(valid_from: date, valid_to: date | None) -> None:
    if valid_to is not None and valid_to <= valid_from:
        raise errors.PeriodInvalid("The end is not after the beginning.", field="valid_to")


def _next_in_line(kind: str, code: str, *, seller_id: int, within_path: str) -> int:
    """The number of the next version. Locks: the line, so that two drafts at once get one number and one refusal."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"policies:{kind}:{code}"])
        cursor.execute(
            "SELECT latest, seller_id, within_path, has_draft FROM policies_line(%s, %s)", [kind, code]
        )
        line = cursor.fetchone()
    if line is None:
        return 1
    latest, known_seller, known_path, has_draft = line
    if (known_seller, known_path) != (seller_id, within_path):
        raise errors.CodeElsewhere("This code is used elsewhere.", field="code", code=code)
    if has_draft:
        raise errors.VersionCodeTaken("A draft of this policy is open.", code=code)
    return int(latest) + 1


def lock_version(version_id: UUID, *, actor: Actor | None = None) -> Version:
    """The version, locked until the transaction ends; with an actor, one that it may change.

    Raises: VersionNotVisible, NotYours.
    """
    version = Version.objects.select_for_update(no_key=True).filter(pk=version_id).first()
    if version is None:
        raise errors.VersionNotVisible("There is no such version.", version_id=str(version_id))
    if (
        actor is not None
        and not actor.reach.everything
        and (not version.within_path or not version.within_path.startswith(actor.organization_path))
    ):
        raise errors.NotYours("This policy is headquarters'.", version_id=str(version_id))
    return version


def lock_draft(version_id: UUID, *, actor: Actor | None = None) -> VersionHead:
    """A version that may still be edited; raises PublishedIsNeverEdited."""
    return head_of(_draft(version_id, actor))


def _draft(version_id: UUID, actor: Actor | None) -> Version:
    version = lock_version(version_id, actor=actor)
    if version.state != VersionState.DRAFT:
        raise errors.PublishedIsNeverEdited("Only a draft can be edited.", state=version.state)
    return version


def update_version(
    *,
    actor: Actor,
    version_id: UUID,
    expected_version: int | None,
    name: str,
    audience: Audience,
    content: dict[str, Any],
    valid_from: date,
    valid_to: date | None,
    now: datetime,
    late_joiners: bool = True,
) -> VersionHead:
    """Change a draft's head. Raises: Stale, PublishedIsNeverEdited, PeriodInvalid."""
    _check_period(valid_from, valid_to)
    version = _draft(version_id, actor)
    _check_current(version, expected_version)
    before = _facts(version)
    version.name, version.audience, version.content = name, audience.as_json(), content
    version.valid_from, version.valid_to, version.late_joiners = valid_from, valid_to, late_joiners
    version.version += 1
    version.updated_at = now
    version.save()
    _record(version, actor=actor, action="policy.edited", now=now, before=before)
    return head_of(version)


def _check_current(version: Version, expected_version: int | None) -> None:
    if expected_version is not None and version.version != expected_version:
        raise Stale(
            "The draft was changed since you read it.", yours=expected_version, current=version.version
        )


def touch_draft(
    version_id: UUID, *, actor: Actor, expected_version: int | None, now: datetime
) -> VersionHead:
    """Take a draft to change its content: its version number grows, so that who read it before is told.

    Locks:  the version, until the transaction ends.
    Raises: VersionNotVisible, NotYours, PublishedIsNeverEdited, Stale.
    """
    version = _draft(version_id, actor)
    _check_current(version, expected_version)
    version.version += 1
    version.updated_at = now
    version.save(update_fields=["version", "updated_at"])
    return head_of(version)


def approve_version(*, actor: Actor, version_id: UUID, now: datetime, check: Check) -> VersionHead:
    """Somebody other than the author says yes, unless the brand's setting lets authors approve.

    Raises: FourEyes, WrongState, what `check` raises.
    """
    version = lock_version(version_id, actor=actor)
    state = step(MOVES, before=VersionState(version.state), after=VersionState.APPROVED)
    if actor.user_id is not None and version.created_by == actor.user_id and four_eyes_needed():
        raise errors.FourEyes("The author cannot approve.", author=version.created_by)
    check(head_of(version), _resolve(version))
    version.state, version.approved_by, version.approved_at = state, actor.user_id, now
    version.save(update_fields=["state", "approved_by", "approved_at"])
    _record(version, actor=actor, action="policy.approved", now=now)
    return head_of(version)


def four_eyes_needed() -> bool:
    """Whether an author must find somebody else to approve; on unless the brand switched it off."""
    return bool(settings_store.value_of(FOUR_EYES))


def revise_version(*, actor: Actor, version_id: UUID, now: datetime) -> VersionHead:
    """Take an approved version back to draft; the approval is gone. Raises: WrongState."""
    version = lock_version(version_id, actor=actor)
    version.state = step(MOVES, before=VersionState(version.state), after=VersionState.DRAFT)
    version.approved_by = version.approved_at = None
    version.save(update_fields=["state", "approved_by", "approved_at"])
    _record(version, actor=actor, action="policy.revised", now=now)
    return head_of(version)


def publish_lock() -> int:
    """The one lock of every publication."""
    return PUBLISH_LOCK


def publish_version(
    *,
    actor: Actor,
    version_id: UUID,
    now: datetime,
    check: Check,
    digest_of: Callable[[VersionHead], str],
    counts_of: Callable[[VersionHead], dict[str, int]],
) -> VersionHead:
    """Make a version count, for its audience as it is now; the version it succeeds ends where it begins.

    Locks:  one publish at a time, so that of two that tie the second sees the first and is refused.
    Replay: a published version is answered as it stands; nothing is written again.
    Raises: WrongState, AudienceEmpty, what `check` raises.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [publish_lock()])
    stamps.forget()  # somebody may have published while we waited
    version = lock_version(version_id, actor=actor)
    if version.state == VersionState.PUBLISHED:
        return head_of(version)
    state = step(MOVES, before=VersionState(version.state), after=VersionState.PUBLISHED)
    members = _resolve(version)
    if members is not None:
        if not members:
            raise errors.AudienceEmpty("Nobody matches this audience.", audience=version.audience)
        insert_members(version.pk, members)
    version.width = None if members is None else len(members)
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('policies_publish_seq')")
        version.publish_no = cursor.fetchone()[0]
    _succeed(version, now=now)
    check(head_of(version), members)
    version.state, version.published_by, version.published_at = state, actor.user_id, now
    version.digest = digest_of(head_of(version))
    version.save()
    stamps.forget()
    _record(version, actor=actor, action="policy.published", now=now)
    _tell("policy.published", version, actor=actor, now=now, more=counts_of(head_of(version)))
    if members is not None:
        announce(version, organization_ids=members, user_id=actor.user_id, now=now)
    return head_of(version)


def _resolve(version: Version) -> list[int] | None:
    return resolve_audience(Audience.from_json(version.audience), within_path=version.within_path)


def _succeed(version: Version, *, now: datetime) -> None:
    """The version in force of the same line ends the day its successor begins."""
    earlier = (
        Version.objects.select_for_update(no_key=True)
        .filter(kind=version.kind, code=version.code, state=VersionState.PUBLISHED)
        .order_by("-version_no")
    )
    for one in earlier:
        if one.valid_to is not None and one.valid_to <= version.valid_from:
            continue
        if one.valid_from >= version.valid_from:
            one.state, one.ended_at = VersionState.ENDED, now
            one.save(update_fields=["state", "ended_at"])
        else:
            one.valid_to = version.valid_from
            one.save(update_fields=["valid_to"])
        version.supersedes_id = version.supersedes_id or one.pk


def end_version(*, actor: Actor, version_id: UUID, reason: str, now: datetime) -> VersionHead:
    """Take a published version out of force at once.

    Replay: an ended version is answered as it stands.
    Raises: WrongState for one that was never published, EndReasonMissing.
    """
    version = lock_version(version_id, actor=actor)
    if version.state == VersionState.ENDED and version.publish_no is not None:
        return head_of(version)
    if version.state != VersionState.PUBLISHED:
        raise _wrong_state(version, VersionState.ENDED)
    if not reason.strip():
        raise errors.EndReasonMissing("Say why it ends.", field="reason")
    _end(version, now=now)
    _record(version, actor=actor, action="policy.ended", now=now, reason=reason)
    _tell("policy.ended", version, actor=actor, now=now, more={})
    return head_of(version)


def discard_version(*, actor: Actor, version_id: UUID, reason: str, now: datetime) -> VersionHead:
    """Give up a draft or an approved version that nobody was told of. Raises: WrongState when it is published."""
    version = lock_version(version_id, actor=actor)
    if version.state == VersionState.PUBLISHED:
        raise _wrong_state(version, VersionState.ENDED)
    step(MOVES, before=VersionState(version.state), after=VersionState.ENDED)
    _end(version, now=now)
    _record(version, actor=actor, action="policy.discarded", now=now, reason=reason)
    return head_of(version)


def _wrong_state(version: Version, after: VersionState) -> WrongState:
    return WrongState(
        f"A version in state {version.state} is not ended this way.",
        before=str(version.state),
        after=str(after),
    )


def _end(version: Version, *, now: datetime) -> None:
    version.state, version.ended_at = VersionState.ENDED, now
    version.save(update_fields=["state", "ended_at"])
    stamps.forget()


def _tell(type_: str, version: Version, *, actor: Actor, now: datetime, more: dict[str, int]) -> None:
    """One event for the brand's staff; everyone reads it only when the policy speaks to everyone.

    A narrower audience is told by `announce`: others must not even learn that there is such a policy.
    """
    seller_path = Organization.objects.filter(pk=version.seller_id).values_list("path", flat=True).first()
    events.publish(
        type=type_,
        subject_type="policy",
        subject_id=version.pk,
        paths=(seller_path or "", version.within_path),
        broadcast=version.width is None,
        user_id=actor.user_id,
        now=now,
        payload={
            "kind": version.kind,
            "code": version.code,
            "name": version.name,
            "version_no": version.version_no,
            "valid_from": version.valid_from.isoformat(),
            "valid_to": version.valid_to.isoformat() if version.valid_to else None,
            "width": version.width,
            **more,
        },
    )


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
        digest=version.digest,
        supersedes_id=version.supersedes_id,
        within_path=version.within_path,
        created_by=version.created_by,
        created_at=version.created_at,
        approved_by=version.approved_by,
        approved_at=version.approved_at,
        published_by=version.published_by,
        published_at=version.published_at,
        ended_at=version.ended_at,
        updated_at=version.updated_at,
        late_joiners=version.late_joiners,
    )


def digest(content: Any) -> str:
    """The same content has the same digest, whatever the order of keys."""
    return hashlib.sha256(json.dumps(content, sort_keys=True, default=str).encode()).hexdigest()[:32]


def _facts(version: Version) -> dict[str, Any]:
    return {
        "kind": version.kind,
        "code": version.code,
        "name": version.name,
        "version_no": version.version_no,
        "state": str(version.state),
        "valid_from": version.valid_from.isoformat(),
        "valid_to": version.valid_to.isoformat() if version.valid_to else None,
        "audience": version.audience,
        "late_joiners": version.late_joiners,
        "content": version.content,
    }


def _record(
    version: Version,
    *,
    actor: Actor,
    action: str,
    now: datetime,
    reason: str = "",
    before: dict[str, Any] | None = None,
) -> None:
    audit.record(
        actor=actor,
        action=action,
        subject_type="policy",
        subject_id=version.pk,
        owner_path=actor.organization_path,
        now=now,
        reason=reason,
        before=before,
        after=_facts(version),
    )
