"""Whatever is killed or copied: what was answered is there at the next start."""

from __future__ import annotations

import gc
import os
import pwd
import shutil
import signal
import subprocess
import sys
import threading
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import psycopg
import pytest

from huiliu.platform.embedded import Cluster, PostgresUnavailable, Urls
from tests.setup.conftest import SMALL

MakeCluster = Callable[..., Cluster]

WRITER = """
import sys, psycopg
with psycopg.connect(sys.argv[1], autocommit=True) as connection:
    for number in range(1, 1_000_000):
        connection.execute("INSERT INTO answered VALUES (%s, repeat('x', 500))", [number])
        print(number, flush=True)
"""


class Writer:
    """A client that commits rows one by one and tells each one only when it was answered."""

    def __init__(self, urls: Urls, told: Path) -> None:
        self.told = told
        with psycopg.connect(urls.super_, autocommit=True) as connection:
            connection.execute("CREATE TABLE answered (number int PRIMARY KEY, filler text)")
        with told.open("w") as output:
            self.process = subprocess.Popen(
                [sys.executable, "-c", WRITER, urls.super_], stdout=output, stderr=subprocess.DEVNULL
            )

    def answered(self) -> int:
        """The last number that was answered; a half-written line does not count."""
        whole = [line for line in self.told.read_text().splitlines(keepends=True) if line.endswith("\n")]
        return int(whole[-1]) if whole else 0

    def wait_for(self, number: int) -> int:
        deadline = time.monotonic() + 15
        while self.answered() < number:
            assert time.monotonic() < deadline, "the writer does not get on"
            time.sleep(0.01)
        return self.answered()

    def end(self) -> int:
        self.process.kill()
        self.process.wait()
        return self.answered()


def rows(urls: Urls) -> list[int]:
    with psycopg.connect(urls.super_) as connection:
        return [number for (number,) in connection.execute("SELECT number FROM answered ORDER BY 1")]


def assert_all_there(urls: Urls, answered: int) -> None:
    """Every answered row, perhaps one more that was committed and not answered any more, no gap."""
    found = rows(urls)
    assert len(found) >= answered > 0
    assert found == list(range(1, len(found) + 1))
    assert len(found) <= answered + 1


@contextmanager
def a_stranger(uid: int | None = None) -> Iterator[int]:
    """The pid of a living process that has nothing to do with us."""
    options = {} if uid is None else {"user": uid}
    process = subprocess.Popen(["sleep", "60"], cwd="/", **options)  # type: ignore[call-overload]
    try:
        yield process.pid
    finally:
        process.kill()
        process.wait()


def test_kill_9_of_the_server_loses_nothing_that_was_answered(a_cluster: MakeCluster, place: Path) -> None:
    cluster = a_cluster()
    writer = Writer(cluster.start(), place / "told")
    writer.wait_for(50)
    server = cluster.process()
    assert server is not None

    server.kill()
    answered = writer.end()
    urls = cluster.start()  # at once: backends of the killed server may still be there

    assert_all_there(urls, answered)
    again = cluster.process()
    assert again is not None
    assert again.pid != server.pid


def test_a_server_that_was_found_alive_and_dies_before_it_answers_is_started_anew(
    a_cluster: MakeCluster,
) -> None:
    """What a start right after a kill meets: the signal is on its way, the process still there."""
    cluster = a_cluster()
    cluster.start()
    dying = cluster.process()
    assert dying is not None
    dying.suspend()
    end = threading.Timer(1, dying.kill)
    end.start()

    started = time.monotonic()
    urls = cluster.start()

    assert time.monotonic() - started < 30, "not after waiting for a dead server to answer"
    with psycopg.connect(urls.web) as connection:
        assert connection.execute("SELECT current_user").fetchone() == ("huiliu_web",)
    again = cluster.process()
    assert again is not None
    assert again.pid != dying.pid
    end.join()


