"""Every page as every person, at three widths and in three languages: no complaint, no sideways scrolling, no key and no
other language instead of a text, and nothing that axe calls serious.

One browser per person, moved from page to page and from language to language within the console.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

from tests.browser.conftest import Person, SignIn
from tests.browser.judged import JUDGED, Judgements
from tests.browser.places import PEOPLE, asked_anew, patterns, samples

I18N = Path(__file__).parents[2] / "web" / "shared" / "i18n"
#: Where an id for each parameter of an address is found, and under which name.
LISTS = {
    "orderId": ("/orders?limit=1", "id"),
    "partnerId": ("/partners?limit=1", "id"),
    "versionId": ("/price-lists?limit=1", "id"),
    "importId": ("/imports?limit=1", "id"),
    "countId": ("/stock/counts?limit=1", "id"),
    "adjustmentId": ("/stock/adjustments?limit=1", "id"),
    "transferId": ("/stock/transfers?limit=1", "id"),
    "productId": ("/catalog/products?limit=1", "id"),
    "shipmentId": ("/shipments?limit=1", "id"),
    "shippedId": ("/shipments?limit=1", "order_id"),
    "warehouseId": ("/shipments?limit=1", "warehouse_id"),
    "returnId": ("/returns?limit=1", "id"),
    "saleId": ("/sell-out?limit=1", "id"),
    "cartId": ("/carts?limit=1", "id"),
    "debtorId": ("/balances?limit=1", "buyer_id"),
    "creditorId": ("/balances?limit=1", "seller_id"),
}
#: Keeps what the API answers, but for the names it sends beside their English: that is data, in its own script. What is
#: said by the program in the language asked for is kept as that language's own.
_KEEP_DATA = """(() => {
  window.keptData = { '': new Set(), 'zh-Hans': new Set(), 'zh-Hant': new Set(), en: new Set() };
  const SPOKEN = SAID_IN_THE_READERS_LANGUAGE;
  const keep = (node, key, kept) => {
    if (typeof node === 'string') {
      if (/[\\u4e00-\\u9fff]/.test(node) && !/(^|_)zh$/.test(key)) kept.add(node);
    } else if (node && typeof node === 'object')
      for (const [name, child] of Object.entries(node)) keep(child, Array.isArray(node) ? key : name, kept);
  };
  const ask = window.fetch;
  window.fetch = async (...wanted) => {
    const [address, init] = wanted;
    const isSpoken = SPOKEN.some(path => String(address).includes(path));
    const kept = window.keptData[isSpoken ? (init?.headers?.['Accept-Language'] ?? '') : ''];
    const answer = await ask(...wanted);
    answer.clone().json().then(body => keep(body, '', kept), () => {});
    return answer;
  };
})()""".replace("SAID_IN_THE_READERS_LANGUAGE", json.dumps(asked_anew()))
#: Chooses a language as another tab of this browser would, if it is another one; unfolds a phone's filters; then everything the page says; by how
#: much it is too wide, once charts have taken their new size; and what is written in one of the signs `only` and is no
#: data.
_LOOK = """async ([language, only]) => {
  const KEY = 'huiliu.language', LIMIT = 20_000, CHARTS = 800;
  const root = document.documentElement;
  const painted = () => new Promise(done => requestAnimationFrame(() => setTimeout(done)));
  const over = () => root.scrollWidth - root.clientWidth;
  const until = async (isSo, limit) => {
    for (const start = performance.now(); !isSo() && performance.now() - start < limit;) await painted();
  };
  if (root.lang !== language) {
    localStorage.setItem(KEY, language);
    dispatchEvent(new StorageEvent('storage', { key: KEY, newValue: language, storageArea: localStorage }));
    await until(() => root.lang === language, LIMIT);
    await painted();
    await until(() => window.__waiting === 0, LIMIT);
  }
  await painted();
  const folded = document.querySelector('.filter-bar button[aria-expanded="false"]');
  if (folded) {
    folded.click();
    await painted();
    await until(() => window.__waiting === 0, LIMIT);
  }
  await painted();
  await until(() => over() <= 0, CHARTS);
  const found = new Set();
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const text = walk.currentNode.textContent.trim();
    if (text) found.add(text);
  }
  for (const node of document.querySelectorAll('[placeholder], [aria-label], [title]'))
    for (const name of ['placeholder', 'aria-label', 'title'])
      if (node.getAttribute(name)) found.add(node.getAttribute(name).trim());
  const texts = [...found];
  const forgotten = () => {
    const simplified = new RegExp(`[${only}]`, 'u');
    const isOnly = text => simplified.test(text);
    const { '': all, [language]: said } = window.keptData;
    const data = [...all, ...said].filter(isOnly).sort((one, other) => other.length - one.length);
    return texts.filter(text => isOnly(text) && isOnly(data.reduce((left, one) => left.replaceAll(one, ''), text)));
  };
  return { texts, over: over(), language: root.lang, simplified: only ? forgotten() : [] };
}"""
#: Only the rules that can be serious, but for those that are left out.
_AXE = """async leaveOut => {
  const LIGHT = ['minor', 'moderate'];
  window.lightRules ??= axe._audit.rules.filter(one => LIGHT.includes(one.impact)).map(one => one.id);
  const rules = Object.fromEntries([...window.lightRules, ...leaveOut].map(name => [name, { enabled: false }]));
  const answer = await axe.run(document, { resultTypes: ['violations'], rules });
  return answer.violations.filter(one => !LIGHT.includes(one.impact))
    .map(one => ({ id: one.id, nodes: one.nodes.map(node => node.html) }));
}"""


def leaves(node: Any, path: str = "") -> dict[str, str]:
    """`{"orders.list.title": "订单"}` of a catalogue."""
    if isinstance(node, str):
        return {path: node}
    return {
        key: text for name, child in node.items() for key, text in leaves(child, f"{path}.{name}").items()
    }


def catalogue(language: str) -> dict[str, str]:
    """Every text of a language by its key."""
    if language == "zh-Hant":
        return leaves(json.loads((I18N / "zh-Hant.json").read_text("utf-8")))
    return {
        key: text
        for path in sorted((I18N / language).glob("*.json"))
        for key, text in leaves(json.loads(path.read_text("utf-8")), f".{path.stem}").items()
    }


#: Words that people of the demo typed: reasons, the titles of the columns of their own file, what the carrier told.
THEIRS = frozenset(
    {"临期", "卖不动", "编码", "名称", "区划代码", "统一社会信用代码", "等级", "电话", "已揽收"}
)
KEYS = {re.sub(r"_(one|other)$", "", key.lstrip(".").split(".", 1)[1]) for key in catalogue("zh-Hans")}
KEYS = {key for key in KEYS if "." in key}  # a single word may be a word


def untranslated(language: str) -> frozenset[str]:
    """Simplified texts that this language says otherwise: seen on its screen, they were forgotten."""
    chinese, other = catalogue("zh-Hans"), catalogue(language)
    said = set(other.values())
    return frozenset(
        text
        for key, text in chinese.items()
        if "{{" not in text and other.get(key) not in (None, text) and text not in said and len(text) > 1
    )


def ids_for(person: Person) -> dict[str, str]:
    """One id of each kind that this person sees."""
    found: dict[str, str] = {}
    for name, (path, key) in LISTS.items():
        answer = person.page.evaluate(
            "async path => { const r = await fetch('/api/v1' + path); return r.ok ? r.json() : null }", path
        )
        items = (answer or {}).get("items") or []
        if items:
            found[name] = str(items[0][key])
    # What a role may not ask for is refused and said in the console; that was asked here, not by a page.
    person.page.wait_for_timeout(50)
    person.complaints.clear()
    return found


@dataclass(frozen=True)
class Look:
    """In which language and at which width a page is looked at."""

    language: str
    width: int
    is_by_axe: bool = False


#: Each width, and each language where there is least room. One step changes one thing; the next page begins as this one
#: ends.
LOOKS = (
    Look("zh-Hans", 1440),
    Look("zh-Hans", 1280),
    Look("zh-Hans", 390),
    Look("en", 390, is_by_axe=True),
    Look("zh-Hant", 390),
)
#: Two people, who together may open everything, see what only a wide page says in all languages, too.
WIDE_LOOKS = (
    *LOOKS[:-1],
    Look("en", 1440),
    Look("zh-Hant", 1440, is_by_axe=True),
)
WIDE = ("admin", "dealer")
#: Everything as everybody, a third longer: `make crawl`.
EVERY_LOOK = (
    *LOOKS[:4],
    Look("en", 1280),
    Look("en", 1440),
    Look("zh-Hant", 1440, is_by_axe=True),
    Look("zh-Hant", 1280),
    Look("zh-Hant", 390),
)


def looks_of(username: str) -> tuple[Look, ...]:
    if os.environ.get("HUILIU_EVERY_LOOK"):
        return EVERY_LOOK
    return WIDE_LOOKS if username in WIDE else LOOKS


@cache
def forgotten(language: str) -> frozenset[str]:
    """Texts that have no place on a page in this language: names of texts, and texts of another language."""
    return frozenset(KEYS) if language == "zh-Hans" else frozenset(KEYS) | untranslated(language)


@cache
def only_simplified() -> str:
    """The signs of our simplified texts that none of the traditional ones has."""
    return "".join(
        sorted(set("".join(catalogue("zh-Hans").values())) - set("".join(catalogue("zh-Hant").values())))
    )


def addresses(ids: dict[str, str]) -> list[str]:
    unknown = {name for pattern in patterns() for name in re.findall(r"\$(\w+)", pattern)} - {
        *LISTS,
        "section",
    }
    assert unknown == set(), "say in LISTS where an example is found"
    return [address for pattern in patterns() for address in samples(pattern, ids)]


@dataclass
class Walker:
    """A person who goes through the console and looks."""

    person: Person
    last: Look

    def look(self, look: Look) -> Iterator[str]:
        """What is wrong with the page as it stands, at this width and in this language."""
        if look.width != self.last.width:
            self.person.page.set_viewport_size(
                {"width": look.width, "height": 844 if look.width < 600 else 900}
            )
        self.last = look
        only = only_simplified() if look.language == "zh-Hant" else ""
        seen = self.person.page.evaluate(_LOOK, [look.language, only])
        if seen["over"] > 0:
            yield f"{seen['over']} px too wide"
        if seen["language"] != look.language:
            yield f"speaks {seen['language']}"
        bad = forgotten(look.language)
        yield from (f"text: {text[:80]}" for text in seen["texts"] if text in bad and text not in THEIRS)
        yield from (f"simplified: {text[:80]}" for text in seen["simplified"] if text not in THEIRS)
        if look.is_by_axe:
            page = self.person.page
            yield from JUDGED.of(
                page, lambda: serious(page), judge_shape=lambda: serious(page, leave_out=("color-contrast",))
            )

    def visit(self, address: str, looks: tuple[Look, ...]) -> list[str]:
        """The page, looked at in each way; and whatever was complained about meanwhile."""
        self.person.go(address)
        self.person.settle()
        found = [
            f"{address} ({look.language}, {look.width}): {fault}"
            for look in looks
            for fault in self.look(look)
        ]
        found += [f"{address}: {complaint}" for complaint in self.person.complaints]
        self.person.complaints.clear()
        return found


@pytest.mark.parametrize("username", PEOPLE)
def test_every_page_is_whole_at_every_width_and_in_every_language(username: str, sign_in: SignIn):
    person = sign_in(username, script=_KEEP_DATA)
    person.page.emulate_media(reduced_motion="reduce")  # a colour on its way to another is neither
    person.settle()
    looks = looks_of(username)
    walker, faults = Walker(person, looks[0]), []
    # Who is signed in sees the way in as everybody does.
    for address in [*addresses(ids_for(person)), *(["/sign-in"] if username in WIDE else [])]:
        faults += walker.visit(address, looks)
        looks = looks[::-1]

    assert not faults, "\n" + "\n".join(faults)


def serious(page: Page, *, leave_out: tuple[str, ...] = ()) -> list[str]:
    """What axe calls serious or critical on the page as it stands; loaded once per document."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    return [
        f"axe {one['id']} x{len(one['nodes'])}: {one['nodes'][0][:160]}"
        for one in page.evaluate(_AXE, list(leave_out))
        if not _is_of_the_library(one)
    ]


