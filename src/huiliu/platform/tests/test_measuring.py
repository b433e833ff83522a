"""Figures of several processes are one truth, whichever of them is asked."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from huiliu.platform import measuring

COUNTS = """
from huiliu.platform import measuring
measuring.REQUESTS.labels("orders", "GET", "200").inc({requests})
measuring.REQUEST_SECONDS.labels("orders", "GET").observe(0.2)
measuring.WORK.labels("warehouse", "done").inc()
measuring.STREAMS.inc(3)
{then}
"""
ASKS = """
from prometheus_client import generate_latest
print(generate_latest(measuring.everywhere()).decode())
"""


def process(data: str, *, requests: int, then: str = "") -> str:
    """One process of the installation, to its end; what it printed."""
    return subprocess.run(
        [sys.executable, "-c", COUNTS.format(requests=requests, then=then)],
        env=os.environ | {measuring.DIRECTORY: data},
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    ).stdout


def test_the_counts_of_all_processes_are_summed_and_the_dead_hold_no_streams(tmp_path: Path) -> None:
    directory = measuring.begin(tmp_path)
    process(directory, requests=2)

    told = process(directory, requests=3, then=ASKS).splitlines()

    assert 'huiliu_requests_total{method="GET",operation="orders",status="200"} 5.0' in told
    assert 'huiliu_request_seconds_count{method="GET",operation="orders"} 2.0' in told
    assert 'huiliu_work_total{outcome="done",work="warehouse"} 2.0' in told
    assert "huiliu_live_streams 3.0" in told  # those of the first process ended with it


def test_a_new_start_counts_from_nothing(tmp_path: Path) -> None:
    process(measuring.begin(tmp_path), requests=2)

    told = process(measuring.begin(tmp_path), requests=1, then=ASKS).splitlines()

    assert 'huiliu_requests_total{method="GET",operation="orders",status="200"} 1.0' in told
