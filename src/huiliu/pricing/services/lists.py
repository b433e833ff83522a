"""The life of a price list: draft, lint, approve, publish, end."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from huiliu.access.types import Actor
from huiliu.catalog import selectors as catalog
from huiliu.kernel.money import currency_of
from huiliu.kernel.refusals import DomainError
from huiliu.policies import selectors as versions
from huiliu.policies import services as policies
from huiliu.policies.types import Audience, VersionHead
from huiliu.pricing import rules
from huiliu.pricing.errors import PriceListEmpty
from huiliu.pricing.services import book as books
from huiliu.pricing.services.book import KIND
from huiliu.pricing.services.rows import check_units, copy_rows, put_rows, rows_of
from huiliu.pricing.types import Finding, PriceLevel, PriceRow


def content_of(*, level: PriceLevel, currency: str, priority: int, project: str) -> dict[str, Any]:
    """The head of a price list as its version stores it. Raises: CurrencyUnknown."""
    return {
        "level": int(level),
        "currency": currency_of(currency).code,
        "priority": priority,
        "project": project,
    }


def create_price_list(
    *,
    actor: Actor,
    version_id: UUID,
    code: str,
    name: str,
    seller_id: int,
    level: PriceLevel,
    currency: str,
    audience: Audience,
    valid_from: date,
    valid_to: date | None,
    priority: int = 0,
    project: str = "",
    copy_from: UUID | None = None,
    late_joiners: bool = True,
    now: datetime,
) -> VersionHead:
    """A draft version of a price list, without rows or with those of another version.

    Raises: what policies.create_version raises; VersionNotVisible for `copy_from`.
    """
    source = versions.get_version(copy_from, kind=KIND) if copy_from else None
    head = policies.create_version(
        actor=actor,
        version_id=version_id,
        kind=KIND,
        code=code,
        name=name,
        seller_id=seller_id,
        audience=audience,
        content=content_of(level=level, currency=currency, priority=priority, project=project),
        valid_from=valid_from,
        valid_to=valid_to,
        late_joiners=late_joiners,
        now=now,
    )
    if source is not None and not rows_of(head.id):
        copy_rows(source_id=source.id, version_id=head.id)
    return head


def update_price_list(
    *,
    actor: Actor,
    version_id: UUID,
    expected_version: int | None,
    name: str,
    level: PriceLevel,
    currency: str,
    audience: Audience,
    valid_from: date,
    valid_to: date | None,
    priority: int,
    project: str,
    late_joiners: bool = True,
    now: datetime,
) -> VersionHead:
    """Change a draft's head. Raises: Stale, PublishedIsNeverEdited, PeriodInvalid, CurrencyUnknown."""
    return policies.update_version(
        actor=actor,
        version_id=version_id,
        expected_version=expected_version,
        name=name,
        audience=audience,
        content=content_of(level=level, currency=currency, priority=priority, project=project),
        valid_from=valid_from,
        valid_to=valid_to,
        late_joiners=late_joiners,
        now=now,
    )


def import_price_list(
    *,
    actor: Actor,
    version_id: UUID,
    code: str,
    name: str,
    seller_id: int,
    level: PriceLevel,
    currency: str,
    audience: Audience,
    valid_from: date,
    valid_to: date | None,
    rows: Sequence[PriceRow],
    now: datetime,
) -> VersionHead:
    """A list from elsewhere in one go: created, filled, approved, published, by system work without a user.

    Raises: FourEyes for a person; all that the single steps raise.
    """
    create_price_list(
        actor=actor,
        version_id=version_id,
        code=code,
        name=name,
        seller_id=seller_id,
        level=level,
        currency=currency,
        audience=audience,
        valid_from=valid_from,
        valid_to=valid_to,
        now=now,
    )
    put_rows(actor=actor, version_id=version_id, rows=rows, now=now)
    approve_price_list(actor=actor, version_id=version_id, now=now)
    return publish_price_list(actor=actor, version_id=version_id, now=now)


def approve_price_list(*, actor: Actor, version_id: UUID, now: datetime) -> VersionHead:
    """Approve a draft that has rows and no error. Raises: FourEyes, WrongState, what the lint refuses."""
    versions.get_version(version_id, kind=KIND)
    return policies.approve_version(actor=actor, version_id=version_id, now=now, check=_check)


