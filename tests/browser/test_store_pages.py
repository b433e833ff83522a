"""Every page of the store as everybody who works with it: whole at every width, in every language, light and dark.

One phone per person, moved from page to page within the app. Each page is seen by each person, by everybody at all widths
and by axe, and in each language; not in every combination of these. Axe looks where nobody in this process has seen a page
built alike.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Browser, Page

from huiliu.kernel.ids import uuid7
from tests.browser.acting import Api, confirmed
from tests.browser.conftest import PASSWORD, Installation, Person, listen
from tests.browser.judged import JUDGED
from tests.browser.store_checks import (
    NOTE_ANSWERS,
    SETTLED,
    TOP,
    chinese_left,
    data_heard,
    faults_by_axe,
    faults_of_form,
    is_elsewhere,
    keys_shown,
    simplified_left,
    texts_of,
)
from tests.browser.test_every_page import KEYS, untranslated

CONFIG = Path(__file__).parents[2] / "web" / "store" / "src" / "app.config.ts"
WIDTHS = (360, 390, 430)
HEIGHT = 844
PEOPLE = ("dealer", "store", "buyer", "keeper")
#: Every page has something to show to this one: what needs every page is looked at here.
ALL = "dealer"
SETTLED_SECONDS = 15
HOME, SIGN_IN = "pages/home/index", "pages/sign-in/index"
#: Pages whose address names something, and what; None: there is nothing of that kind for this person.
NAMED = {
    "packages/order/product/index": "code",
    "packages/order/submitted/index": "id",
    "packages/follow/order/index": "id",
    "packages/follow/receive/index": "id",
    "packages/follow/ask-return/index": "order",
    "packages/follow/ship/index": "id",
    "packages/stock/card/index": "sku",
    "packages/stock/counting/index": "id",
    "packages/mine/customer/index": "id",
}


def pages() -> list[str]:
    """`pages/home/index`, `packages/order/product/index` …, as the app itself lists them."""
    text = CONFIG.read_text("utf-8")
    own, below = text.split("subPackages", 1)
    found = re.findall(r'"(pages/[\w-]+/index)"', own)
    for root, inside in re.findall(r'root: "([\w/-]+)",\s*pages: \[(.*?)\]', below, re.DOTALL):
        found += [f"{root}/{page}" for page in re.findall(r'"([\w/-]+)"', inside)]
    assert len(found) == len(set(re.findall(r'"([\w/-]+/index)"', text))), (
        "the list is spelled differently now"
    )
    return found


@dataclass(frozen=True)
class Look:
    """How the store is seen on one walk through all its pages."""

    language: str
    is_dark: bool = False
    is_big: bool = False
    #: Only pages that nobody else can show in this language.
    is_rest: bool = False

    @property
    def kept(self) -> dict[str, str]:
        """What the browser keeps of somebody who looks so."""
        wanted = {"language": self.language, "preferences": {"isBig": self.is_big}}
        return {f"huiliu.{name}": json.dumps({"data": data}) for name, data in wanted.items()}


WALKS = {
    "dealer": (Look("zh-Hans"), Look("en", is_dark=True), Look("zh-Hant", is_big=True, is_rest=True)),
    "store": (Look("zh-Hant", is_big=True),),
    "buyer": (Look("en", is_big=True),),
    "keeper": (Look("zh-Hant", is_dark=True),),
}
#: Pages that nothing leads this person to: opened by their address, they say that the role does not reach so far.
CLOSED = {"keeper": frozenset({"packages/mine/money/index", "packages/mine/prices/index"})}
Examples = dict[str, dict[str, str | None]]
#: What another tab of this browser keeps is told to this one.
CHOSEN_ELSEWHERE = """kept => {
  for (const [name, value] of Object.entries(kept)) {
    localStorage.setItem(name, value);
    dispatchEvent(new StorageEvent('storage', { key: name, newValue: value, storageArea: localStorage }));
  }
}"""


@pytest.fixture(scope="module")
def examples(installation: Installation) -> Iterator[Examples]:
    """What stands in the address of each page, by person; the dealer has goods in its cart, on the road and to ship."""
    apis = {username: Api(installation, username) for username in PEOPLE}
    dealer, store = apis["dealer"], apis["store"]
    arriving = _on_the_road(installation)
    to_ship = _to_ship(store, dealer)
    cart = dealer.post("/carts/default")
    goods = [one["sku_id"] for one in dealer.get("/shop/skus?limit=3")]
    lines = [{"sku_id": sku_id, "quantity": "2"} for sku_id in goods]
    dealer.put(f"/carts/{cart['id']}/lines", {"version": cart["version"], "lines": lines, "is_whole": True})
    yield {
        username: {
            "packages/order/product/index": _code(store if username == "store" else dealer),
            "packages/order/submitted/index": _first(api, f"/orders?buyer_id={_own(api)}&limit=1"),
            "packages/follow/order/index": _first(api, "/orders?limit=1"),
            "packages/follow/receive/index": arriving
            if username != "store"
            else _first(api, "/shipments?limit=1"),
            "packages/follow/ask-return/index": _first(
                api, f"/orders?buyer_id={_own(api)}&state=COMPLETED&limit=1"
            ),
            "packages/follow/ship/index": to_ship if username == "dealer" else None,
            "packages/stock/card/index": _first(api, "/stock?limit=1", "sku_id"),
            "packages/stock/counting/index": _first(
                api, f"/stock/counts?organization_id={_own(api)}&limit=1"
            ),
            "packages/mine/customer/index": _first(
                api, f"/balances?seller_id={_own(api)}&limit=1", "buyer_id"
            )
            if username == "dealer"
            else None,
        }
        for username, api in apis.items()
    }
    cart = dealer.get(f"/carts/{cart['id']}")
    dealer.put(f"/carts/{cart['id']}/lines", {"version": cart["version"], "lines": [], "is_whole": True})


def _own(api: Api) -> int:
    return int(api.get("/session")["organization_id"])


def _first(api: Api, path: str, name: str = "id") -> str | None:
    items = api.get(path)["items"]
    return str(items[0][name]) if items else None


def _code(api: Api) -> str:
    return str(api.get("/shop/skus?limit=1")[0]["sku_code"])


def _on_the_road(installation: Installation) -> str:
    order = confirmed(installation, lines=1, quantity="3")
    keeper = Api(installation, "warehouse")
    [place] = {hold["warehouse_id"] for hold in keeper.get(f"/orders/{order['id']}")["holds"]} - {None}
    body = {"id": str(uuid7()), "warehouse_id": place, "lines": None, "note": ""}
    return str(keeper.post(f"/orders/{order['id']}/ship", body)["id"])


def _to_ship(store: Api, dealer: Api) -> str:
    """An order of the shop that its distributor has agreed to."""
    stocked = {
        row["sku_id"]
        for row in dealer.get(f"/stock?organization_id={_own(dealer)}&group=ORGANIZATION&limit=200")["items"]
        if Decimal(row["available"]) >= 50
    }
    sku_id = next(one["sku_id"] for one in store.get("/shop/skus?limit=30") if one["sku_id"] in stocked)
    lines = [{"sku_id": sku_id, "quantity": "2"}]
    order = store.post("/orders", {"id": str(uuid7()), "lines": lines})
    for _ in range(3):
        steps = [
            step for step in dealer.get(f"/orders/{order['id']}")["allowed_actions"] if "confirm" in step
        ]
        if not steps:
            break
        dealer.post(f"/orders/{order['id']}/confirm", {"step": "CONFIRM"})
    return str(order["id"])


@dataclass
class Walker:
    """A person on their phone, what was heard there, and what was found wrong."""

    person: Person
    username: str
    data: set[str] = field(default_factory=set)
    faults: list[str] = field(default_factory=list)

    @property
    def page(self) -> Page:
        return self.person.page

    def look_as(self, look: Look) -> None:
        """In this language and size of letters from now on, as if another tab had chosen them."""
        self.page.emulate_media(color_scheme="dark" if look.is_dark else "light")
        self.page.evaluate(CHOSEN_ELSEWHERE, look.kept)
        self.page.wait_for_function(
            "([language, isBig]) => document.documentElement.lang === language &&"
            " document.querySelectorAll('.root:not(.scale-big)').length * isBig === 0",
            arg=[look.language, int(look.is_big)],
        )

    def go(self, address: str) -> None:
        """The page, once nothing is asked any more; grey shapes that stay are a fault of it."""
        path = f"/{address.partition('?')[0]}"
        self.page.evaluate("address => { location.hash = address }", f"/{address}")
        is_there = self.page.evaluate(SETTLED, [path, SETTLED_SECONDS * 1000])
        assert is_there, f"{self.page.url} is not {path}"

    def check(self, address: str, look: Look, *, is_closed: bool = False) -> None:
        """The page as it stands: by axe and, the first time this person sees it, at all widths; else where room is short."""
        found: list[str] = []
        last = self.page.viewport_size or {"width": 0}
        is_first = look == WALKS[self.username][0]
        # The next page opens at the width this one ends with.
        for width in sorted(WIDTHS, reverse=last["width"] == WIDTHS[-1]) if is_first else WIDTHS[:1]:
            if width != last["width"]:
                self.page.set_viewport_size({"width": width, "height": HEIGHT})
                last = {"width": width}
            by_keys = is_first and width == WIDTHS[0]
            found += [f"{fault} at {width}" for fault in faults_of_form(self.page, is_by_keys=by_keys)]
        texts = texts_of(self.page)
        self.data |= data_heard(self.page)
        found += keys_shown(texts, KEYS_HELD)
        if look.language == "en":
            found += chinese_left(texts, self.data | OWN_NAMES)
        if look.language == "zh-Hant":
            found += simplified_left(texts, FORGOTTEN - self.data)
        found += JUDGED.of(self.page, lambda: faults_by_axe(self.page), root=TOP)
        if is_closed:
            said = self.page.get_by_role("alert").locator("visible=true").count()
            found += [] if said else ["does not say that it is closed"]
        found += [one for one in self.person.complaints if not (is_closed and "403" in one)]
        self.person.complaints.clear()
        self.faults += [f"{address} ({look.language}): {fault}" for fault in dict.fromkeys(found)]


KEYS_HELD = frozenset(KEYS)
#: Languages are offered in their own script.
OWN_NAMES = {"简体中文", "繁體中文"}
FORGOTTEN = untranslated("zh-Hant")
Enter = Callable[[str], Walker]


@pytest.fixture
def enter(installation: Installation, chromium: Browser) -> Iterator[Enter]:
    """`enter("buyer")`: a phone of their own; the page for signing in was looked at before, as nobody."""
    contexts = []
    store = os.environ.get("HUILIU_TEST_STORE", f"{installation.url}/store/")

    def come_in(username: str) -> Walker:
        first, *others = WALKS[username]
        origin = re.match(r"\w+://[^/]+", store)
        assert origin is not None
        local = [{"name": name, "value": value} for name, value in first.kept.items()]
        context = chromium.new_context(
            viewport={"width": WIDTHS[0], "height": HEIGHT},
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
            has_touch=True,
            color_scheme="dark" if first.is_dark else "light",
            storage_state={"cookies": [], "origins": [{"origin": origin[0], "localStorage": local}]},
        )
        contexts.append(context)
        context.add_init_script(NOTE_ANSWERS)
        walker = Walker(Person(context.new_page(), installation.url), username)
        listen(walker.person)
        complaints = walker.person.complaints
        walker.page.on(
            "request",
            lambda asked: (
                complaints.append(f"elsewhere: {asked.url}")
                if is_elsewhere(asked.url, store) and is_elsewhere(asked.url, installation.url)
                else None
            ),
        )
        walker.page.goto(f"{store}#/{SIGN_IN}")
        for look in (first, *others):
            walker.look_as(look)
            walker.go(SIGN_IN)
            walker.check(SIGN_IN, look)
        walker.look_as(first)
        signed = context.request.post(
            f"{installation.url}/api/v1/session", data={"username": username, "password": PASSWORD}
        )
        assert signed.ok, signed.text()
        walker.page.goto(f"{store}?in#/{HOME}")
        return walker

    yield come_in
    for context in contexts:
        context.close()


def addresses(username: str, look: Look, examples: Examples) -> list[str]:
    """Where this person goes on this walk."""
    found = []
    for page in pages():
        if page == SIGN_IN:
            continue
        name, example = NAMED.get(page), examples[username].get(page)
        others = [examples[other].get(page) for other in PEOPLE if other != username]
        if name is None and not look.is_rest:
            found.append(page)
        elif name is not None and example is not None and (not look.is_rest or not any(others)):
            found.append(f"{page}?{urlencode({name: example})}")
    return found


@pytest.mark.parametrize("username", PEOPLE)
def test_every_page_of_the_store_is_whole(username: str, enter: Enter, examples: Examples):
    walker = enter(username)
    for look in WALKS[username]:
        walker.look_as(look)
        for address in addresses(username, look, examples):
            walker.go(address)
            page = address.partition("?")[0]
            is_closed = page in CLOSED.get(username, ())
            walker.check(page, look, is_closed=is_closed)

    assert not walker.faults, "\n" + "\n".join(walker.faults)


def test_each_page_is_visited_by_somebody_in_each_language_and_by_one_who_has_something_on_each(
    examples: Examples,
):
    seen: dict[str, set[str]] = {page: set() for page in pages()}
    for username, looks in WALKS.items():
        for look in looks:
            seen[SIGN_IN].add(look.language)
            for address in addresses(username, look, examples):
                seen[address.partition("?")[0]].add(look.language)

    assert [page for page in NAMED if examples[ALL][page] is None] == []
    assert {page: languages for page, languages in seen.items() if len(languages) < 3} == {}


def test_the_list_of_pages_is_the_apps_own():
    found = pages()

    assert len(found) == len(set(found)) > 28
    assert set(NAMED) <= set(found)
    assert {HOME, SIGN_IN, "packages/outbox/waiting/index"} <= set(found)
