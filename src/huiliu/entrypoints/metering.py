"""/metrics for Prometheus: what every process counted, and what the database says of events, jobs and the worker.

Only from the machine itself, or with the bearer token of `HUILIU_METRICS_TOKEN`. Whichever web process answers, the
figures are those of all of them, the live process and the worker: see `platform.measuring`.
"""

from __future__ import annotations

import hmac
import os
from collections.abc import Iterator

from django.db import connection
from django.http import HttpRequest, HttpResponse
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from huiliu.platform import measuring
from huiliu.platform.database import system_reach

_LOOPBACK = frozenset({"127.0.0.1", "::1"})
_BACKLOG_MAX = 10_000


class Installation(Collector):
    """Read at every scrape, under a named system reach."""

    def collect(self) -> Iterator[GaugeMetricFamily]:
        backlog = GaugeMetricFamily(
            "huiliu_events_backlog",
            f"Events a consumer has not handled, counted to {_BACKLOG_MAX}.",
            labels=["consumer"],
        )
        quiet = GaugeMetricFamily(
            "huiliu_consumer_idle_seconds", "Since a consumer last moved on.", labels=["consumer"]
        )
        jobs = GaugeMetricFamily("huiliu_jobs", "Jobs by state.", labels=["state"])
        heartbeat = GaugeMetricFamily(
            "huiliu_worker_heartbeat_seconds", "Since the newest sign of life of a running job."
        )
        with system_reach("maintenance"), connection.cursor() as cursor:
            cursor.execute(
                "SELECT c.name, (SELECT count(*) FROM (SELECT 1 FROM platform_event e"
                " WHERE (e.row_xid, e.id) > (c.position_xid, c.position_id) LIMIT %s) late),"
                " extract(epoch FROM clock_timestamp() - c.updated_at)::float8 FROM platform_consumer c ORDER BY 1",
                [_BACKLOG_MAX],
            )
            for name, late, idle in cursor.fetchall():
                backlog.add_metric([name], late)
                if idle is not None:
                    quiet.add_metric([name], idle)
            cursor.execute("SELECT state, count(*) FROM platform_job GROUP BY state ORDER BY 1")
            for state, count in cursor.fetchall():
                jobs.add_metric([state], count)
            cursor.execute(
                "SELECT extract(epoch FROM clock_timestamp() - max(heartbeat_at))::float8 FROM platform_job"
            )
            age = cursor.fetchone()[0]
            if age is not None:
                heartbeat.add_metric([], age)
        yield from (backlog, quiet, jobs, heartbeat)


INSTALLATION = CollectorRegistry()
INSTALLATION.register(Installation())


def allowed(request: HttpRequest) -> bool:
    """From this machine without a proxy between, or with the token."""
    token = os.environ.get("HUILIU_METRICS_TOKEN", "")
    given = request.headers.get("Authorization", "")
    if token and hmac.compare_digest(given.encode(), f"Bearer {token}".encode()):
        return True
    proxied = any(name in request.headers for name in ("X-Forwarded-For", "Forwarded", "X-Real-Ip"))
    return not proxied and request.META.get("REMOTE_ADDR", "") in _LOOPBACK


def metrics(request: HttpRequest) -> HttpResponse:
    """The figures in Prometheus' text; for anyone else there is nothing here."""
    if not allowed(request):
        return HttpResponse("There is nothing here.\n", status=404, content_type="text/plain")
    return HttpResponse(
        generate_latest(measuring.everywhere()) + generate_latest(INSTALLATION),
        content_type=CONTENT_TYPE_LATEST,
    )
