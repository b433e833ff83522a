"""Which event is news for whom."""

from __future__ import annotations

import pytest

from huiliu.access.rules import SCOPES
from huiliu.flows.desk.rules import FIRST, SECOND, News, news_of


def told(type_: str, **payload: object) -> list[tuple[str, int]]:
    return [(news.kind, news.side) for news in news_of(type_, payload)]


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        ("SUBMITTED", [("order.to_confirm", SECOND)]),
        ("AWAITING_FINANCE", [("order.to_confirm_finance", SECOND)]),
        ("CONFIRMED", [("order.to_ship", SECOND)]),
        ("AWAITING_BUYER", [("order.to_confirm_buyer", FIRST)]),
        ("CANCELLED", []),
    ],
)
def test_a_new_order_is_news_for_whoever_does_its_next_step(state, expected):
    assert told("order.submitted", state=state) == expected


def test_the_last_step_is_news_for_the_buyer_and_for_the_warehouse():
    assert told("order.step_finance", state="CONFIRMED") == [
        ("order.confirmed", FIRST),
        ("order.to_ship", SECOND),
    ]
    assert told("order.step_confirm", state="AWAITING_FINANCE") == [("order.to_confirm_finance", SECOND)]


def test_a_receipt_is_news_only_when_it_differs():
    assert told("order.received", differences=0) == []
    assert told("order.received", differences=2) == [("order.received_differently", SECOND)]


@pytest.mark.parametrize("type_", ["order.tracked", "session.opened", "organization.moved", "no.such"])
def test_most_events_are_nobodys_news(type_):
    assert told(type_) == []


def test_every_scope_that_news_names_is_one_somebody_can_have():
    from huiliu.flows.desk import rules

    named = [news for some in rules._PLAIN.values() for news in some] + list(rules._AFTER_STEP.values())

    assert all(isinstance(news, News) and news.scope in SCOPES for news in named)
