"""The store on a phone: what must be downloaded, how soon its home can be used, and how its long list moves.

The phone is Chromium with a slow 4G line (1.6 Mbit/s down, 150 ms a round trip) and a quarter of the processor. The
reference is the same phone opening an empty page of the same server on the same line. The list has 2,000 skus of the
benchmark's own, answered in the place of the server; everything else is the demo company's. `HUILIU_TEST_URL` names a
demo that runs already; without it an installation of its own is started.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Browser, BrowserContext, Page, Response, Route, sync_playwright

from benchmarks.console import FLAGS, PASSWORD, _installation
from benchmarks.harness import Report, median, percentile, report, target
from scripts.browser import found

FIRST_LOAD_KB, HOME_MS, QUOTE_MS, DROPPED = 300, 2_500, 120, 0.01
SLOW_4G = {
    "offline": False,
    "latency": 150,
    "downloadThroughput": 1_600_000 / 8,
    "uploadThroughput": 750_000 / 8,
}
CPU_RATE = 4
LINES, QUOTES, SKUS, PAGE = 50, 60, 2_000, 100
LOADED_SECONDS = 60
#: A page of the store scrolls inside of itself.
END = """() => {
  const page = document.querySelector('.taro_page');
  page.scrollTo(0, page.scrollHeight);
  return document.querySelectorAll('.find-end').length
}"""
FRAMES = """() => new Promise(done => {
  const page = document.querySelector('.taro_page') ?? document.scrollingElement
  page.scrollTo(0, 0)
  const gaps = []; let last = performance.now(), left = 240
  const step = now => {
    gaps.push(now - last); last = now; page.scrollBy(0, 40)
    if (left-- > 0) requestAnimationFrame(step); else done(gaps.slice(2))
  }
  requestAnimationFrame(step)
})"""


def run(*, rounds: int = 5) -> Report:
    """Open cold, quote, scroll; each beside what the same phone needs for nothing at all."""
    figures: dict[str, Any] = {}
    with _installation() as url, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found(), args=FLAGS)
        state = _signed_in(browser, url)
        targets = [
            *_home(browser, url, state, figures, rounds),
            _quote(browser, url, state, figures),
            _list(browser, url, state, figures),
        ]
        browser.close()
    return report("store", figures=figures, targets=targets)


@contextmanager
def _phone(browser: Browser, **options: Any) -> Iterator[Page]:
    context: BrowserContext = browser.new_context(
        viewport={"width": 390, "height": 844},
        locale="zh-CN",
        timezone_id="Asia/Shanghai",
        has_touch=True,
        **options,
    )
    try:
        yield context.new_page()
    finally:
        context.close()


def _signed_in(browser: Browser, url: str) -> Any:
    with _phone(browser) as page:
        answer = page.context.request.post(
            f"{url}/api/v1/session",
            data=json.dumps({"username": "buyer", "password": PASSWORD}),
            headers={"Content-Type": "application/json"},
        )
        assert answer.ok, answer.text()
        return page.context.storage_state()


def _throttle(page: Page) -> None:
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", SLOW_4G)
    session.send("Emulation.setCPUThrottlingRate", {"rate": CPU_RATE})


def _home(
    browser: Browser, url: str, state: Any, figures: dict[str, Any], rounds: int
) -> list[dict[str, Any]]:
    """Cold: no cache, no worker; usable when the home's own content stands there and no grey shape is left."""
    empty, usable, kilobytes = [], [], 0.0
    for _ in range(rounds):
        with _phone(browser, storage_state=state, service_workers="block") as page:
            _throttle(page)
            began = time.perf_counter()
            page.goto(f"{url}/healthz")
            empty.append((time.perf_counter() - began) * 1000)
        with _phone(browser, storage_state=state, service_workers="block") as page:
            taken: list[int] = []
            page.on("response", lambda answer, taken=taken: taken.append(_bytes(answer)))
            _throttle(page)
            began = time.perf_counter()
            page.goto(f"{url}/store/", wait_until="commit")
            page.locator("main > *").first.wait_for()
            while page.locator("main .skeleton").count():
                page.locator("main .skeleton").first.wait_for(state="detached")
            usable.append((time.perf_counter() - began) * 1000)
            kilobytes = sum(taken) / 1024
    figures["empty_page_ms"] = round(median(empty))
    figures["home_usable_ms"] = [round(value) for value in usable]
    figures["home_over_empty_page"] = round(median(usable) / median(empty), 2)
    return [
        target("first load of home: script, style, page", kilobytes, FIRST_LOAD_KB, "KB"),
        target("home usable, slow 4G and a quarter of the processor", median(usable), HOME_MS, "ms"),
    ]


