"""Twelve journeys through the built console in Chromium with the demo company, as brand users and as a dealer.

What is timed is what a person waits for: from the click until the page's own content stands there and nothing is
loading. The reference is the machine itself in the same run: the same browser opening an empty page of the same
server. `HUILIU_TEST_URL` names a demo that runs already; without it an installation of its own is started, as the
tests in `tests/browser` do.
"""

from __future__ import annotations

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
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, Response, sync_playwright

from benchmarks.harness import Report, median, percentile, report, target
from scripts.browser import found

PASSWORD = "huiliu-demo-2026"  # noqa: S105 - the demo's, printed in the README
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
]
READY_SECONDS = 480
FIRST_LOAD_KB, ROUTE_MS, DESK_MS, DROPPED = 450, 300, 2000, 0.01
FRAMES = """() => new Promise(done => {
  const table = document.querySelector('.ant-table-tbody-virtual-holder') ?? document.scrollingElement
  const gaps = []; let last = performance.now(), left = 120
  const step = now => {
    gaps.push(now - last); last = now; table.scrollTop += 60
    if (left-- > 0) requestAnimationFrame(step); else done(gaps.slice(2))
  }
  requestAnimationFrame(step)
})"""
#: What is there when a page is usable, beside that no skeleton is left.
CONTENT = ".ant-table-row, .figure-value, .card, .state, .phone-card"


@dataclass
class Person:
    """Somebody at a browser of their own, with the bytes that came over the wire."""

    page: Page
    url: str
    transferred: list[int] = field(default_factory=list)

    def settle(self) -> None:
        """Until the page's content stands there and no skeleton does."""
        self.page.locator(f"main :is({CONTENT})").first.wait_for()
        # No script of ours may wait inside the page: its content policy forbids eval.
        waiting = self.page.locator("main :is(.ant-skeleton-active, [aria-busy=true])")
        while waiting.count():
            waiting.first.wait_for(state="detached")

    def go(self, address: str) -> None:
        """A change of the route without loading anew, as a click in the menu makes it."""
        self.page.evaluate(
            "address => { history.pushState({}, '', address); dispatchEvent(new PopStateEvent('popstate')) }",
            address,
        )
        self.page.wait_for_url(lambda at: at == f"{self.url}{address}")
        self.page.evaluate(
            "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
        )
        self.settle()

    def sign_in(self, name: str) -> None:
        self.page.goto(f"{self.url}/")
        self.page.get_by_label("用户名或手机号").fill(name)
        self.page.get_by_label("密码").fill(PASSWORD)
        self.page.get_by_role("button", name="登录", exact=True).click()
        self.page.wait_for_url(lambda address: "sign-in" not in address)
        self.settle()


def run(*, rounds: int = 5) -> Report:
    """Sign in, walk, measure: each change of route `rounds` times after a first visit that is told apart."""
    figures: dict[str, Any] = {}
    first: dict[str, float] = {}
    again: dict[str, list[float]] = {}
    with _installation() as url, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found(), args=FLAGS)
        figures["empty_page_ms"] = _empty_page(browser, url)
        targets = [_first_load(browser, url, figures), _cold_desk(browser, url, figures)]
        for user, journeys in JOURNEYS.items():
            with _person(browser, url) as person:
                began = time.perf_counter()
                person.sign_in(user)
                first[f"{user}: sign in → desk"] = (time.perf_counter() - began) * 1000
                for turn in range(rounds + 1):
                    for name, walk in journeys.items():
                        began = time.perf_counter()
                        walk(person)
                        taken = (time.perf_counter() - began) * 1000
                        if turn == 0:
                            first[f"{user}: {name}"] = taken
                        else:
                            again.setdefault(f"{user}: {name}", []).append(taken)
        targets.append(_scrolling(browser, url, figures))
        browser.close()
    figures["first_visit_ms"] = {name: round(value) for name, value in first.items()}
    figures["p50_ms"] = {name: round(median(values)) for name, values in again.items()}
    every = [value for values in again.values() for value in values]
    figures["route_change_p50_ms"] = round(median(every))
    figures["journeys"] = len(again) + len(JOURNEYS)
    figures["over_empty_page"] = round(median(every) / figures["empty_page_ms"], 2)
    targets.append(target("route change, p95", percentile(every, 0.95), ROUTE_MS, "ms"))
    return report("console", figures=figures, targets=targets)


def _at(address: str) -> Callable[[Person], None]:
    return lambda person: person.go(address)


def _open_order(person: Person) -> None:
    """From the list, as it stands, into its first order."""
    person.page.locator("main .ant-table-row a").first.click()
    person.page.wait_for_url(lambda address: "/orders/" in address)
    person.settle()


def _filtered(person: Person) -> None:
    person.go("/orders?state=COMPLETED")


def _search(person: Person) -> None:
    """The palette until its first hit; typing waits for a pause of the writer, which counts."""
    box = person.page.get_by_role("combobox").first
    box.fill("商贸")
    person.page.locator(".palette-line").first.wait_for()
    box.fill("")


