"""What the server says in words follows the screen that asks, and else the person."""

from __future__ import annotations

import pytest

from huiliu.testing.actors import a_brand, an_actor
from huiliu.testing.api import Api

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("header", "locale"),
    [
        ("en-GB,en;q=0.9", "en"),
        ("zh-Hant", "zh-Hant"),
        ("zh-TW,zh;q=0.9", "zh-Hant"),
        ("zh-CN", "zh-Hans"),
        ("fr", "zh-Hans"),
        ("", "zh-Hans"),
    ],
)
def test_the_screen_decides_the_language(header, locale):
    api = Api(an_actor(a_brand()))

    answer = api.raw("GET", "/session", headers={"Accept-Language": header} if header else {})

    assert answer.json()["locale"] == locale
