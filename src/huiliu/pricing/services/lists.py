"""The life of a price list: draft rows, lint, approve, publish, end."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from huiliu.access.types import Actor
from huiliu.kernel.money import currency_of, plain_text
from huiliu.kernel.quantity import UnitFactor
from huiliu.policies import services as policies
from huiliu.policies.types import Audience, VersionHead
from huiliu.pricing import rules
from huiliu.pricing.models import Row
from huiliu.pricing.services import quoting
from huiliu.pricing.services.quoting import KIND
from huiliu.pricing.types import PriceBreak, PriceLevel, PriceRow, PriceVersion


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
    now: datetime,
) -> VersionHead:
    """A draft version of a price list without rows. Raises: what policies.create_version raises."""
    content = {
        "level": int(level),
        "currency": currency_of(currency).code,
        "priority": priority,
        "project": project,
    }
    return policies.create_version(
        actor=actor,
        version_id=version_id,
        kind=KIND,
        code=code,
        name=name,
        seller_id=seller_id,
        audience=audience,
        content=content,
        valid_from=valid_from,
        valid_to=valid_to,
        now=now,
    )


def put_rows(*, actor: Actor, version_id: UUID, rows: Sequence[PriceRow], now: datetime) -> int:
    """Set rows of a draft: a row of the same sku and unit is replaced. Returns how many were written.

    Raises: PublishedIsNeverEdited, PriceRowInvalid and PriceNotPositive naming each bad row.
    """
    del actor, now
    policies.lock_draft(version_id)
    rules.check_rows(rows)
    Row.objects.bulk_create(
        [_stored(version_id, row) for row in rows],
        batch_size=2000,
        update_conflicts=True,
        unique_fields=["version_id", "sku_id", "unit"],
        update_fields=["numerator", "denominator", "unit_price", "breaks", "floor_price"],
    )
    return len(rows)


def _stored(version_id: UUID, row: PriceRow) -> Row:
    return Row(
        version_id=version_id,
        sku_id=row.sku_id,
        unit=row.unit.unit,
        numerator=row.unit.numerator,
        denominator=row.unit.denominator,
        unit_price=row.unit_price,
        breaks=[[plain_text(step.from_quantity), plain_text(step.unit_price)] for step in row.breaks],
        floor_price=row.floor_price,
    )


def approve_price_list(*, actor: Actor, version_id: UUID, now: datetime) -> VersionHead:
    """Approve a draft that has rows. Raises: FourEyes, WrongState, PricesTie."""
    return policies.approve_version(actor=actor, version_id=version_id, now=now, check=_check)


def publish_price_list(*, actor: Actor, version_id: UUID, now: datetime) -> VersionHead:
    """Publish: the next quote of every affected buyer uses it.

    Raises: WrongState, AudienceEmpty, PricesTie when it would stand equal with another list.
    """
    return policies.publish_version(
        actor=actor, version_id=version_id, now=now, check=_check, digest_of=_digest
    )


def end_price_list(*, actor: Actor, version_id: UUID, reason: str, now: datetime) -> VersionHead:
    """Take a list out of force at once. Raises: WrongState."""
    return policies.end_version(actor=actor, version_id=version_id, reason=reason, now=now)


def rows_of(version_id: UUID) -> list[PriceRow]:
    """The rows of one version, by sku."""
    return [
        PriceRow(
            row.sku_id,
            UnitFactor(row.unit, row.numerator, row.denominator),
            row.unit_price,
            tuple(PriceBreak(start, value) for start, value in _steps(row.breaks)),
            row.floor_price,
        )
        for row in Row.objects.filter(version_id=version_id).order_by("sku_id", "unit")
    ]


def _steps(stored: list[list[str]]) -> list[tuple[Any, Any]]:
    from decimal import Decimal

    return [(Decimal(start), Decimal(value)) for start, value in stored]


def _book(version: Any) -> rules.VersionBook:
    head = policies.head_of(version)
    members = policies.resolve_audience(head.audience)
    price_version = PriceVersion(
        version_id=head.id,
        list_code=head.code,
        seller_id=head.seller_id,
        currency=head.content["currency"],
        level=PriceLevel(head.content["level"]),
        priority=head.content.get("priority", 0),
        width=2**31 if members is None else len(members),
        valid_from=head.valid_from,
        valid_to=head.valid_to,
        publish_no=head.publish_no or 0,
        project=head.content.get("project", ""),
    )
    return rules.VersionBook(price_version, rows_of(head.id), None if members is None else frozenset(members))


def _check(version: Any) -> None:
    """Rows are sound and no other list in force would stand equal. Raises: PriceRowInvalid, PricesTie."""
    rows = rows_of(version.pk)
    rules.check_rows(rows)
    others = [
        one
        for one in quoting.current_book()
        if one.head.list_code != version.code and one.head.version_id != version.pk
    ]
    rules.check_no_ties(_book(version), others)


def _digest(version: Any) -> str:
    return policies.digest(
        {
            "content": version.content,
            "audience": version.audience,
            "valid_from": version.valid_from,
            "rows": [
                [
                    row.sku_id,
                    row.unit.unit,
                    str(row.unit_price),
                    [[str(a), str(b)] for a, b in row.breaks],
                    str(row.floor_price),
                ]
                for row in rows_of(version.pk)
            ],
        }
    )
