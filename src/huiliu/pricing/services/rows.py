"""The rows of a draft: written in one statement however many they are, read back as rules see them."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from huiliu.access.types import Actor
from huiliu.catalog import selectors as catalog
from huiliu.kernel.money import plain_text
from huiliu.kernel.refusals import Refusals
from huiliu.platform import audit
from huiliu.policies import services as policies
from huiliu.policies.types import VersionHead
from huiliu.pricing import rules
from huiliu.pricing.errors import PriceRowInvalid, PriceRowSkuUnknown, PriceRowUnitUnknown
from huiliu.pricing.models import Row
from huiliu.pricing.services.book import read_rows
from huiliu.pricing.types import PriceBreak, PriceRow, RowDraft

_PUT = (
    "INSERT INTO pricing_row (version_id, sku_id, unit, numerator, denominator, unit_price, breaks, floor_price)"
    " SELECT %s, * FROM unnest(%s::bigint[], %s::text[], %s::bigint[], %s::bigint[], %s::numeric[], %s::jsonb[],"
    " %s::numeric[])"
    " ON CONFLICT (version_id, sku_id, unit) DO UPDATE SET numerator = EXCLUDED.numerator,"
    " denominator = EXCLUDED.denominator, unit_price = EXCLUDED.unit_price, breaks = EXCLUDED.breaks,"
    " floor_price = EXCLUDED.floor_price"
)

_REMOVE = (
    "DELETE FROM pricing_row r USING unnest(%s::bigint[], %s::text[]) AS gone(sku_id, unit)"
    " WHERE r.version_id = %s AND r.sku_id = gone.sku_id AND r.unit = gone.unit"
)


def rows_from_drafts(drafts: Sequence[RowDraft], field: str = "rows") -> list[PriceRow]:
    """Codes and units become ids and factors; every unknown one is named with its place.

    Raises: PriceRowSkuUnknown, PriceRowUnitUnknown, PriceRowInvalid, or SeveralRefused.
    """
    by_code = catalog.sku_facts_by_code({one.sku_code for one in drafts if one.sku_code})
    by_id = catalog.sku_facts({one.sku_id for one in drafts if one.sku_id is not None})
    refusals = Refusals()
    rows: list[PriceRow] = []
    for index, draft in enumerate(drafts):
        with refusals.collecting(f"{field}[{index}]"):
            sku = by_code.get(draft.sku_code) if draft.sku_code else by_id.get(draft.sku_id or 0)
            if sku is None:
                raise PriceRowSkuUnknown(
                    "There are no such goods.",
                    field="sku_code" if draft.sku_code else "sku_id",
                    given=draft.sku_code or draft.sku_id,
                )
            unit = sku.factor(draft.unit)
            if unit is None:
                raise PriceRowUnitUnknown(
                    f"{sku.code} has no unit {draft.unit}.",
                    field="unit",
                    units=[one.unit for one in sku.units],
                )
            rows.append(PriceRow(sku.id, unit, draft.unit_price, draft.breaks, draft.floor_price))
    refusals.raise_if_any()
    return rows


def put_rows(
    *, actor: Actor, version_id: UUID, rows: Sequence[PriceRow], now: datetime, replace: bool = False
) -> int:
    """Set rows of a draft: a row of the same sku and unit is replaced; with `replace` all others go.

    Returns how many were written.
    Raises: PublishedIsNeverEdited, PriceRowInvalid and PriceNotPositive naming each bad row.
    """
    head = policies.touch_draft(version_id, actor=actor, expected_version=None, now=now)
    rules.check_rows(rows)
    with connection.cursor() as cursor:
        if replace:
            cursor.execute("DELETE FROM pricing_row WHERE version_id = %s", [version_id])
        _write(cursor, version_id, rows)
    audit.record(
        actor=actor,
        action="prices.rows_replaced" if replace else "prices.rows_put",
        subject_type="policy",
        subject_id=version_id,
        owner_path=actor.organization_path,
        now=now,
        after={"code": head.code, "version_no": head.version_no, "rows": len(rows)},
    )
    return len(rows)


def _write(cursor: Any, version_id: UUID, rows: Sequence[PriceRow]) -> None:
    cursor.execute(
        _PUT,
        [
            version_id,
            [row.sku_id for row in rows],
            [row.unit.unit for row in rows],
            [row.unit.numerator for row in rows],
            [row.unit.denominator for row in rows],
            [row.unit_price for row in rows],
            [_breaks(row.breaks) for row in rows],
            [row.floor_price for row in rows],
        ],
    )


def save_sheet(
    *,
    actor: Actor,
    version_id: UUID,
    expected_version: int,
    put: Sequence[PriceRow],
    remove: Sequence[tuple[int, str]],
    now: datetime,
) -> VersionHead:
    """One part of an edited sheet: rows go, then rows come; a row that is in both stays as it is put.

    Locks:  the version, so that two editors at once get one answer and one `Stale`.
    Raises: Stale, PublishedIsNeverEdited, NotYours, PriceRowInvalid and PriceNotPositive naming each bad row.
    """
    head = policies.touch_draft(version_id, actor=actor, expected_version=expected_version, now=now)
    rules.check_rows(put, field="put")
    with connection.cursor() as cursor:
        if remove:
            cursor.execute(_REMOVE, [[key[0] for key in remove], [key[1] for key in remove], version_id])
        if put:
            _write(cursor, version_id, put)
    audit.record(
        actor=actor,
        action="prices.sheet_saved",
        subject_type="policy",
        subject_id=version_id,
        owner_path=actor.organization_path,
        now=now,
        after={
            "code": head.code,
            "version_no": head.version_no,
            "rows": len(put) + len(remove),
            "put": len(put),
            "removed": len(remove),
        },
    )
    return head


def _breaks(breaks: Sequence[PriceBreak]) -> str:
    return json.dumps([[plain_text(one.from_quantity), plain_text(one.unit_price)] for one in breaks])


def remove_rows(*, actor: Actor, version_id: UUID, sku_ids: Sequence[int], now: datetime) -> int:
    """Take goods out of a draft; returns how many rows went. Raises: PublishedIsNeverEdited."""
    policies.touch_draft(version_id, actor=actor, expected_version=None, now=now)
    removed, _ = Row.objects.filter(version_id=version_id, sku_id__in=list(sku_ids)).delete()
    audit.record(
        actor=actor,
        action="prices.rows_removed",
        subject_type="policy",
        subject_id=version_id,
        owner_path=actor.organization_path,
        now=now,
        after={"rows": removed, "sku_ids": list(sku_ids)[:50]},
    )
    return removed


def copy_rows(*, source_id: UUID, version_id: UUID) -> int:
    """The rows of another version as the beginning of a new one; returns how many."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO pricing_row (version_id, sku_id, unit, numerator, denominator, unit_price, breaks,"
            " floor_price) SELECT %s, sku_id, unit, numerator, denominator, unit_price, breaks, floor_price"
            " FROM pricing_row WHERE version_id = %s",
            [version_id, source_id],
        )
        return int(cursor.rowcount)


