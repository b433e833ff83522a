"""What `huiliu import` and `huiliu verify` call."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from huiliu.integrations.history.documents import HistoryOptions
from huiliu.integrations.history.loader import LoadReport, Progress, load_history
from huiliu.integrations.history.sources import mapping, stage
from huiliu.integrations.history.staging import StagingTotals, open_staging, totals


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What an import staged and, unless it was a dry run, wrote."""

    totals: StagingTotals
    report: LoadReport | None
    rejects: Path | None


def run_import(
    *,
    name: str,
    directory: Path,
    owner_url: str,
    now: datetime,
    work: Path,
    dry_run: bool = False,
    progress: Progress | None = None,
) -> ImportResult:
    """Bring a data folder into the brand database behind `owner_url`; rows that need a look go to a CSV in `work`.

    Replay: the same folder again adds nothing.
    """
    source = mapping(name)
    work.mkdir(parents=True, exist_ok=True)
    staged = work / "staging.duckdb"
    staged.unlink(missing_ok=True)
    staging = open_staging(directory=str(work))
    try:
        stage(staging, source=source, directory=directory)
        rejects = work / f"{source.name}-rejects.csv"
        staging.execute(
            f"COPY (SELECT * FROM h_reject ORDER BY source, source_row) TO '{rejects}' (FORMAT csv, HEADER)"
        )
        found = totals(staging)
        if dry_run:
            return ImportResult(found, None, rejects)
        options = HistoryOptions(
            source=source.name,
            currency=source.currency,
            exponent=source.exponent,
            mode="delivered",
            timezone="UTC",  # the files tell days and hours of their own place, without a zone
            now=now,
        )
        return ImportResult(
            found,
            load_history(owner_url=owner_url, staging=staging, options=options, progress=progress),
            rejects,
        )
    finally:
        staging.close()
        staged.unlink(missing_ok=True)
