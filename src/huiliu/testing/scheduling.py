"""Which test runs in which process: what shares an expensive beginning stays together, the longest starts first.

xdist's own groups (`--dist loadgroup`) write the group into `Item._nodeid`, which pytest 9.2 no longer reads: every
test became a group of its own, and each process started an installation for its half of the browser tests.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol, TypeVar

import pytest
from xdist.scheduler import LoadScopeScheduling  # type: ignore[import-untyped]

#: What shares one installation, in one process: those who only look, and those who work and change it. Beside each
#: other in one installation the second would take away what the first is about to look at.
TOGETHER = (("tests/browser/test_every_page.py", "tests/browser/test_store_pages.py"), ("tests/browser/",))
#: Files of many long tests that share nothing: each test may run wherever there is time.
APART = ("tests/hardening/", "tests/setup/", "tests/isolation/")
#: Files of few but long tests: begun last, they alone would be waited for.
LONG = ("tests/",)


class _Named(Protocol):
    @property
    def nodeid(self) -> str: ...


Item = TypeVar("Item", bound=_Named)


def unit_of(nodeid: str) -> str:
    """What is run by one process: a group of `TOGETHER`, or else a file (its fixtures are made once), or one test."""
    for group in TOGETHER:
        if nodeid.startswith(group):
            return group[0]
    if nodeid.startswith(APART):
        return nodeid
    return nodeid.partition("::")[0]


def first_the_long(items: Sequence[Item]) -> list[Item]:
    """What stays together group by group, other long tests, the rest; within each in the order given."""

    def rank(item: Item) -> int:
        for at, group in enumerate(TOGETHER):
            if item.nodeid.startswith(group):
                return at
        return len(TOGETHER) + (not item.nodeid.startswith(LONG))

    return sorted(items, key=rank)


class Scheduling(LoadScopeScheduling):  # type: ignore[misc] # xdist has no types
    """Units of `unit_of`, handed out in the order of collection."""

    def __init__(self, config: Any, log: Any = None) -> None:
        config.option.loadscopereorder = False  # by number of tests: a unit's length is not its count
        super().__init__(config, log)

    def _split_scope(self, nodeid: str) -> str:
        return unit_of(nodeid)


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Scheduling | None:
    """Ours in place of xdist's groups; other ways of distributing are left as asked for."""
    return Scheduling(config, log) if config.getvalue("dist") == "loadgroup" else None


@pytest.hookimpl(trylast=True)  # after they were shuffled
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The order of the run; who stands in the browser's directory is a browser test without saying so."""
    for item in items:
        if item.nodeid.startswith("tests/browser/"):
            item.add_marker(pytest.mark.browser)
    items[:] = first_the_long(items)
