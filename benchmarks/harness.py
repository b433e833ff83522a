"""What every scenario stands on: a scratch database with durable commits, targets, printing.

A scenario is `benchmarks/<name>.py` with `run(**options) -> {"name", "figures", "targets"}`.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stdout
from importlib import import_module
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
    if name not in names():
        raise KeyError(f"There is no scenario {name}; there are {', '.join(names())}.")
    load = os.getloadavg()[0]
    with redirect_stdout(sys.stderr):  # the answer is the only thing on stdout: logs go aside
        found: Report = import_module(f"benchmarks.{_modules()[name]}").run(**options)
    # What others did on the machine before we began, and what was there when we ended.
    found["figures"] |= {"load_before": round(load, 2), "load_after": round(os.getloadavg()[0], 2)}
    if as_json:
        print(json.dumps(found, ensure_ascii=False, indent=2, default=str))
    else:
        _print(found)
    return 0 if all(goal["ok"] for goal in found["targets"]) else 1


def run_all(as_json: bool = False) -> int:
    """Every scenario, each in a process of its own; 0 only when every target of all holds."""
    found: list[Report] = []
    for name in names():
        done = subprocess.run(  # noqa: S603 - ourselves
            [sys.executable, "-m", "benchmarks", name, "--json"],
            cwd=Path(__file__).parent.parent,
            stdout=subprocess.PIPE,
            check=False,
        )
        try:
            found.append(json.loads(done.stdout))
        except json.JSONDecodeError:  # it said why on stderr
            missing = {"name": "did not finish", "value": 1, "limit": 0, "unit": "", "ok": False}
            found.append(report(name, figures={}, targets=[missing]))
        if not as_json:
            _print(found[-1])
    targets = [goal | {"name": f"{one['name']}: {goal['name']}"} for one in found for goal in one["targets"]]
    if as_json:
        figures = {one["name"]: one["figures"] for one in found}
        whole = report("all", figures=figures, targets=targets)
        print(json.dumps(whole, ensure_ascii=False, indent=2, default=str))
    return 0 if all(goal["ok"] for goal in targets) else 1


def _print(found: Report) -> None:
    print(found["name"])
    for name, value in found["figures"].items():
        print(f"  {name:<42} {value}")
    for goal in found["targets"]:
        mark = "ok  " if goal["ok"] else "MISS"
        print(f"  {mark} {goal['name']:<37} {goal['value']} {goal['unit']} (limit {goal['limit']})")


def names() -> list[str]:
    """The scenarios there are."""
    return list(_modules())


def _modules() -> dict[str, str]:
    """Module by scenario: `import` is a word of the language, so its file is `import_`."""
    files = sorted(Path(__file__).parent.glob("*.py"))
    stems = [path.stem for path in files if path.stem not in ("__init__", "harness", "__main__")]
    return {stem.rstrip("_"): stem for stem in stems}


def cluster() -> Any:
    """The benchmarks' own database cluster."""
    from huiliu.platform.embedded.cluster import Cluster

    return Cluster(Path(os.environ.get("HUILIU_BENCH_CLUSTER") or Path.cwd() / ".huiliu" / "bench-cluster"))


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
def kept_database(purpose: str, *, fill: Callable[[str], None]) -> Iterator[str]:
    """Like `scratch_database`, filled once and kept for the next run; a changed schema makes it anew.

    A database whose filling was interrupted is not reused: it gets its name when it is complete.
    """
    import psycopg
    from psycopg import sql

    with scratch_database() as scratch:
        from huiliu.testing import databases

        urls = cluster().urls()
        kept = f"huiliu_bench_{purpose}_{databases.template(urls).rsplit('_', 1)[-1]}"
        with psycopg.connect(urls.super_, autocommit=True) as connection:
            rows = connection.execute(
                "SELECT datname FROM pg_database WHERE datname LIKE %s", [f"huiliu_bench_{purpose}_%"]
            ).fetchall()
            for (old,) in rows:
                if old != kept:
                    databases.drop(urls, old)
            if (kept,) not in rows:
                fill(scratch)
                _close_connection()
                connection.execute(
                    sql.SQL("ALTER DATABASE {} RENAME TO {}").format(
                        sql.Identifier(scratch), sql.Identifier(kept)
                    )
                )
        databases.use(kept)
        yield kept
        _close_connection()


def _close_connection() -> None:
    from django.db import connection

    connection.close()


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
