"""What every scenario stands on: a scratch database with durable commits, targets, printing.

A scenario is `benchmarks/<name>.py` with `run(**options) -> {"name", "figures", "targets"}`.
"""

from __future__ import annotations

import json
import os
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stdout
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

Report = dict[str, Any]


def target(name: str, value: float, limit: float, unit: str) -> dict[str, Any]:
    """A target that holds when `value` does not exceed `limit`."""
    return {"name": name, "value": round(value, 3), "limit": limit, "unit": unit, "ok": value <= limit}


def target_at_least(name: str, value: float, limit: float, unit: str) -> dict[str, Any]:
    """A target that holds when `value` reaches `limit`."""
    return {"name": name, "value": round(value, 3), "limit": limit, "unit": unit, "ok": value >= limit}


def report(name: str, *, figures: dict[str, Any], targets: list[dict[str, Any]]) -> Report:
    """The answer of a scenario."""
    return {"name": name, "figures": figures, "targets": targets}


def run(name: str, as_json: bool = False, **options: Any) -> int:
    """Run the scenario and print it; 0 only when every target holds.

    Raises: KeyError for a name that is no scenario.
    """
    if not name.isidentifier() or name == "harness" or find_spec(f"benchmarks.{name}") is None:
        raise KeyError(name)
    with redirect_stdout(sys.stderr):  # the answer is the only thing on stdout: logs go aside
        found: Report = import_module(f"benchmarks.{name}").run(**options)
    if as_json:
        print(json.dumps(found, ensure_ascii=False, indent=2, default=str))
    else:
        _print(found)
    return 0 if all(goal["ok"] for goal in found["targets"]) else 1


def _print(found: Report) -> None:
    print(found["name"])
    for name, value in found["figures"].items():
        print(f"  {name:<42} {value}")
    for goal in found["targets"]:
        mark = "ok  " if goal["ok"] else "MISS"
        print(f"  {mark} {goal['name']:<37} {goal['value']} {goal['unit']} (limit {goal['limit']})")


def names() -> list[str]:
    """The scenarios there are."""
    files = sorted(Path(__file__).parent.glob("*.py"))
    return [path.stem for path in files if path.stem not in ("__init__", "harness", "__main__")]


def cluster() -> Any:
    """The benchmarks' own database cluster."""
    from huiliu.platform.embedded.cluster import Cluster

    return Cluster(Path(os.environ.get("HUILIU_BENCH_DATA") or Path.cwd() / ".huiliu" / "bench-cluster"))


@contextmanager
def scratch_database() -> Iterator[str]:
    """A fresh, migrated database on a cluster of the benchmarks' own, with durable commits; gone afterwards.

    Django's connections point at it inside the block, as the web login.
    """
    server = cluster()
    was_running = server.process() is not None  # by another scenario: then it is not ours to stop
    urls = server.start()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "huiliu.settings")
    os.environ.setdefault("HUILIU_DATABASE_URL_WEB", urls.web)
    os.environ.setdefault("HUILIU_POOL_SIZE", "0")
    os.environ.setdefault("HUILIU_RATE_LIMIT_PER_MINUTE", "100000000")
    import django

    django.setup()
    from huiliu.testing import databases

    name = databases.clone(urls)
    try:
        with _pointed_at(urls.web, name):
            yield name
    finally:
        databases.drop(urls, name)
        if not was_running:
            server.stop()


@contextmanager
def _pointed_at(url: str, name: str) -> Iterator[None]:
    from django.conf import settings
    from django.db import connection
    from psycopg.conninfo import conninfo_to_dict

    parts = conninfo_to_dict(url)
    before = dict(connection.settings_dict)
    connection.close()
    changed: dict[str, Any] = {
        "NAME": name,
        "USER": parts.get("user") or "",
        "PASSWORD": parts.get("password") or "",
        "HOST": parts.get("host") or "",
        "PORT": str(parts.get("port") or ""),
        "OPTIONS": {},
    }
    for known in (connection.settings_dict, settings.DATABASES["default"]):
        known.update(changed)
    try:
        yield
    finally:
        connection.close()
        for known in (connection.settings_dict, settings.DATABASES["default"]):
            known.update(before)


def timed(work: Callable[[], Any]) -> float:
    """Milliseconds of one call."""
    began = time.perf_counter()
    work()
    return (time.perf_counter() - began) * 1000


def interleaved(*works: Callable[[], Any], rounds: int) -> list[list[float]]:
    """Milliseconds of each work, taken in turns so that a busy machine is busy for all of them."""
    taken: list[list[float]] = [[] for _ in works]
    for _ in range(rounds):
        for index, work in enumerate(works):
            taken[index].append(timed(work))
    return taken


def median(values: list[float]) -> float:
    return statistics.median(values)


def percentile(values: list[float], fraction: float) -> float:
    """The value that `fraction` of the sorted values do not exceed."""
    ordered = sorted(values)
    return ordered[min(int(fraction * len(ordered)), len(ordered) - 1)]