def _is_of_the_library(violation: dict[str, Any]) -> bool:
    """antd measures its tables with a hidden row that holds a copy of what can be focused, and puts the button
    for tabs that do not fit into the list of tabs.
    """
    marks = {"aria-hidden-focus": "ant-table-measure", "aria-required-children": "ant-tabs-nav"}
    mark = marks.get(violation["id"])
    return mark is not None and all(mark in html for html in violation["nodes"])


def test_a_fault_does_not_hide_in_a_page_built_like_a_sound_one(sign_in: SignIn):
    page = (person := sign_in("sales")).page
    person.go("/orders")
    person.settle()
    judgements = Judgements()

    def told() -> list[str]:
        found = judgements.of(
            page, lambda: serious(page), judge_shape=lambda: serious(page, leave_out=("color-contrast",))
        )
        return [one.split()[1] for one in found]

    def paint(colour: str) -> None:
        page.evaluate("colour => { document.querySelector('h1').style.color = colour }", colour)

    assert told() == []
    paint("#bbb")
    assert told() == ["color-contrast"]
    paint("")
    assert told() == []
    page.evaluate(
        """() => {
          const bell = document.querySelector('.top-right button[aria-label]');
          bell.removeAttribute('aria-label');
          bell.textContent = '';
        }"""
    )
    assert told() == ["button-name"]