def test_kill_9_of_every_process_at_once_loses_nothing(a_cluster: MakeCluster, place: Path) -> None:
    cluster = a_cluster()
    writer = Writer(cluster.start(), place / "told")
    writer.wait_for(50)
    server = cluster.process()
    assert server is not None

    for process in [server, *server.children()]:
        process.send_signal(signal.SIGKILL)
    answered = writer.end()

    assert_all_there(cluster.start(), answered)


def test_files_copied_while_the_server_writes_start_elsewhere(a_cluster: MakeCluster, place: Path) -> None:
    """A power cut: what the disk holds at one instant. Frozen while copied, as a snapshot is."""
    cluster = a_cluster()
    writer = Writer(cluster.start(), place / "told")
    writer.wait_for(50)
    server = cluster.process()
    assert server is not None

    processes = [server, *server.children()]
    for process in processes:
        process.suspend()
    answered = writer.answered()
    subprocess.run(["cp", "-a", cluster.data_dir, place / "copy"], check=True)
    for process in processes:
        process.resume()
    writer.wait_for(answered + 20)
    copy = a_cluster("copy")
    urls = copy.start()

    found = rows(urls)
    assert found[:answered] == list(range(1, answered + 1))
    assert len(found) <= answered + 1
    # The original went on undisturbed: two servers, two directories.
    assert cluster.process() is not None
    assert copy.process() != cluster.process()
    assert_all_there(cluster.urls(), writer.end())


@pytest.mark.parametrize("same_user", [True, False])
def test_a_stale_pid_that_belongs_to_another_program_is_ignored(
    a_cluster: MakeCluster, same_user: bool
) -> None:
    cluster = a_cluster()
    cluster.start()
    server = cluster.process()
    assert server is not None
    server.kill()
    server.wait()

    with a_stranger(cluster.user.uid if same_user else None) as pid:
        pid_file = cluster.directory / "postmaster.pid"
        pid_file.write_text(f"{pid}\n" + pid_file.read_text().split("\n", 1)[1])
        assert cluster.process() is None
        cluster.start()

        assert psutil.pid_exists(pid), "the stranger was left alone"
        assert cluster.status().pid not in (None, pid)


def test_a_running_server_is_adopted_not_started_twice(a_cluster: MakeCluster) -> None:
    first = a_cluster()
    first.start()
    pid = first.status().pid

    Cluster(first.data_dir).start()

    assert first.status().pid == pid


def test_six_processes_that_start_at_once_share_one_server(a_cluster: MakeCluster) -> None:
    cluster = a_cluster()
    program = (
        "import sys; from pathlib import Path; from huiliu.platform.embedded import Cluster;"
        "c = Cluster(Path(sys.argv[1])); c.start(); print(c.status().pid)"
    )
    started = [
        subprocess.Popen([sys.executable, "-c", program, cluster.data_dir], stdout=subprocess.PIPE)
        for _ in range(6)
    ]
    pids = {process.communicate(timeout=60)[0] for process in started}

    assert pids == {f"{cluster.status().pid}\n".encode()}


def test_a_data_directory_with_a_long_name_works(a_cluster: MakeCluster) -> None:
    cluster = a_cluster("一个很长的目录名" * 6 + "/with spaces & signs/" + "d" * 60)

    urls = cluster.start()

    with psycopg.connect(urls.web) as connection:
        assert connection.execute("SELECT current_user").fetchone() == ("huiliu_web",)


def test_permissions_above_the_data_directory_stay_as_they_are(a_cluster: MakeCluster, place: Path) -> None:
    cluster = a_cluster()
    cluster.start()

    assert place.stat().st_mode & 0o777 == 0o700
    assert cluster.directory.stat().st_mode & 0o777 == 0o700
    assert cluster.socket_dir.stat().st_mode & 0o777 == 0o700


