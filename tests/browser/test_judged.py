"""What axe may tell apart is another part, what it cannot is none: a page of known parts only is not judged again."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.judged import Judgements, parts_of
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


def parts(page: Page, html: str) -> set[str]:
    page.set_content(html)
    return parts_of(page)


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
        ("<i>山楂汁</i>", "<b>山</b>"),
        (".soft { color: #555 }", ".soft { color: #555; font-size: 24px }"),
        ('<p class="soft">', '<p class="soft" aria-disabled="true">'),
        ("<button", "<button disabled"),
        ("<li><i>纯净水</i></li>", "<li><i style='opacity: 0.4'>纯净水</i></li>"),
        ("<li><i>纯净水</i></li>", "<i>纯净水</i>"),
        ("<li><i>纯净水</i></li>", "<li><i>纯净水</i><input></li>"),
        ("<ul>", "<ul style='height: 20px; overflow: auto'>"),
        ("i { color: #222 }", "i { color: #ddd }"),
        ("<ul><li>", "<ul style='background: #ddd'><li>"),
        ("<ul>", "<ul style='opacity: 0.4'>"),
        ('<button aria-label="收货">×</button>', "<button><span aria-hidden='true'>×</span></button>"),
        (
            '<button aria-label="收货">×</button>',
            "<button><span><span><a href='#b'>×</a></span></span></button>",
        ),
        ("<main>", "<main><div aria-hidden='true'><span><a href='#a'>看说明</a></span></div>"),
    ],
)
def test_what_axe_may_tell_apart_is_judged_anew(before: str, after: str, plain: Page):
    changed = WHOLE.replace(before, after)
    assert changed != WHOLE

    assert not parts(plain, changed) <= parts(plain, WHOLE)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("看说明", "看另一份说明"),
        ('aria-label="收货"', 'aria-label="发货"'),
        ("<li><i>纯净水</i></li>", "<li><i>纯净水</i></li><li><i>汽水</i></li>"),
        ('id="unit"', 'id="r7" data-row="7"'),
        ("font-size: 16px", "font-size: 17px"),
        ("<p class", "<section hidden><input></section><p class"),
        ("<li><i>纯净水</i></li>", ""),
    ],
)
def test_other_words_and_more_or_less_rows_are_nothing_new(before: str, after: str, plain: Page):
    changed = WHOLE.replace(before, after).replace(
        'aria-labelledby="unit"', f'aria-labelledby="{"r7" if "r7" in after else "unit"}"'
    )
    assert changed != WHOLE

    assert parts(plain, changed) <= parts(plain, WHOLE)


def test_a_label_that_was_removed_is_told_wherever_it_is_missing_and_what_is_known_is_not_judged(plain: Page):
    judgements, asked = Judgements(), []

    def judged(html: str) -> list[str]:
        plain.set_content(html)
        return judgements.of(
            plain, lambda: asked.append(html) or [one.split(" ")[1] for one in faults_by_axe(plain)]
        )

    more = WHOLE.replace("纯净水", "汽水")
    unnamed = WHOLE.replace('<label for="name">名称</label>', "")

    assert judged(WHOLE) == []
    assert judged(more) == []
    assert judged(unnamed) == ["label"]
    assert judged(unnamed.replace("纯净水", "汽水")) == ["label"]
    assert judged(WHOLE) == []
    assert [html == WHOLE for html in asked] == [True, False, False]


def test_where_all_colours_are_known_only_the_shape_is_judged(plain: Page):
    judgements, asked = Judgements(), []

    def judged(html: str) -> list[str]:
        plain.set_content(html)
        return judgements.of(
            plain, lambda: asked.append("all") or [], judge_shape=lambda: asked.append("shape") or []
        )

    judged(WHOLE)
    judged(WHOLE.replace("<button", "<button disabled"))
    judged(WHOLE.replace(' alt="照片"', ""))
    judged(WHOLE)
    judged(WHOLE.replace('<p class="soft">', '<p class="soft" style="color: #ccc">'))

    assert asked == ["all", "all", "shape", "all"]
