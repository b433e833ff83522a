"""`huiliu up` with its processes killed one by one, and all at once; nobody is left behind."""

from __future__ import annotations

import signal
import socket

import psutil
import psycopg

from tests.setup.conftest import Installation, wait_until


def named(installation: Installation, word: str) -> psutil.Process:
    """The oldest process of the installation whose command has `word`."""
    found = [process for process in installation.processes() if word in " ".join(process.cmdline())]
    return min(found, key=lambda process: process.create_time())


def test_a_life_with_kills(an_installation_with_tables: Installation) -> None:
    """One start for several promises: starting is what costs."""
    installation = an_installation_with_tables
    supervisor = installation.up()
    with psycopg.connect(installation.cluster().urls().super_, autocommit=True) as connection:
        connection.execute("CREATE TABLE answered AS SELECT 1 AS number")
    server = installation.cluster().process()
    assert server is not None

    # A second one on the same data is refused and harms nothing.
    second = installation.huiliu("up")
    assert (second.returncode, "is running on" in second.stderr) == (1, True)

    # Another command beside it does not take the database away when it ends.
    assert installation.huiliu("migrate").returncode == 0
    assert installation.cluster().process() == server

    # kill -9 of the web process: started again.
    named(installation, "wsgi:application").kill()
    wait_until(lambda: not installation.healthy())
    installation.wait_until_healthy()

    # kill -9 of the database: started again, what was answered is there.
    server.kill()
    wait_until(lambda: installation.cluster().process() not in (None, server))
    installation.wait_until_healthy()
    with psycopg.connect(installation.cluster().urls().super_) as connection:
        assert connection.execute("SELECT number FROM answered").fetchall() == [(1,)]
    server = installation.cluster().process()

    # kill -9 of the supervisor: its children go by themselves; the database stays and is adopted.
    supervisor.kill()
    supervisor.wait()
    wait_until(lambda: not installation.processes(), installation.processes)
    assert installation.cluster().process() == server
    supervisor = installation.up()
    assert installation.cluster().process() == server

    # Ctrl-C: everything stops, the database last and cleanly.
    supervisor.send_signal(signal.SIGINT)
    assert supervisor.wait(timeout=30) == 0  # two seconds, on a machine that does nothing else
    assert installation.processes() == []
    assert installation.cluster().process() is None
    assert not (installation.cluster().directory / "postmaster.pid").exists()


def test_a_port_in_use_is_said_before_anything_starts(installation: Installation) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", installation.port))
        other.listen()
        refused = installation.huiliu("up")

    assert refused.returncode == 1
    assert f"Port {installation.port} is in use" in refused.stderr
    assert not installation.cluster().directory.exists()


def test_a_command_stops_the_database_it_started(installation: Installation) -> None:
    done = installation.huiliu("migrate")

    assert (done.returncode, done.stderr) == (0, "The database is current.\n")
    assert installation.cluster().status().major is not None
    assert installation.cluster().process() is None
