"""Every test runs on a real PostgreSQL: a database of its own, cloned from a migrated template.

`db` tests run in a transaction that is rolled back, under the system reach until `acting(...)` says otherwise.
`committed_db` gives a test a fresh database for threads, crashes and commits.
"""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from huiliu.platform.embedded import test_cluster

_URLS = test_cluster()
os.environ.update(
    {
        "DJANGO_SETTINGS_MODULE": "huiliu.settings",
        "HUILIU_DATABASE_URL_WEB": _URLS.web,
        "HUILIU_DATABASE_URL_WORKER": _URLS.worker,
        "HUILIU_DATABASE_URL_OWNER": _URLS.owner,
        "HUILIU_DB_ROLE": "web",
        "HUILIU_POOL_SIZE": "0",
        "HUILIU_SECRET_KEY": "only-for-tests",
        "HUILIU_RATE_LIMIT_PER_MINUTE": "1000000",
        "HUILIU_DATA": os.environ.get("HUILIU_TEST_FILES", "/tmp/huiliu-test-files"),  # noqa: S108 - tests only
    }
)

import django  # noqa: E402 - after the environment is set

django.setup()

from huiliu.testing import databases  # noqa: E402 - the settings are read on import
from huiliu.testing.scheduling import (  # noqa: E402, F401 - pytest finds its hooks here
    pytest_collection_modifyitems,
    pytest_xdist_make_scheduler,
)


@pytest.fixture(scope="session")
def django_db_modify_db_settings() -> None:
    """Nothing: `django_db_setup` clones a template itself."""


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: pytest.FixtureRequest) -> Iterator[None]:
    """One database for this process, dropped at the end."""
    name = databases.clone(_URLS)
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        databases.use(name)
    yield
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        databases.leave()
    databases.drop(_URLS, name)


@pytest.fixture(autouse=True)
def _system_reach(request: pytest.FixtureRequest) -> None:
    """A `db` test may arrange anything; what it checks, it does as an actor."""
    if "db" in request.fixturenames or request.node.get_closest_marker("django_db"):
        request.getfixturevalue("db")
        from huiliu.platform.database import SYSTEM_REACH, set_reach

        set_reach(SYSTEM_REACH, user_id=None)


@pytest.fixture
def committed_db(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[str]:  # noqa: ARG001
    """A fresh database whose commits are real; yields its name."""
    name = databases.clone(_URLS)
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        before = databases.use(name)
        yield name
        databases.use(before)
    databases.drop(_URLS, name)
