"""The tests of one group share an installation only when one process runs them all, and it begins with them."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

CONFTEST = """
from huiliu.testing.scheduling import pytest_collection_modifyitems, pytest_xdist_make_scheduler
"""
NOTES = """
import os, pathlib, time

def note(name):
    with pathlib.Path("ran").open("a") as file:
        file.write(f"{os.environ['PYTEST_XDIST_WORKER']} {name}\\n")
    time.sleep(0.02)
"""
FILE = """
import pytest
from notes import note

@pytest.mark.parametrize("number", range(4))
def test_one(request, number):
    note(request.node.nodeid)
    assert ("browser" in {mark.name for mark in request.node.iter_markers()}) == ("browser/" in request.node.nodeid)
"""
FILES = (
    "src/many/test_a.py",
    "src/many/test_b.py",
    "tests/browser/test_c.py",
    "tests/browser/test_d.py",
    "tests/browser/test_every_page.py",
    "tests/browser/test_store_pages.py",
)


def test_who_looks_and_who_works_in_a_browser_have_a_process_each_which_begins_with_them(tmp_path: Path):
    (tmp_path / "pytest.ini").write_text("[pytest]\nmarkers =\n  browser: one\npythonpath = .\n")
    (tmp_path / "conftest.py").write_text(CONFTEST)
    (tmp_path / "notes.py").write_text(NOTES)
    for name in FILES:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(FILE)

    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "xdist", "-n", "2", "--dist", "loadgroup"],
        cwd=tmp_path,
        env=os.environ | {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )

    assert done.returncode == 0, done.stdout + done.stderr
    ran = [line.split(" ", 1) for line in (tmp_path / "ran").read_text().splitlines()]
    assert len(ran) == 24
    looks, works = (
        {worker for worker, name in ran if "browser/" in name and ("page" in name) is is_look}
        for is_look in (True, False)
    )
    assert (len(looks), len(works), looks & works) == (1, 1, set())
    for [worker] in (looks, works):
        by_it = [name for one, name in ran if one == worker]
        assert all("browser/" in name for name in by_it[:8])
    # A file's fixtures are made in one process only, unless its tests are known to be long and apart.
    for name in FILES:
        assert len({worker for worker, test in ran if test.startswith(name)}) == 1
