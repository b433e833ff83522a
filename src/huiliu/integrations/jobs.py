"""Long work of import and export, as the worker runs it."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from huiliu.access.types import Actor
from huiliu.integrations import stored_files
from huiliu.integrations.exporting.services import ExportCancelled, export_list
from huiliu.integrations.exporting.writers import Format
from huiliu.integrations.working import ImportWork, work_on
from huiliu.platform import jobs
from huiliu.platform.database import reach_as
from huiliu.platform.settings_types import Words

MODULE = "integrations"


@dataclass(frozen=True, slots=True)
class ExportWork:
    """Which list, in which format, narrowed how."""

    name: str
    format: Format
    filters: Mapping[str, str] = field(default_factory=dict)


@jobs.kind(
    "integrations.import",
    params=ImportWork,
    scope="imports:run",
    words=Words("导入", "Import"),
    module=MODULE,
    result_is_named_elsewhere=True,  # the import keeps its file of refused rows
)
def import_file(*, actor: Actor, params: ImportWork, progress: jobs.Progress, now: datetime) -> None:
    """Check an import, run it, or run again what failed."""
    work_on(actor=actor, params=params, progress=progress, now=now)


@jobs.kind(
    "integrations.export",
    params=ExportWork,
    scope="exports:run",
    words=Words("导出", "Export"),
    module=MODULE,
)
def export_file(*, actor: Actor, params: ExportWork, progress: jobs.Progress, now: datetime) -> None:
    """Write a list to a file that only its owner sees; done again it makes the file again."""
    with (
        tempfile.TemporaryDirectory(prefix="huiliu-export-") as folder,
        reach_as(actor.reach, user_id=actor.user_id),
    ):
        target = Path(folder) / "export"
        try:
            made = export_list(
                actor=actor,
                name=params.name,
                format_=params.format,
                filters=params.filters,
                target=target,
                progress=progress,
                now=now,
            )
        except ExportCancelled:
            progress.check_cancelled()
            raise
        kept = stored_files.keep(actor=actor, path=target, name=made.name, now=now)
    progress.attach(kept)
    progress.result({"list": params.name, "format": params.format.value, "rows": made.rows})
