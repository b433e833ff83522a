"""Every page as every person at three widths: no complaint, no sideways scrolling, no key instead of a text.

Two people, who together may open everything, are also looked at in all three languages and by axe.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.conftest import Person, SignIn
from tests.browser.places import PEOPLE, patterns, samples

WIDTHS = (1440, 1280, 390)
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
    "returnId": ("/returns?limit=1", "id"),
    "saleId": ("/sell-out?limit=1", "id"),
    "cartId": ("/carts?limit=1", "id"),
}
_OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
_PAINTED = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done())))"
_TEXTS = """() => {
  const found = new Set();
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const text = walk.currentNode.textContent.trim();
    if (text) found.add(text);
  }
  for (const node of document.querySelectorAll('[placeholder], [aria-label], [title]'))
    for (const name of ['placeholder', 'aria-label', 'title'])
      if (node.getAttribute(name)) found.add(node.getAttribute(name).trim());
  return [...found];
}"""
#: Keeps what the API answers, but for the names it sends beside their English: that is data, in its own script.
_KEEP_DATA = """() => {
  const kept = (window.keptData = new Set());
  const keep = (node, key) => {
    if (typeof node === 'string') {
      if (/[\\u4e00-\\u9fff]/.test(node) && !/(^|_)zh$/.test(key)) kept.add(node);
    } else if (node && typeof node === 'object')
      for (const [name, child] of Object.entries(node)) keep(child, Array.isArray(node) ? key : name);
  };
  const ask = window.fetch;
  window.fetch = async (...wanted) => {
    const answer = await ask(...wanted);
    answer.clone().json().then(body => keep(body, ''), () => {});
    return answer;
  };
}"""
_SIMPLIFIED = """([texts, only]) => {
  const isOnly = text => [...text].some(sign => only.includes(sign));
  const data = [...window.keptData].filter(isOnly).sort((one, other) => other.length - one.length);
  return texts.filter(text => isOnly(text) && isOnly(data.reduce((left, one) => left.replaceAll(one, ''), text)));
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
THEIRS = frozenset({"临期", "卖不动", "编码", "名称", "统一社会信用代码", "等级", "电话", "已揽收"})
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


def overflow(person: Person) -> int:
    """By how much the page is too wide, once charts have taken their new size."""
    over = int(person.page.evaluate(_OVERFLOW))
    if over > 0:
        person.page.wait_for_timeout(800)
        over = int(person.page.evaluate(_OVERFLOW))
    return over


def faults_of_texts(person: Person, forgotten: frozenset[str]) -> list[str]:
    """Keys shown instead of texts, and texts of another language."""
    texts = person.page.evaluate(_TEXTS)
    said = [text for text in texts if text not in THEIRS]
    return [f"text: {text[:80]}" for text in said if text in KEYS or text in forgotten]


def only_simplified() -> str:
    """The signs of our simplified texts that none of the traditional ones has."""
    return "".join(
        sorted(set("".join(catalogue("zh-Hans").values())) - set("".join(catalogue("zh-Hant").values())))
    )


def simplified(person: Person, only: str) -> list[str]:
    """What a reader of traditional characters is shown in simplified ones, and is no data."""
    texts = [text for text in person.page.evaluate(_TEXTS) if text not in THEIRS]
    return [f"simplified: {text[:80]}" for text in person.page.evaluate(_SIMPLIFIED, [texts, only])]


def addresses(ids: dict[str, str]) -> list[str]:
    unknown = {name for pattern in patterns() for name in re.findall(r"\$(\w+)", pattern)} - {
        *LISTS,
        "section",
    }
    assert unknown == set(), "say in LISTS where an example is found"
    return [address for pattern in patterns() for address in samples(pattern, ids)]


def resize(person: Person, width: int) -> None:
    person.page.set_viewport_size({"width": width, "height": 844 if width < 600 else 900})
    person.page.evaluate(_PAINTED)


@pytest.mark.parametrize("username", PEOPLE)
def test_every_page_is_whole_at_every_width(username: str, sign_in: SignIn):
    person = sign_in(username)
    person.settle()
    faults: list[str] = []
    widths = list(WIDTHS)
    for address in addresses(ids_for(person)):
        person.go(address)
        person.settle()
        found = faults_of_texts(person, frozenset())
        for width in widths:
            resize(person, width)
            if (over := overflow(person)) > 0:
                found.append(f"{over} px too wide at {width}")
        widths.reverse()  # the next page opens at the width this one ends with
        found += person.complaints
        person.complaints.clear()
        faults += [f"{address}: {fault}" for fault in found]

    assert not faults, "\n" + "\n".join(faults)


@pytest.mark.parametrize(
    ("username", "language", "width", "by_axe"),
    [("admin", "en", 1280, False), ("admin", "zh-Hant", 1440, True), ("dealer", "en", 390, True)],
)
def test_every_page_speaks_the_language_of_its_reader_and_axe_finds_nothing_serious(
    username: str, language: str, width: int, *, by_axe: bool, sign_in: SignIn
):
    person = sign_in(username, width=width, height=900)
    forgotten = untranslated(language)
    only = only_simplified() if language == "zh-Hant" else ""
    person.page.add_init_script(f"({_KEEP_DATA})()")
    person.page.evaluate("language => localStorage.setItem('huiliu.language', language)", language)
    person.page.reload()
    person.settle()
    faults: list[str] = []
    for address in addresses(ids_for(person)):
        person.go(address)
        person.settle()
        found = faults_of_texts(person, forgotten) + person.complaints
        found += simplified(person, only)
        person.complaints.clear()
        faults += [f"{address}: {fault}" for fault in [*found, *(serious(person) if by_axe else ())]]

    assert not faults, "\n" + "\n".join(faults)


def serious(person: Person) -> list[str]:
    """What axe calls serious or critical on the page as it stands."""
    answer = Axe().run(person.page, options={"resultTypes": ["violations"]})
    return [
        f"{one['id']} x{len(one['nodes'])}: {one['nodes'][0]['html'][:160]}"
        for one in answer.response["violations"]
        if one["impact"] in ("serious", "critical") and not _is_of_the_library(one)
    ]


def _is_of_the_library(violation: dict[str, Any]) -> bool:
    """antd measures its tables with a hidden row that holds a copy of what can be focused, and puts the button
    for tabs that do not fit into the list of tabs.
    """
    marks = {"aria-hidden-focus": "ant-table-measure", "aria-required-children": "ant-tabs-nav"}
    mark = marks.get(violation["id"])
    return mark is not None and all(mark in node["html"] for node in violation["nodes"])