def rows_of(version_id: UUID, *, sku_ids: Collection[int] | None = None) -> list[PriceRow]:
    """The rows of one version, by sku and unit; with `sku_ids` only those of these goods."""
    return sorted(read_rows([version_id], sku_ids)[version_id], key=lambda row: (row.sku_id, row.unit.unit))


def check_units(rows: Sequence[PriceRow]) -> None:
    """Every row names goods that exist, in a unit that they have with that factor today.

    Raises: PriceRowSkuUnknown, PriceRowUnitUnknown, or SeveralRefused.
    """
    known = catalog.sku_facts({row.sku_id for row in rows})
    refusals = Refusals()
    for index, row in enumerate(rows):
        with refusals.collecting(f"rows[{index}]"):
            sku = known.get(row.sku_id)
            if sku is None:
                raise PriceRowSkuUnknown("There are no such goods.", field="sku_id", given=row.sku_id)
            factor = sku.factor(row.unit.unit)
            if factor is None:
                raise PriceRowUnitUnknown(
                    f"{sku.code} has no unit {row.unit.unit}.",
                    field="unit",
                    units=[one.unit for one in sku.units],
                )
            if factor.size != row.unit.size:
                raise PriceRowInvalid(
                    f"One {row.unit.unit} of {sku.code} is {factor.size} {sku.base_unit} by now.",
                    field="unit",
                    listed=str(row.unit.size),
                    today=str(factor.size),
                )
    refusals.raise_if_any()
