"""The cluster that tests share: fast and forgetful (no fsync), started by whoever comes first."""

from __future__ import annotations

import os
from pathlib import Path

from huiliu.platform.embedded.cluster import Cluster, Urls

FORGETFUL = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "max_connections": "200"}


def test_directory() -> Path:
    return Path(os.environ.get("HUILIU_TEST_DATA") or Path.cwd() / ".huiliu" / "test-cluster")


def test_cluster() -> Urls:
    """URLs of the running test cluster; it stays for the next run."""
    return Cluster(test_directory(), settings=FORGETFUL).start()


test_cluster.__test__ = False  # type: ignore[attr-defined]


def stop() -> None:
    """Stop the shared test cluster."""
    Cluster(test_directory()).stop()