def publish_price_list(*, actor: Actor, version_id: UUID, now: datetime) -> VersionHead:
    """Publish: the next quote of every affected buyer uses it.

    Raises: WrongState, AudienceEmpty, PricesTie when it would stand equal with another list, what the lint refuses.
    """
    versions.get_version(version_id, kind=KIND)
    return policies.publish_version(
        actor=actor,
        version_id=version_id,
        now=now,
        check=_check,
        digest_of=_digest,
        counts_of=lambda head: {"rows": len(rows_of(head.id))},
    )


def revise_price_list(*, actor: Actor, version_id: UUID, now: datetime) -> VersionHead:
    """Back to draft. Raises: WrongState."""
    versions.get_version(version_id, kind=KIND)
    return policies.revise_version(actor=actor, version_id=version_id, now=now)


def end_price_list(*, actor: Actor, version_id: UUID, reason: str, now: datetime) -> VersionHead:
    """Take a list out of force at once. Raises: WrongState, EndReasonMissing."""
    versions.get_version(version_id, kind=KIND)
    return policies.end_version(actor=actor, version_id=version_id, reason=reason, now=now)


def discard_price_list(*, actor: Actor, version_id: UUID, reason: str, now: datetime) -> VersionHead:
    """Give up a list nobody was told of. Raises: WrongState."""
    versions.get_version(version_id, kind=KIND)
    return policies.discard_version(actor=actor, version_id=version_id, reason=reason, now=now)


def draft_book(head: VersionHead) -> rules.VersionBook:
    """A version that is not published yet, for its audience as it is today."""
    members = policies.resolve_audience(head.audience, within_path=head.within_path)
    return books.version_book(head, rows=rows_of(head.id), members=members)


def _check(head: VersionHead, members: Sequence[int] | None) -> None:
    """Rows are sound and no other list in force would stand equal.

    Raises: PriceListEmpty, PriceRowInvalid, PriceNotPositive, PriceRowSkuUnknown, PriceRowUnitUnknown, PricesTie.
    """
    for check in _checks(head, rows_of(head.id), members):
        check()


def _checks(head: VersionHead, rows: Sequence[PriceRow], members: Sequence[int] | None) -> list[Any]:
    def has_rows() -> None:
        if not rows:
            raise PriceListEmpty(f"{head.code} has no prices.", code=head.code)

    def no_ties() -> None:
        rules.check_no_ties(books.version_book(head, rows=rows, members=members), _rivals(head))

    return [has_rows, lambda: rules.check_rows(rows), lambda: check_units(rows), no_ties]


def _rivals(head: VersionHead) -> list[rules.VersionBook]:
    """The published lists that go on beside this one; an earlier version of its own line ends."""
    return [one for one in books.current_book() if one.head.list_code != head.code]


def lint_price_list(*, version_id: UUID) -> list[Finding]:
    """What publishing would refuse now, and what somebody should look at first. Changes nothing."""
    head = versions.get_version(version_id, kind=KIND)
    rows = rows_of(head.id)
    members = policies.resolve_audience(head.audience, within_path=head.within_path)
    findings: list[Finding] = []
    if members is not None and not members:
        findings.append(rules.finding_of_empty_audience(head.audience.as_json()))
    for check in _checks(head, rows, members):
        try:
            check()
        except DomainError as refusal:
            findings += rules.findings_of(refusal, rows)
    before = versions.version_before(head)
    new = books.version_book(head, rows=rows, members=members)
    return findings + rules.warnings_of(
        new,
        before=rows_of(before.id) if before else (),
        beside=_rivals(head),
        inactive=_inactive(rows),
    )


def _inactive(rows: Sequence[PriceRow]) -> frozenset[int]:
    return frozenset(
        sku_id
        for sku_id, sku in catalog.sku_facts({row.sku_id for row in rows}).items()
        if sku.status != "ACTIVE"
    )


def _digest(head: VersionHead) -> str:
    return policies.digest(
        {
            "content": head.content,
            "audience": head.audience.as_json(),
            "valid_from": head.valid_from,
            "late_joiners": head.late_joiners,
            "rows": [
                [
                    row.sku_id,
                    row.unit.unit,
                    str(row.unit_price),
                    [[str(start), str(price)] for start, price in row.breaks],
                    str(row.floor_price),
                ]
                for row in rows_of(head.id)
            ],
        }
    )
