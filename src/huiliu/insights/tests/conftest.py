"""A committed database with a warehouse of its own: facts count only once their transaction has ended."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from huiliu.insights.warehouse import engine, place, sync
from huiliu.platform.embedded import test_cluster
from huiliu.testing import databases
from huiliu.testing.figures import Channel, a_year


@pytest.fixture
def warehouse(committed_db: str, tmp_path: Path) -> Iterator[Path]:
    """The folder of a fresh warehouse."""
    with _warehouse(tmp_path) as folder:
        yield folder


@pytest.fixture(scope="module")
def shared_warehouse(
    django_db_setup: None,
    django_db_blocker: Any,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Path]:
    """The folder of a warehouse that the tests of a module only read."""
    urls = test_cluster()
    name = databases.clone(urls)
    with django_db_blocker.unblock():
        before = databases.use(name)
        with _warehouse(tmp_path_factory.mktemp("warehouse")) as folder:
            yield folder
        databases.use(before)
    databases.drop(urls, name)


@contextmanager
def _warehouse(root: Path) -> Iterator[Path]:
    before = getattr(settings, "WAREHOUSE_ROOT", None)
    settings.WAREHOUSE_ROOT = root
    folder = place.folder()
    yield folder
    settings.WAREHOUSE_ROOT = before
    engine.forget(folder)
    sync.forget(folder)


@pytest.fixture(scope="module")
def channel(shared_warehouse: Path) -> Channel:
    """For tests that only read."""
    return a_year()


@pytest.fixture
def own_channel(warehouse: Path) -> Channel:
    """For tests that change something."""
    return a_year()