def _bytes(answer: Response) -> int:
    is_ours = "/static/" in answer.url or answer.request.resource_type == "document"
    return int(answer.headers.get("content-length", "0")) if is_ours else 0


def _quote(browser: Browser, url: str, state: Any, figures: dict[str, Any]) -> dict[str, Any]:
    """The round trip of a cart's quote at 50 lines; beside it one that only says who is signed in."""
    with _phone(browser, storage_state=state) as page:
        request = page.context.request
        csrf = next(one["value"] for one in page.context.cookies() if one["name"] == "huiliu_csrf")
        products = request.get(f"{url}/api/v1/shop/catalog?limit={LINES}").json()["items"]
        body = json.dumps({"lines": [{"sku_id": one["sku_id"], "quantity": "24"} for one in products]})
        headers = {"Content-Type": "application/json", "X-CSRFToken": csrf}
        bare, quoted = [], []
        for turn in range(QUOTES + 5):
            began = time.perf_counter()
            request.get(f"{url}/api/v1/session")
            middle = time.perf_counter()
            answer = request.post(f"{url}/api/v1/orders/quote", data=body, headers=headers)
            ended = time.perf_counter()
            assert answer.ok, answer.text()
            if turn >= 5:
                bare.append((middle - began) * 1000)
                quoted.append((ended - middle) * 1000)
    figures["quote_lines"] = len(products)
    figures["session_p95_ms"] = round(percentile(bare, 0.95), 1)
    figures["quote_over_session"] = round(median(quoted) / median(bare), 2)
    return target(f"quote of {len(products)} lines, p95", percentile(quoted, 0.95), QUOTE_MS, "ms")


def _list(browser: Browser, url: str, state: Any, figures: dict[str, Any]) -> dict[str, Any]:
    """2,000 skus on the find page, all loaded, then scrolled by 40 points a frame."""
    with _phone(browser, storage_state=state, service_workers="block") as page:
        sample = page.context.request.get(f"{url}/api/v1/shop/catalog?limit=1").json()["items"][0]

        def shelf(route: Route) -> None:
            asked = parse_qs(urlsplit(route.request.url).query)
            start = int(asked.get("cursor", ["0"])[0])
            rows = [
                sample
                | {"sku_id": 10_000_000 + at, "sku_code": f"B{at}", "sku_name": f"{sample['sku_name']} {at}"}
                for at in range(start, min(SKUS, start + PAGE))
            ]
            more = str(start + PAGE) if start + PAGE < SKUS else None
            route.fulfill(json={"items": rows, "next_cursor": more, "count": SKUS})

        page.context.route("**/api/v1/shop/catalog?**", shelf)
        page.goto(f"{url}/store/#/pages/find/index")
        page.locator(".goods-name").first.wait_for()
        deadline = time.monotonic() + LOADED_SECONDS
        while not page.evaluate(END):
            assert time.monotonic() < deadline, "the list does not come to its end"
            page.wait_for_timeout(60)
        seen = page.evaluate("document.querySelector('.taro_page').scrollHeight")
        gaps = page.evaluate(FRAMES)
        page.goto(f"{url}/healthz")
        bare = page.evaluate(FRAMES)
    figures["scrolled_list_px"] = seen
    figures["scroll_frame_p95_ms"] = round(percentile(gaps, 0.95), 1)
    figures["empty_page_frame_p95_ms"] = round(percentile(bare, 0.95), 1)
    dropped = sum(gap > 34 for gap in gaps) / len(gaps)
    figures["empty_page_frames_dropped"] = round(sum(gap > 34 for gap in bare) / len(bare), 3)
    return target("2,000 skus scrolled, frames dropped", dropped, DROPPED, "of all")
