"""A page judged alike is built alike: what axe would tell apart has another structure, what it would not has the same."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.judged import Judgements, structure_of
from tests.browser.store_checks import faults_by_axe

STYLE = "<style>.soft { color: #555 } body { background: #fff; font-size: 16px } i { color: #222 }</style>"
WHOLE = f"""<html lang="zh-Hans"><title>x</title>{STYLE}<body><main><h1>订单</h1>
<label for="name">名称</label><input id="name" autocomplete="name"><input aria-labelledby="unit" value="3">
<b id="unit">数量</b><button aria-label="收货">×</button><a href="#a">看说明</a><img alt="照片" src="data:,">
<ul><li><i>山楂汁</i></li><li><i>纯净水</i></li></ul><p class="soft">共 2 行</p></main></body></html>"""


@pytest.fixture(scope="module")
def plain(chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context(viewport={"width": 360, "height": 844})
    yield context.new_page()
    context.close()


def structure(page: Page, html: str) -> str:
    page.set_content(html)
    return structure_of(page)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('<label for="name">名称</label>', ""),
        ('<label for="name">名称</label>', '<label for="name"> </label>'),
        ('<label for="name">', '<label for="nobody">'),
        ('<b id="unit">数量</b>', '<b id="unit"></b>'),
        ('<b id="unit">数量</b>', '<b id="unit">数量</b><b id="unit">数量</b>'),
        ('aria-label="收货">×<', 'aria-label="">×<'),
        ('aria-label="收货">×<', ">×<"),
        (">看说明<", "><"),
        (' alt="照片"', ""),
        ('autocomplete="name"', 'autocomplete="nickname"'),
        ("<button", '<button role="tab"'),
        ("<button", '<button tabindex="3"'),
        ("<button", '<button aria-expanded="false"'),
        ('<p class="soft">', '<p class="soft" style="color: #ccc">'),
        (".soft { color: #555 }", ".soft { color: #ccc }"),
        ("background: #fff", "background: #000"),
        ("font-size: 16px", "font-size: 20px"),
        ("<li><i>纯净水</i></li>", "<li><i style='opacity: 0.4'>纯净水</i></li>"),
        ("<li><i>纯净水</i></li>", "<i>纯净水</i>"),
        ("<li><i>纯净水</i></li>", "<li><i>纯净水</i><input></li>"),
        ("<ul>", "<ul style='height: 20px; overflow: auto'>"),
        ("i { color: #222 }", "i { color: #ddd }"),
    ],
)
def test_what_axe_may_tell_apart_is_judged_anew(before: str, after: str, plain: Page):
    changed = WHOLE.replace(before, after)
    assert changed != WHOLE

    assert structure(plain, changed) != structure(plain, WHOLE)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("看说明", "看另一份说明"),
        ('aria-label="收货"', 'aria-label="发货"'),
        ("<li><i>纯净水</i></li>", "<li><i>纯净水</i></li><li><i>汽水</i></li>"),
        ('id="unit"', 'id="r7" data-row="7"'),
        ("<p class", "<section hidden><input></section><p class"),
    ],
)
def test_other_words_and_more_rows_are_no_other_structure(before: str, after: str, plain: Page):
    changed = WHOLE.replace(before, after).replace(
        'aria-labelledby="unit"', f'aria-labelledby="{"r7" if "r7" in after else "unit"}"'
    )
    assert changed != WHOLE

    assert structure(plain, changed) == structure(plain, WHOLE)


def test_a_label_that_was_removed_is_told_although_the_page_was_judged_and_what_was_told_is_told_again(
    plain: Page,
):
    judgements, asked = Judgements(), []

    def judged(html: str) -> list[str]:
        plain.set_content(html)
        return judgements.of(
            plain, lambda: asked.append(html) or [one.split(" ")[1] for one in faults_by_axe(plain)]
        )

    unnamed = WHOLE.replace('<label for="name">名称</label>', "")

    assert judged(WHOLE) == []
    assert judged(WHOLE.replace("纯净水", "汽水")) == []
    assert judged(unnamed) == ["label"]
    assert judged(unnamed.replace("纯净水", "汽水")) == ["label"]
    assert asked == [WHOLE, unnamed]
