"""Two years of a wholesaler's invoices into documents, stock and money: from files to commit.

The folder is `HUILIU_BENCH_DATA` (or the command's argument) when it has that shape; without one a made-up folder of
the same shape and size is written first. The import runs in a process of its own, as the command does, and the memory
of that process and of every PostgreSQL process is sampled as PSS, so that shared pages count once.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import psutil
import psycopg

from benchmarks.harness import Report, cluster, report, scratch_database, target, target_at_least
from benchmarks.support.history import make_folder
from benchmarks.support.serving import owner_url

LINES_PER_SECOND = 40_000
MEMORY_MIB = 2_048
SAMPLE_SECONDS = 0.25
#: What the child runs; the answer is its last line.
CHILD = """
import json, sys, time
from datetime import UTC, datetime
from pathlib import Path
import django
django.setup()
from huiliu.integrations.commands import run_import
began = time.perf_counter()
done = run_import(name="iowa_liquor", directory=Path(sys.argv[1]), owner_url=sys.argv[2],
                  now=datetime.now(UTC), work=Path(sys.argv[3]))
took = time.perf_counter() - began
found = done.report
print(json.dumps({"seconds": took, "parts": found.seconds, "lines": found.lines, "orders": found.orders,
                  "transfers": found.transfers, "rate": found.lines_per_second, "listed": done.totals.listed}))
"""


def run(*, lines: int = 4_700_000) -> Report:
    """Load once into a fresh database; then the bare COPY of the same order lines beside it."""
    with ExitStack() as stack:
        work = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="huiliu-bench-")))
        given = os.environ.get("HUILIU_BENCH_DATA")
        folder = Path(given) if given else make_folder(work / "data", lines=lines)
        database = stack.enter_context(scratch_database())
        url = owner_url(database)
        with _memory() as memory:
            found = _import(folder, url, work, memory)
        bare = _bare_copy(url, found["lines"])
        wrong = _proof(url)
        size = os.environ.get("HUILIU_BENCH_DATA") is not None
    per_second = found["lines"] / found["seconds"]
    return report(
        "import",
        figures={
            "data": "given folder" if size else "made up",
            "order_lines": found["lines"],
            "orders": found["orders"],
            "ledger_transfers": found["transfers"],
            "listed_rows": found["listed"],
            "seconds": round(found["seconds"], 1),
            "lines_per_s_from_files": round(per_second),
            "lines_per_s_from_staged_rows": round(found["rate"]),
            "parts_s": found["parts"],
            "bare_copy_of_order_lines_per_s": round(bare),
            "share_of_bare_copy": round(per_second / bare, 3),
            "memory_mib": memory,
        },
        targets=[
            target_at_least("order lines from files to commit", per_second, LINES_PER_SECOND, "lines/s"),
            target("memory, command and database", memory["peak"], MEMORY_MIB, "MiB"),
            target("accounts that differ from their transfers", wrong, 0, "accounts"),
        ],
    )


def _import(folder: Path, url: str, work: Path, memory: dict[str, float]) -> dict[str, Any]:
    with tempfile.TemporaryFile() as output:
        child = subprocess.Popen(  # noqa: S603 - ourselves
            [sys.executable, "-c", CHILD, str(folder), url, str(work / "imports")],
            stdout=output,
            env=os.environ | {"DJANGO_SETTINGS_MODULE": "huiliu.settings"},
        )
        memory["child"] = float(child.pid)
        if child.wait() != 0:
            raise RuntimeError("The import failed; its words stand above.")
        memory.pop("child")
        output.seek(0)
        answer: dict[str, Any] = json.loads(output.read().splitlines()[-1])
        return answer


@contextmanager
def _memory() -> Iterator[dict[str, float]]:
    """Peaks in MiB: the command, the database, both at one moment."""
    peaks: dict[str, float] = {"peak": 0, "command": 0, "database": 0}
    stop = threading.Event()
    server = cluster().process()

    def watch() -> None:
        while not stop.wait(SAMPLE_SECONDS):
            ours = _pss(int(peaks["child"])) if "child" in peaks else 0.0
            theirs = _pss(server.pid) if server else 0.0
            now = {"peak": ours + theirs, "command": ours, "database": theirs}
            for name, value in now.items():
                peaks[name] = max(peaks[name], round(value))

    thread = threading.Thread(target=watch)
    thread.start()
    try:
        yield peaks
    finally:
        stop.set()
        thread.join()


def _pss(pid: int) -> float:
    """MiB of a process and all below it, shared pages divided among those who share them."""
    total = 0.0
    try:
        parent = psutil.Process(pid)
        family = [parent, *parent.children(recursive=True)]
    except psutil.Error:
        return 0.0
    for process in family:
        try:
            rollup = Path(f"/proc/{process.pid}/smaps_rollup").read_text()
        except OSError:
            continue
        total += sum(int(line.split()[1]) for line in rollup.splitlines() if line.startswith("Pss:"))
    return total / 1024


def _bare_copy(url: str, lines: int) -> float:
    """Order lines a second that COPY alone writes: the same columns, no key, no index, no judgement."""
    with psycopg.connect(url) as connection, tempfile.TemporaryFile() as file:
        with connection.cursor().copy("COPY (SELECT * FROM orders_line LIMIT 500000) TO STDOUT") as copy:
            for chunk in copy:
                file.write(chunk)
        file.seek(0)
        connection.execute("CREATE TEMP TABLE bare AS SELECT * FROM orders_line LIMIT 0")
        began = time.perf_counter()
        with connection.cursor().copy("COPY bare FROM STDIN") as copy:
            while chunk := file.read(1 << 20):
                copy.write(chunk)
        return min(lines, 500_000) / (time.perf_counter() - began)


def _proof(url: str) -> int:
    """Accounts whose balance is not the sum of their transfers; computed beside PostgreSQL, from scratch."""
    with psycopg.connect(url) as connection:
        row = connection.execute(
            "SELECT count(*) FROM ledger_account a FULL JOIN (SELECT account, sum(amount) AS balance FROM ("
            " SELECT debit_account_id AS account, amount FROM ledger_transfer WHERE debit_account_id IS NOT NULL"
            " AND kind IN ('POST', 'SETTLE') UNION ALL SELECT credit_account_id, -amount FROM ledger_transfer"
            " WHERE kind IN ('POST', 'SETTLE')) x GROUP BY account) t ON t.account = a.id"
            " WHERE coalesce(a.balance, 0) <> coalesce(t.balance, 0)"
        ).fetchone()
    return int(row[0]) if row else 0
