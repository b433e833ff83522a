"""Make the file of a list, and leave a trace of who took what."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from huiliu.access.types import Actor
from huiliu.integrations.errors import ExportTooLarge
from huiliu.integrations.exporting.registry import Request, checked_filters, list_of
from huiliu.integrations.exporting.writers import MEDIA_TYPES, Format, Row, Sheet, write
from huiliu.integrations.importing.types import Progress
from huiliu.platform import audit

#: What is answered within a request; more goes to a job.
DIRECT_ROWS_MAX: Final = 5_000


@dataclass(frozen=True, slots=True)
class Exported:
    """The file that was made."""

    name: str
    media_type: str
    rows: int


class ExportCancelled(Exception):
    """Somebody stopped it; the file is thrown away."""


def export_list(
    *,
    actor: Actor,
    name: str,
    format_: Format,
    filters: Mapping[str, str],
    target: Path,
    rows_max: int | None = None,
    progress: Progress | None = None,
    now: datetime,
) -> Exported:
    """Write a list to `target` as the actor sees it, and record that it left the house.

    Needs:  the actor's transaction and reach.
    Raises: ListUnknown, ScopeMissing, InvalidInput (filters), ExportTooLarge beyond `rows_max`, and what the
            list's selector refuses.
    """
    list_ = list_of(actor, name)
    wanted = checked_filters(list_, filters)
    zone = ZoneInfo(actor.timezone)
    sheet = Sheet(list_.title(actor.locale), list_.columns(actor), actor.locale, zone)
    rows = _watched(list_.rows(Request(actor, wanted, now)), rows_max=rows_max, progress=progress)
    count = write(format_, target, sheet, rows)
    audit.record(
        actor=actor,
        action="export.made",
        subject_type="export",
        subject_id=name,
        owner_path=actor.organization_path,
        now=now,
        after={"format": format_.value, "rows": count, "filters": dict(wanted)},
    )
    stamp = now.astimezone(zone).strftime("%Y%m%d-%H%M")
    return Exported(f"{sheet.title}-{stamp}.{format_.value}", MEDIA_TYPES[format_], count)


def _watched(rows: Iterator[Row], *, rows_max: int | None, progress: Progress | None) -> Iterator[Row]:
    """The rows, counted. Raises: ExportTooLarge, ExportCancelled."""
    for count, row in enumerate(rows, start=1):
        if rows_max is not None and count > rows_max:
            raise ExportTooLarge(f"More than {rows_max} rows.", limit=rows_max)
        if progress is not None and count % 1_000 == 0:
            progress.advance(count, None)
            if progress.is_cancelled():
                raise ExportCancelled
        yield row