def test_files_that_lost_their_owner_are_taken_over(a_cluster: MakeCluster, place: Path) -> None:
    """A copy made without owners, as root: `cp -r`."""
    cluster = a_cluster()
    with psycopg.connect(cluster.start().super_, autocommit=True) as connection:
        connection.execute("CREATE TABLE answered AS SELECT 1 AS number")
    cluster.stop()
    shutil.copytree(cluster.data_dir, place / "copy", ignore=shutil.ignore_patterns("socket"))

    assert rows(a_cluster("copy").start()) == [1]


def test_files_of_another_program_are_not_touched(a_cluster: MakeCluster) -> None:
    cluster = a_cluster()
    cluster.directory.mkdir(parents=True)
    (cluster.directory / "thesis.txt").write_text("mine")

    with pytest.raises(PostgresUnavailable, match="holds files but no cluster"):
        cluster.start()

    assert [path.name for path in cluster.directory.iterdir()] == ["thesis.txt"]
    assert (cluster.directory / "thesis.txt").read_text() == "mine"


def test_an_initdb_that_was_killed_is_made_again(a_cluster: MakeCluster) -> None:
    cluster = a_cluster()
    half = cluster.data_dir / "postgres.new"
    half.mkdir(parents=True)
    (half / "PG_VERSION").write_text("18\n")

    cluster.start()

    assert not half.exists()
    assert cluster.status().major is not None


def test_logins_see_nothing_and_create_nothing(a_cluster: MakeCluster) -> None:
    urls = a_cluster().start()
    with psycopg.connect(urls.owner, autocommit=True) as connection:
        connection.execute("CREATE TABLE orders (id int)")

    for url in (urls.web, urls.worker):
        with psycopg.connect(url, autocommit=True) as connection:
            for statement in ("SELECT * FROM orders", "CREATE TABLE mine (id int)"):
                with pytest.raises(psycopg.errors.InsufficientPrivilege):
                    connection.execute(statement)
            connection.execute("SET ROLE huiliu_staff")  # the way to a reach is open


def as_an_ordinary_user(work: Callable[[], list[str]]) -> list[str]:
    """What `work` answers in a process without root's rights: dropped when we are root, else as we are.

    Forked, not started: the interpreter may lie in a home that user cannot enter.
    """
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            if os.geteuid() == 0:
                user = pwd.getpwnam("nobody")
                os.setgroups([])
                os.setgid(user.pw_gid)
                os.setuid(user.pw_uid)
            os.chdir("/")
            answer = "\n".join(work())
        except BaseException as error:  # noqa: BLE001 - told to the parent, which fails the test
            answer = repr(error)
        os.write(writer, answer.encode())
        os._exit(0)
    os.close(writer)
    with os.fdopen(reader, closefd=True) as answers:
        told = answers.read()
    os.waitpid(child, 0)
    return told.split("\n")


def test_without_root_it_runs_as_oneself(place: Path) -> None:
    home = place / "home"
    home.mkdir(mode=0o700)
    if os.geteuid() == 0:
        place.chmod(0o711)
        shutil.chown(home, "nobody")

    def work() -> list[str]:
        cluster = Cluster(home / "data", settings=SMALL)
        with psycopg.connect(cluster.start().web) as connection:
            row = connection.execute("SELECT current_user").fetchone()
        server = cluster.process()
        assert row is not None
        assert server is not None
        same = server.uids().real == os.geteuid()
        cluster.stop()
        return [
            row[0],
            f"server is me: {same}",
            f"root: {os.geteuid() == 0}",
            f"left: {cluster.status().pid}",
        ]

    assert as_an_ordinary_user(work) == ["huiliu_web", "server is me: True", "root: False", "left: None"]


def test_a_server_that_lives_on_is_no_complaint_and_leaves_no_zombie(a_cluster: MakeCluster):
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        a_cluster("one").start()
        gc.collect()
    assert [str(one.message) for one in told if one.category is ResourceWarning] == []

    first = a_cluster("one").process()
    assert first is not None
    first.kill()
    a_cluster("two").start()  # whoever starts another one looks after those before it
    with pytest.raises(psutil.NoSuchProcess):
        psutil.Process(first.pid)
