"""Bringing administrative divisions up to date."""

from __future__ import annotations

from datetime import datetime

from huiliu.access.types import Actor
from huiliu.partners.models import Region
from huiliu.partners.regions import read_table
from huiliu.platform import audit


def load_regions(*, actor: Actor, table: str, now: datetime) -> int:
    """Insert or rename divisions from a published CSV or JSON table; none is removed: old addresses need theirs.

    Returns how many rows the table had.
    Raises: RegionUnknown for a code of another shape.
    """
    rows = {row.code: row for row in read_table(table)}
    Region.objects.bulk_create(
        [
            Region(code=row.code, name=row.name, parent_code=row.parent_code, level=row.level)
            for row in rows.values()
        ],
        batch_size=2000,
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["name", "parent_code", "level"],
    )
    audit.record(
        actor=actor,
        action="regions.loaded",
        subject_type="region",
        subject_id="table",
        owner_path=actor.organization_path,
        now=now,
        after={"rows": len(rows)},
    )
    return len(rows)