#: By user; twelve with the two sign-ins and the dealer's walk.
JOURNEYS: dict[str, dict[str, Callable[[Person], None]]] = {
    "admin": {
        "order list": _at("/orders"),
        "order list, filtered": _filtered,
        "an order from the list": _open_order,
        "price lists": _at("/price-lists"),
        "stock": _at("/stock"),
        "explore, two dimensions": _at(
            "/explore?metric=net_sales&rows=organization_1&cols=month&period=months_12"
        ),
        "imports": _at("/imports"),
        "audit": _at("/settings/audit"),
        "search, first hit": _search,
    },
    "dealer": {"order list": _at("/orders"), "stock": _at("/stock"), "desk": _at("/")},
}


def _first_load(browser: Browser, url: str, figures: dict[str, Any]) -> dict[str, Any]:
    """Bytes over the wire, headers apart, until the order list stands in a browser that knows nothing."""
    with _person(browser, url) as guest:
        guest.sign_in("admin")
        state = guest.page.context.storage_state()
    with _person(browser, url, storage_state=state) as person:
        person.page.goto(f"{url}/orders")
        person.settle()
        person.page.wait_for_timeout(50)
        needed = sum(person.transferred)
        person.page.wait_for_timeout(2500)  # what comes when the browser is idle
        figures["first_load_with_idle_kb"] = round(sum(person.transferred) / 1024)
    return target("order list, first load of script, style and page", needed / 1024, FIRST_LOAD_KB, "KB")


def _cold_desk(browser: Browser, url: str, figures: dict[str, Any]) -> dict[str, Any]:
    """Somebody signed in opens the desk in a browser without cache."""
    with _person(browser, url) as guest:
        guest.sign_in("admin")
        state = guest.page.context.storage_state()
    taken = []
    for _ in range(3):
        with _person(browser, url, storage_state=state) as person:
            began = time.perf_counter()
            person.page.goto(f"{url}/", wait_until="commit")
            person.page.locator("main .figure-value").first.wait_for()
            taken.append((time.perf_counter() - began) * 1000)
    figures["cold_desk_ms"] = [round(value) for value in taken]
    return target("desk usable, cold", median(taken), DESK_MS, "ms")


def _scrolling(browser: Browser, url: str, figures: dict[str, Any]) -> dict[str, Any]:
    """A pivot of more than 1,000 rows: frames later than the next but one, of 118."""
    with _person(browser, url) as person:
        person.sign_in("analyst")
        person.go("/explore?metric=net_sales&rows=partner&rows=category_1&period=year")
        gaps = person.page.evaluate(FRAMES)
    figures["scroll_frame_p95_ms"] = round(percentile(gaps, 0.95), 1)
    dropped = sum(gap > 34 for gap in gaps) / len(gaps)
    return target("1,000-row table, frames dropped", dropped, DROPPED, "of all")


def _empty_page(browser: Browser, url: str) -> float:
    """What opening anything at all costs here."""
    context = browser.new_context()
    page = context.new_page()
    taken = []
    for _ in range(7):
        began = time.perf_counter()
        page.goto(f"{url}/healthz")
        taken.append((time.perf_counter() - began) * 1000)
    context.close()
    return round(median(taken), 1)


@contextmanager
def _person(browser: Browser, url: str, **options: Any) -> Iterator[Person]:
    context: BrowserContext = browser.new_context(
        viewport={"width": 1440, "height": 900}, locale="zh-CN", timezone_id="Asia/Shanghai", **options
    )
    person = Person(context.new_page(), url)

    def answered(response: Response) -> None:
        if "/static/" in response.url or response.request.resource_type == "document":
            person.transferred.append(int(response.headers.get("content-length", "0")))

    person.page.on("response", answered)
    try:
        yield person
    finally:
        context.close()


@contextmanager
def _installation() -> Iterator[str]:
    """The demo that HUILIU_TEST_URL names, or one on a port and in a directory of its own, gone afterwards."""
    if running := os.environ.get("HUILIU_TEST_URL"):
        yield running
        return
    data = Path(tempfile.mkdtemp(prefix="huiliu-bench-console-"))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    url = f"http://127.0.0.1:{port}"
    log = data / "demo.log"
    environment = os.environ | {"HUILIU_PORT": str(port), "HUILIU_DATA": str(data / "data")}
    with log.open("wb") as out:
        process = subprocess.Popen(  # noqa: S603 - ourselves
            [str(Path(sys.executable).parent / "huiliu"), "demo"],
            env=environment,
            stdout=out,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        _wait(f"{url}/healthz", process, log)
        yield url
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=60)
        shutil.rmtree(data, ignore_errors=True)


def _wait(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + READY_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=2) as answer:  # noqa: S310 - our own server
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.2)
    raise RuntimeError(f"The demo did not start: {log.read_text()[-2000:]}")
