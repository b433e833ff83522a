"""What others may set in motion here."""

from __future__ import annotations

from datetime import datetime

from huiliu.insights.types import SyncReport
from huiliu.insights.warehouse import sync


def sync_warehouse(*, now: datetime, force_dimensions: bool = False) -> SyncReport:
    """One round of the synchronizer; the worker calls it about every second, an importer once after a load.

    A round that finds another one running returns at once with `is_skipped`. The first round loads everything.
    """
    return sync.sync(now=now, force_dimensions=force_dimensions)
