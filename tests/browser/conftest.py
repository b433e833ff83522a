"""A whole installation with the demo company, started once for all browser tests, and people signed in to it."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Error, Page, expect, sync_playwright

from huiliu.platform.embedded import Cluster
from huiliu.testing.wechat import APP, SECRET, Wechat, a_wechat
from scripts.browser import found, has_chinese_fonts

PASSWORD = "huiliu-demo-2026"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
READY_SECONDS = 480
SETTLE_SECONDS = 60
expect.set_options(timeout=20_000)  # a machine that does other things, too
QUIET_SECONDS = 0.05
#: Counts the answers a page waits for, to their last byte.
_COUNT_ANSWERS = """(() => {
  window.__waiting = 0;
  const done = () => { window.__waiting -= 1 };
  const ask = window.fetch;
  window.fetch = async (...wanted) => {
    window.__waiting += 1;
    const answer = await ask(...wanted).catch(error => { done(); throw error });
    answer.clone().blob().then(done, done);
    return answer;
  };
})()"""
#: Until nothing is waited for, neither an answer nor another page, and some frames were painted since; false if that
#: takes too long. The content policy forbids eval, so Playwright's own waiting for a function is no way.
_QUIET = """([quiet, limit]) => new Promise(done => {
  const QUIET_FRAMES = 4;
  const start = performance.now();
  let since = start, frames = 0;
  const isWaiting = () => window.__waiting > 0 || document.readyState !== 'complete'
    || document.querySelector('.ant-skeleton-active, main[aria-busy=true]') !== null;
  const look = () => {
    const now = performance.now();
    frames += 1;
    if (isWaiting()) [since, frames] = [now, 0];
    if (now - since >= quiet && frames >= QUIET_FRAMES) done(true);
    else if (now - start > limit) done(false);
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
})"""
CONSOLE = Path(__file__).parents[2] / "src" / "huiliu" / "static" / "console" / "index.html"


@dataclass(frozen=True)
class Installation:
    """`huiliu demo` as a newcomer starts it, with a third of its history, on a port and a data directory of its own."""

    url: str
    data: Path

    def rows(self, query: str, *parameters: Any) -> list[tuple[Any, ...]]:
        """What stands in the database, read past every reach."""
        import psycopg

        with psycopg.connect(Cluster(self.data).urls().super_) as connection:
            return connection.execute(query, parameters).fetchall()


@pytest.fixture(scope="package")
def wechat() -> Iterator[Wechat]:
    """A stand-in of WeChat's own server, which the installation asks."""
    with a_wechat() as stand_in:
        yield stand_in


@pytest.fixture(scope="package")
def installation(wechat: Wechat) -> Iterator[Installation]:
    if running := os.environ.get("HUILIU_TEST_URL"):  # while writing a test: a demo that runs already
        yield Installation(running, Path(os.environ["HUILIU_TEST_DATA"]))
        return
    if not CONSOLE.exists():
        pytest.fail("The console is not built: make web", pytrace=False)
    place = Path(tempfile.mkdtemp(prefix="huiliu-browser-"))
    port = _free_ports()
    mine = ("HUILIU_", "DJANGO_", "DATABASE_URL", "PG")
    environment = {name: value for name, value in os.environ.items() if not name.startswith(mine)} | {
        "HUILIU_DATA": str(place / "data"),
        "HUILIU_PORT": str(port),
        "HUILIU_RATE_LIMIT_PER_MINUTE": "1000000",
        "HUILIU_WECHAT_APPS": json.dumps({APP: SECRET}),
        "HUILIU_WECHAT_BASE_URL": wechat.base_url,
    }
    log = place / "demo.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "huiliu.entrypoints.cli", "demo", "--months", "6"],
            env=environment,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    try:
        for door in (port, port + 1):  # the pages, and the live updates beside them
            _wait(f"http://127.0.0.1:{door}/healthz", process, log)
        yield Installation(f"http://127.0.0.1:{port}", place / "data")
    finally:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(30)
        except subprocess.TimeoutExpired:
            process.kill()
        Cluster(place / "data").stop()
        shutil.rmtree(place, ignore_errors=True)


def _free_ports() -> int:
    """A port whose neighbour is free, too: live updates stand there."""
    for _ in range(50):
        with socket.socket() as one, socket.socket() as next_one:
            one.bind(("127.0.0.1", 0))
            port = int(one.getsockname()[1])
            try:
                next_one.bind(("127.0.0.1", port + 1))
            except OSError:
                continue
            return port
    raise RuntimeError("no two free ports beside each other")


def _wait(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + READY_SECONDS
    while time.monotonic() < deadline:
        assert process.poll() is None, log.read_text()[-4000:]
        try:
            with urllib.request.urlopen(address, timeout=2) as answer:  # noqa: S310 - our own server
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.2)
    raise AssertionError(log.read_text()[-4000:])


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    path = found()
    if not path or not has_chinese_fonts():
        pytest.fail("Chromium or Chinese fonts are missing: make browser", pytrace=False)
    # Playwright's loop runs in this thread, and Django would take every later query for one from a coroutine.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@dataclass
class Person:
    """Somebody signed in, with everything their browser complained about."""

    page: Page
    url: str
    complaints: list[str] = field(default_factory=list)
    under_way: set[str] = field(default_factory=set)
    last_done: float = 0.0

    def go(self, address: str) -> None:
        """Another page without loading the application anew, as a click in the menu does."""
        self.page.evaluate(
            "address => { history.pushState({}, '', address); dispatchEvent(new PopStateEvent('popstate')) }",
            address,
        )

    def settle(self) -> None:
        """Until what the page asked for is there: nothing under way for a moment, and no skeleton.

        The page looks at itself; files, which it does not see, are under way until the browser says so.
        """
        deadline = time.monotonic() + SETTLE_SECONDS
        while not (self._is_quiet(deadline) and self._has_its_files()):
            assert time.monotonic() < deadline, f"{self.page.url} waits for {sorted(self.under_way)}"
            self.page.wait_for_timeout(10)

    def _is_quiet(self, deadline: float) -> bool:
        limit = max(deadline - time.monotonic(), 0)
        try:
            return bool(self.page.evaluate(_QUIET, [QUIET_SECONDS * 1000, limit * 1000]))
        except Error as error:  # the page was left for another one meanwhile
            if "context was destroyed" not in error.message:
                raise
            return False

    def _has_its_files(self) -> bool:
        return not self.under_way and time.monotonic() - self.last_done > QUIET_SECONDS

    def calm(self) -> None:
        """Nothing was complained about so far."""
        assert self.complaints == []


SignIn = Callable[..., Person]


@pytest.fixture
def sign_in(installation: Installation, chromium: Browser) -> Iterator[SignIn]:
    """`sign_in("sales", width=390)`: a browser of their own, signed in through the form; `script` runs first in each page."""
    contexts: list[BrowserContext] = []

    def enter(username: str, *, width: int = 1440, height: int = 900, script: str = "") -> Person:
        context = chromium.new_context(
            viewport={"width": width, "height": height}, locale="zh-CN", timezone_id="Asia/Shanghai"
        )
        contexts.append(context)
        context.add_init_script(f"{_COUNT_ANSWERS};\n{script}")
        person = Person(context.new_page(), installation.url)
        listen(person)
        page = person.page
        page.goto(f"{installation.url}/")
        page.get_by_label("用户名或手机号").fill(username)
        page.get_by_label("密码").fill(PASSWORD)
        page.get_by_role("button", name="登录", exact=True).click()
        page.wait_for_url(lambda address: "sign-in" not in address)
        return person

    yield enter
    for context in contexts:
        context.close()


def listen(person: Person) -> None:
    """Whatever the console, the network or a script complains about."""
    page, told = person.page, person.complaints

    def heard(message: Any) -> None:
        # Asking who is signed in before anybody is answers 401, and the browser says so by itself.
        if message.type in ("error", "warning") and "status of 401" not in message.text:
            told.append(f"console: {message.text[:300]}")

    def answered(response: Any) -> None:
        if response.status >= 400 and not response.url.endswith("/api/v1/session"):
            told.append(f"{response.status} {response.request.method} {response.url}")

    def asked(request: Any) -> None:
        if "/api/v1/live" not in request.url:  # the stream of what happens elsewhere never ends
            person.under_way.add(request.url)

    def done(request: Any) -> None:
        person.under_way.discard(request.url)
        person.last_done = time.monotonic()

    page.on("request", asked)
    page.on("requestfinished", done)
    page.on("requestfailed", done)
    page.on("console", heard)
    page.on("response", answered)
    page.on("pageerror", lambda error: told.append(f"script: {error}"))
