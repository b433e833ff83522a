"""A cold start of the store asks early, and asks for nothing twice."""

from __future__ import annotations

import json
from collections import Counter

import pytest
from playwright.sync_api import Browser, Request

from tests.browser.acting import eventually
from tests.browser.conftest import PASSWORD, Installation


@pytest.mark.parametrize("username", ["dealer", "buyer", "keeper"])
def test_what_was_asked_for_early_is_not_asked_for_again(
    username: str, installation: Installation, chromium: Browser
):
    context = chromium.new_context(viewport={"width": 390, "height": 844}, service_workers="block")
    context.request.post(
        f"{installation.url}/api/v1/session",
        data=json.dumps({"username": username, "password": PASSWORD}),
        headers={"Content-Type": "application/json"},
    )
    page = context.new_page()
    asked: list[str] = []

    def heard(request: Request) -> None:
        if "/api/v1/" in request.url and request.method == "GET":
            asked.append(request.url.partition("/api/v1")[2])

    page.on("request", heard)
    refused: list[str] = []
    page.on("response", lambda answer: refused.append(answer.url) if answer.status >= 400 else None)
    page.goto(f"{installation.url}/store/")
    page.locator("main > *").first.wait_for()
    # The page takes every answer: what was asked early is what it asks for itself.
    eventually(lambda: page.evaluate("window.huiliuEarly.size") == 0)
    context.close()

    assert {name: times for name, times in Counter(asked).items() if times > 1} == {}
    assert {"/session", "/desk/waiting", "/notices?limit=4"} <= set(asked)
    assert refused == []
