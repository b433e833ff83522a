"""A client on an old version of the store gets to the new one: asked, at the next start, or when its files are gone."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
ROOT = Path(__file__).parents[2]
BUILT = ROOT / "src" / "huiliu" / "static" / "store"
NODE = ROOT / ".venv" / "bin" / "node"
PROBLEM = {
    "type": "about:blank",
    "code": "platform.sign_in_needed",
    "title": "",
    "status": 401,
    "detail": "",
    "remedy": "",
    "facts": {},
    "fields": [],
    "reference": "",
}


class Host(SimpleHTTPRequestHandler):
    """The built store as the server shows it, from whatever directory is the current version. Nobody is signed in."""

    def __init__(self, *rest: Any, place: list[Path], **named: Any) -> None:
        self.place = place
        super().__init__(*rest, **named)

    def do_GET(self) -> None:
        path = self.path.split("?")[0]
        if path.startswith("/api/"):
            self.answer(401, "application/problem+json", json.dumps(PROBLEM).encode())
        elif path.startswith("/static/store/"):
            self.file(path.removeprefix("/static/store/"))
        elif path in ("/store/sw.js", "/store/manifest.webmanifest"):
            self.file(path.removeprefix("/store/"))
        else:
            self.file("index.html")

    def do_HEAD(self) -> None:
        self.do_GET()

    def file(self, name: str) -> None:
        found = self.place[0] / name
        if found.is_file():
            self.answer(200, self.guess_type(str(found)), found.read_bytes())
        else:
            self.answer(404, "text/plain", b"gone")

    def answer(self, status: int, content_type: str, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", content_type)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(body)

    def log_message(self, *_words: Any) -> None:
        pass


class Store:
    """A host whose version can be changed under its clients."""

    def __init__(self, url: str, place: list[Path], folder: Path) -> None:
        self.url, self.place, self.folder = f"{url}/store/", place, folder

    def release(self, name: str) -> None:
        """Every script gets another name, as after a change; nothing of the version before is left."""
        target = self.folder / name
        shutil.copytree(BUILT, target, ignore=shutil.ignore_patterns("*.br", "*.gz"))
        names = {file.name: _renamed(file.name, name) for file in target.glob("js/*.js")}
        for file in [*target.glob("js/*.js"), target / "index.html"]:
            text = file.read_text()
            for old, new in names.items():
                text = text.replace(old, new)
            # Webpack keeps names of parts as a table of hashes.
            text = re.sub(r'"([0-9a-f]{8})"', lambda found: f'"{_hash(found[1], name)}"', text)
            if file.name.startswith("app."):
                text = f"document.documentElement.dataset.version={name!r};{text}"
            file.with_name(names.get(file.name, file.name)).write_text(text)
            if file.name in names:
                file.unlink()
        for sheet in target.glob("css/*.css"):
            sheet.rename(sheet.with_name(_renamed(sheet.name, name)))
        page = target / "index.html"
        page.write_text(
            re.sub(r"css/app\.([0-9a-f]{8})\.", lambda f: f"css/app.{_hash(f[1], name)}.", page.read_text())
        )
        script = f"import({json.dumps(str(ROOT / 'web/store/scripts/pwa.mjs'))}).then(one => one.writeWorker({json.dumps(str(target))}))"
        subprocess.run([NODE, "-e", script], check=True, capture_output=True, cwd=ROOT / "web" / "store")
        self.place[0] = target


def _hash(old: str, name: str) -> str:
    """Another hash for each version."""
    return f"{int(old, 16) ^ (0x11111111 * (ord(name) - 64)):08x}"


def _renamed(file: str, name: str) -> str:
    return re.sub(r"\.([0-9a-f]{8})\.", lambda found: f".{_hash(found[1], name)}.", file)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    place = [BUILT]
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Host, place=place))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    made = Store(f"http://127.0.0.1:{server.server_address[1]}", place, tmp_path)
    made.release("A")
    yield made
    server.shutdown()
    server.server_close()


def version(page: Page) -> Any:
    return page.locator("html").get_attribute("data-version")


def opened(browser: Browser, store: Store, **options: Any) -> Page:
    page = browser.new_context(locale="zh-CN", viewport={"width": 390, "height": 844}, **options).new_page()
    page.goto(store.url)
    expect(page.get_by_label("密码")).to_be_visible()
    return page


def keep(page: Page) -> None:
    """Until the worker has every file of this version."""
    page.evaluate("async () => { await navigator.serviceWorker.ready }")
    page.wait_for_function("() => navigator.serviceWorker.controller !== null", polling=100)


def look_for_news(page: Page) -> None:
    page.evaluate("async () => { await (await navigator.serviceWorker.getRegistration('/store/')).update() }")


def test_who_is_told_of_a_new_version_takes_it_when_they_like(chromium: Browser, store: Store):
    page = opened(chromium, store)
    keep(page)
    store.release("B")
    page.get_by_label("密码").fill("half typed")

    look_for_news(page)

    note = page.get_by_text("有新版本，点此更新")
    expect(note).to_be_visible()
    assert version(page) == "A"
    expect(page.get_by_label("密码")).to_have_value("half typed")  # nothing changes under their hands
    note.click()
    expect(page.locator("html")).to_have_attribute("data-version", "B")
    expect(page.get_by_label("密码")).to_be_visible()
    page.context.close()


def test_at_the_next_start_the_new_version_is_there(chromium: Browser, store: Store):
    page = opened(chromium, store)
    keep(page)
    store.release("B")
    look_for_news(page)
    expect(page.get_by_text("有新版本，点此更新")).to_be_visible()
    context = page.context
    page.close()

    page = context.new_page()
    page.goto(store.url)

    expect(page.locator("html")).to_have_attribute("data-version", "B")
    context.close()


def test_a_page_whose_files_are_gone_loads_the_new_version_once(chromium: Browser, store: Store):
    page = opened(chromium, store, service_workers="block")
    loads: list[str] = []
    page.on("request", lambda asked: loads.append(asked.url) if asked.is_navigation_request() else None)
    store.release("B")

    page.evaluate("location.hash = '/packages/outbox/waiting/index'")

    expect(page.locator("html")).to_have_attribute("data-version", "B")
    expect(page.get_by_label("密码")).to_be_visible()
    assert len(loads) == 1
    page.context.close()


def test_a_portal_that_answers_for_us_is_not_kept(chromium: Browser, store: Store, tmp_path: Path):
    page = opened(chromium, store)
    keep(page)
    store.release("B")
    for file in store.place[0].glob("js/*.js"):
        file.write_text("document.body.textContent = 'Welcome to the airport'")

    look_for_news(page)
    page.wait_for_timeout(1500)

    expect(page.get_by_text("有新版本，点此更新")).to_have_count(0)
    page.reload()
    expect(page.get_by_label("密码")).to_be_visible()
    assert version(page) == "A"
    page.context.close()


def test_the_built_store_names_no_host_of_somebody_elses():
    """Addresses that are only names (licences, namespaces) are listed here; everything else would be a request."""
    names = {
        "angular.io",
        "bit.ly",
        "github.com",
        "jedwatson.github.io",
        "query-string.invalid",
        "react.i18next.com",
        "reactjs.org",
        "stenciljs.com",
        "taro.com",
        "www.kriasoft.com",
        "www.w3.org",
    }
    found: dict[str, str] = {}
    for file in BUILT.rglob("*"):
        if file.suffix in {".js", ".css", ".html", ".webmanifest"}:
            for host in re.findall(r"https?://([a-z0-9-]+(?:\.[a-z0-9-]+)+)", file.read_text("utf-8")):
                found[host] = file.name
    assert {host: file for host, file in found.items() if host not in names} == {}
