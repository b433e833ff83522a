"""Each check of the store's pages can fail: a fault planted into a page of a few lines is told, and nothing else is."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.store_checks import (
    NOTE_ANSWERS,
    chinese_left,
    data_heard,
    faults_by_axe,
    faults_of_form,
    is_elsewhere,
    keys_shown,
    simplified_left,
    texts_of,
)

WHOLE = """<html lang="zh-Hans"><title>x</title><body style="margin:0"><div class="taro_page"><main>
<h1>订单</h1><p>共 3 张，<a href="#a">看说明</a>。</p><button style="width:60px;height:60px">收货</button>
{planted}</main></div></body></html>"""


@pytest.fixture(scope="module")
def plain(chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context(viewport={"width": 360, "height": 844})
    yield context.new_page()
    context.close()


@pytest.mark.parametrize(
    ("planted", "said"),
    [
        ("", None),
        ("<button style='width:40px;height:60px'>取消</button>", "too small: 40x60 取消"),
        ("<label>名称<input style='width:90px;height:30px'></label>", "too small"),
        ("<div style='width:400px;height:9px'>宽</div>", "too wide: the page by 40 px"),
        ("<div style='width:340px;overflow:hidden'><p style='width:900px'>宽</p></div>", None),
        ("<div class='skeleton' style='height:40px'></div>", "stays a skeleton"),
        (
            "<style>h1 { visibility: visible }</style><script>document.querySelector('h1').remove()</script>",
            "no h1",
        ),
    ],
)
def test_a_page_of_a_bad_form_is_told(planted: str, said: str | None, plain: Page):
    plain.set_content(WHOLE.format(planted=planted))

    found = faults_of_form(plain)

    assert found == [] if said is None else any(fault.startswith(said) for fault in found)


@pytest.mark.parametrize(
    ("planted", "is_told"),
    [
        ("<input aria-label='数量' style='width:60px;height:60px'>", False),
        ("<input aria-label='数量' style='width:60px;height:60px;outline:0'>", True),
        (
            "<style>p:focus-within { outline: 2px solid }</style>"
            "<p><input aria-label='数量' style='width:60px;height:60px;outline:0'></p>",
            False,
        ),
    ],
)
def test_a_focus_that_nobody_sees_is_told(planted: str, *, is_told: bool, plain: Page):
    plain.set_content(WHOLE.format(planted=planted))

    found = faults_of_form(plain, is_by_keys=True)

    assert [fault.split(": ")[0] for fault in found] == ["focus not seen"] * is_told
    assert plain.evaluate("document.activeElement === document.body")


@pytest.mark.parametrize(
    ("planted", "rule"),
    [
        ("<p style='color:#bbb;background:#fff'>读不清</p>", "color-contrast"),
        ("<button style='width:60px;height:60px'></button>", "button-name"),
        ("<img src='data:,' width='50' height='50'>", "image-alt"),
    ],
)
def test_what_axe_finds_serious_is_told(planted: str, rule: str, plain: Page):
    plain.set_content(WHOLE.format(planted=planted))

    assert [fault.split(" ")[1] for fault in faults_by_axe(plain)] == [rule]


def test_texts_that_are_missing_or_of_another_language_are_told(plain: Page):
    words = "<p>road.add_bill</p><p>store-follow:road.add_bill</p><p>北巷山楂汁 3箱</p><p>等待收货</p>"
    plain.set_content(WHOLE.format(planted=words + "<i aria-label='搜索'></i><p hidden>看不见</p>"))
    texts = texts_of(plain)

    assert keys_shown(texts, frozenset({"road.add_bill"})) == [
        "key: road.add_bill",
        "key: store-follow:road.add_bill",
    ]
    left = chinese_left(texts, {"北巷山楂汁", "箱", "订单", "收货"})
    assert [one for one in left if "等待" in one or "搜索" in one] == ["Chinese: 等待收货", "Chinese: 搜索"]
    assert not [one for one in left if "山楂" in one or "看不见" in one]
    assert simplified_left(texts, frozenset({"订单"})) == ["simplified: 订单"]


def test_words_of_answers_are_data_only_where_people_wrote_them(plain: Page):
    plain.route(
        "http://goods.test/**",
        lambda route: route.fulfill(
            json={"items": [{"sku_name": "山楂汁", "unit": "瓶", "detail": "不能下单", "state": "等待"}]}
            if "api" in route.request.url
            else None,
            body=None if "api" in route.request.url else WHOLE,
            content_type=None if "api" in route.request.url else "text/html",
        ),
    )
    plain.add_init_script(NOTE_ANSWERS)
    plain.goto("http://goods.test/")
    plain.evaluate("() => fetch('/api').then(answer => answer.text())")
    plain.wait_for_function("() => Object.keys(window.__heard).length > 0")

    assert data_heard(plain) == {"山楂汁", "瓶"}


def test_requests_that_leave_the_installation_are_told():
    home = "http://127.0.0.1:8000/store/"

    assert not is_elsewhere("http://127.0.0.1:8000/api/v1/orders", home)
    assert not is_elsewhere("http://127.0.0.1:8001/api/v1/live", home)
    assert not is_elsewhere("data:image/png;base64,AA", home)
    assert is_elsewhere("http://127.0.0.1:9999/x", home)
    assert is_elsewhere("https://fonts.example.com/a.woff2", home)
    assert is_elsewhere("wss://live.example.com/", home)
