"""A committed database with a warehouse of its own: facts count only once their transaction has ended."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from huiliu.insights.warehouse import engine, place, sync
from huiliu.platform.database import system_reach


@contextmanager
def committed() -> Iterator[None]:
    """One transaction of the system: what a service would have written."""
    with system_reach("tests"):
        yield


@pytest.fixture
def warehouse(committed_db: str, tmp_path: Path, settings: object) -> Iterator[Path]:
    """The folder of a fresh warehouse."""
    settings.WAREHOUSE_ROOT = tmp_path  # type: ignore[attr-defined]
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)  # type: ignore[attr-defined]
    folder = place.folder()
    yield folder
    engine.forget(folder)
    sync.forget(folder)
