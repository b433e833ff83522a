"""Price lists and prices over HTTP: who may, what a partner learns, what it never learns."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from django.db import DatabaseError, connection, transaction

from huiliu.access.types import Role
from huiliu.kernel.ids import uuid7
from huiliu.policies.models import Member, Version
from huiliu.policies.types import Audience
from huiliu.pricing.models import Row
from huiliu.pricing.types import PriceLevel
from huiliu.testing.actors import acting, an_actor
from huiliu.testing.api import Api
from huiliu.testing.pricing import Market
from huiliu.testing.trade import a_sku

pytestmark = pytest.mark.django_db


@pytest.fixture
def market() -> Market:
    return Market()


def a_body(market: Market, **more: object) -> dict[str, object]:
    return {
        "id": str(uuid7()),
        "code": "BASE",
        "name": "基础价",
        "seller_id": market.brand.pk,
        "level": "BASE",
        "valid_from": "2026-01-01",
        **more,
    }


def test_a_list_is_written_approved_by_another_and_published_in_one_call(market):
    author, manager = Api(market.author), Api(market.manager)
    created = author.post("/price-lists", a_body(market))
    assert created.status_code == 201, created.content
    path = f"/price-lists/{created.json()['id']}"
    rows = [
        {
            "sku_code": "W550",
            "unit": "箱",
            "unit_price": "100.00",
            "floor_price": "88",
            "breaks": [{"from_quantity": "240", "unit_price": "95"}],
        }
    ]
    assert author.post(f"{path}/rows", {"rows": rows}).json() == {"written": 1}
    assert author.get(f"{path}/lint").json() == {"publishable": True, "findings": [], "goods": {}}
    assert created.json()["allowed_actions"] == ["edit", "discard", "succeed"]
    assert author.post(f"{path}/approve").status_code == 403
    assert manager.post(f"{path}/approve").json()["state"] == "APPROVED"
    published = manager.post(f"{path}/publish").json()

    assert (published["state"], published["width"], published["level"]) == ("PUBLISHED", None, "BASE")
    body = {
        "lines": [{"sku_code": "W550", "unit": "箱", "quantity": "3"}, {"sku_code": "W550", "quantity": "5"}]
    }
    preview = Api(market.owner).post("/prices/preview", body).json()
    assert [line["gross_amount"] for line in preview["lines"]] == ["300.00", "20.83"]
    assert preview["gross_amount"] == "320.83"


def test_a_draft_is_changed_by_what_was_read_and_its_rows_are_paged_and_found(market):
    author = Api(market.author)
    path = f"/price-lists/{author.post('/price-lists', a_body(market)).json()['id']}"
    for number in range(7):
        a_sku(f"P{number}")
    author.post(
        f"{path}/rows", {"rows": [{"sku_code": f"P{number}", "unit_price": "5"} for number in range(7)]}
    )

    first = author.get(f"{path}/rows", limit=5).json()
    second = author.get(f"{path}/rows", limit=5, cursor=first["next_cursor"]).json()
    assert [row["sku_code"] for row in first["items"] + second["items"]] == [f"P{n}" for n in range(7)]
    assert second["next_cursor"] is None
    assert [row["sku_code"] for row in author.get(f"{path}/rows", text="p3").json()["items"]] == ["P3"]
    assert author.get(path).json()["row_count"] == 7

    head = {"name": "改", "level": "REGION", "valid_from": "2026-02-01", "version": 2}
    assert author.put(path, head).json()["version"] == 3  # the rows were the second
    assert author.put(path, head).status_code == 412
    gone = author.post(f"{path}/rows/remove", {"sku_ids": [first["items"][0]["sku_id"]]})
    assert gone.json() == {"written": 1}
    assert author.post(f"{path}/discard", {"reason": "no"}).json()["state"] == "ENDED"


def test_every_bad_row_of_a_request_is_named_and_nothing_is_kept(market):
    author = Api(market.author)
    path = f"/price-lists/{author.post('/price-lists', a_body(market)).json()['id']}"

    answer = author.post(
        f"{path}/rows",
        {
            "rows": [
                {"sku_code": "W550", "unit_price": "10"},
                {"sku_code": "NOPE", "unit_price": "10"},
                {"sku_code": "W550", "unit": "桶", "unit_price": "10"},
            ]
        },
    )
    assert answer.status_code == 422
    fields = [one["field"] for one in answer.json()["fields"]]
    assert fields == ["rows[1].sku_code", "rows[2].unit"]

    answer = author.post(f"{path}/rows", {"rows": [{"sku_code": "W550", "unit_price": "-1"}]})
    assert (answer.status_code, answer.json()["code"]) == (422, "pricing.not_positive")
    assert Row.objects.count() == 0


def test_ties_are_answered_with_the_remedy_and_the_other_list(market):
    market.published({market.water.pk: "10"}, code="EAST")
    rival = market.draft({market.water.pk: "9"}, code="WEST")

    answer = Api(market.manager).post(f"/price-lists/{rival.id}/approve")

    assert (answer.status_code, answer.json()["code"]) == (409, "pricing.prices_tie")
    assert answer.json()["facts"]["ties"][0]["list"] == "EAST"
    assert "priority" in answer.json()["remedy"]


def test_the_difference_is_read_in_the_readers_language(market):
    market.published({market.water.pk: "100"})
    new = market.draft({market.water.pk: "108", market.tea.pk: "5"}, start="2026-07-01")

    answer = Api(market.manager).get(f"/price-lists/{new.id}/diff").json()

    assert answer["counts"] == {
        "added": 1,
        "removed": 0,
        "raised": 1,
        "lowered": 0,
        "terms": 0,
        "unchanged": 0,
    }
    assert answer["raised"][0]["percent"] == "8.00"
    assert answer["words"][0] == "与上一版本相比：新增 1 个，涨价 1 个（最高 8%）。"


def test_the_calendar_knows_what_is_in_force_on_a_day(market):
    market.published({market.water.pk: "10"})
    market.published({market.water.pk: "11"}, start="2026-07-01")
    api = Api(market.manager)

    def numbers(**query: object) -> list[int]:
        return [one["version_no"] for one in api.get("/policies", **query).json()["items"]]

    assert numbers() == [2, 1]
    assert numbers(on="2026-06-30") == [1]
    assert numbers(on="2026-07-01") == [2]
    assert numbers(from_day="2026-07-01", to_day="2026-08-01") == [2]
    assert numbers(kind="promotion") == []
    first = api.get("/price-lists", limit=1).json()
    assert api.get("/price-lists", limit=1, cursor=first["next_cursor"]).json()["items"][0]["version_no"] == 1


def test_an_audience_is_tried_before_anybody_is_told(market):
    api = Api(market.author)

    found = api.post("/policies/audience", {"audience": {"tiers": ["A"]}}).json()
    assert found == {
        "words": "A级",
        "count": 1,
        "candidates": 3,
        "sample": [{"id": market.dealer.pk, "code": market.dealer.code, "name": "苏州瑞丰商贸"}],
    }
    assert api.post("/policies/audience", {"audience": {}}).json()["count"] is None
    assert api.post("/policies/audience", {"audience": {"tier": ["A"]}}).status_code == 422


def test_ending_a_list_takes_its_prices_away_at_once(market):
    head = market.published()
    manager = Api(market.manager)

    assert manager.post(f"/price-lists/{head.id}/end", {"reason": ""}).status_code == 422
    assert manager.post(f"/price-lists/{head.id}/end", {"reason": "错价"}).json()["state"] == "ENDED"

    line = Api(market.owner).post("/prices/preview", {"lines": [{"sku_code": "W550", "quantity": "1"}]})
    assert line.json()["lines"][0]["orderable"] is False
    assert line.json()["lines"][0]["unit_price"] is None


def test_staff_sees_what_a_partner_would_pay_if_a_draft_were_published(market):
    market.published({market.water.pk: "10"})
    draft = market.draft({market.water.pk: "12"}, start="2026-05-01")
    body = {
        "buyer_id": market.dealer.pk,
        "on": "2026-06-15",
        "lines": [{"sku_code": "W550", "quantity": "2"}],
    }

    now = Api(market.manager).post("/prices/preview", body).json()
    then = Api(market.manager).post("/prices/preview", {**body, "version_id": str(draft.id)}).json()

    assert (now["gross_amount"], then["gross_amount"]) == ("20.00", "24.00")
    assert Api(market.owner).post("/prices/preview", {**body, "version_id": str(draft.id)}).status_code == 403
    impact = Api(market.manager).post(
        f"/price-lists/{draft.id}/impact",
        {"buyer_ids": [market.dealer.pk], "sku_ids": [market.water.pk], "on": "2026-06-15"},
    )
    assert [(row["before"], row["after"]) for row in impact.json()] == [("240", "288")]  # per 箱


def test_why_names_every_list_and_what_became_of_it(market):
    market.published({market.water.pk: "10"}, floor="6")
    market.published(
        {market.water.pk: "8"}, code="A", audience=Audience(tiers=("A",)), level=PriceLevel.GROUP
    )
    market.published(
        {market.water.pk: "7"}, code="B", audience=Audience(tiers=("B",)), level=PriceLevel.GROUP
    )

    found = (
        Api(market.manager)
        .post(
            "/prices/explain",
            {"buyer_id": market.dealer.pk, "sku_code": "W550", "quantity": "1", "on": "2026-06-15"},
        )
        .json()
    )

    assert [(one["list_code"], one["reason"], one["price"]) for one in found] == [
        ("A", "WON", "8"),
        ("BASE", "LOWER_LEVEL", "10"),
        ("B", "NOT_IN_AUDIENCE", "7"),
    ]
    assert found[1]["floor_price"] == "6"


class TestIsolation:
    """A partner knows its own price. It never learns another's, nor a floor, nor who else is meant."""

    @pytest.fixture
    def told(self, market: Market) -> Market:
        market.published({market.water.pk: "10", market.tea.pk: "5"}, floor="3")
        market.published(
            {market.water.pk: "7.77"},
            code="SECRET-B",
            audience=Audience(organization_ids=(market.other.pk,)),
            level=PriceLevel.CUSTOMER,
        )
        return market

    def test_the_price_page_is_its_own_sorted_by_its_own_price(self, told):
        page = Api(told.owner).get("/prices", sort="price", limit=1).json()
        rest = Api(told.owner).get("/prices", sort="price", limit=1, cursor=page["next_cursor"]).json()
        rows = page["items"] + rest["items"]
        assert [(row["sku_code"], row["unit"], row["unit_price"]) for row in rows] == [
            ("T500", "箱", "120"),
            ("W550", "箱", "240"),
        ]
        theirs = Api(told.other_owner).get("/prices", text="W550").json()["items"]
        assert [row["unit_price"] for row in theirs] == ["186.48"]

    @pytest.mark.parametrize("path", ["/prices", "/prices/preview"])
    def test_another_partners_price_does_not_exist_for_it(self, told, path):
        if path == "/prices":
            answer = Api(told.owner).get(path, buyer_id=told.other.pk)
        else:
            body = {"buyer_id": told.other.pk, "lines": [{"sku_code": "W550", "quantity": "1"}]}
            answer = Api(told.owner).post(path, body)

        assert (answer.status_code, answer.json()["code"]) == (404, "pricing.buyer_not_visible")

    def test_what_its_store_would_pay_the_brand_is_not_its_to_know(self, told):
        body = {
            "buyer_id": told.store.pk,
            "seller_id": told.brand.pk,
            "lines": [{"sku_code": "W550", "quantity": "1"}],
        }

        assert Api(told.owner).post("/prices/preview", body).status_code == 404

    def test_its_trace_names_neither_floors_nor_lists_of_others(self, told):
        body = {"lines": [{"sku_code": "W550", "quantity": "1"}]}

        answer = Api(told.owner).post("/prices/preview", body).json()

        text = json.dumps(answer, ensure_ascii=False)
        assert "SECRET-B" not in text
        assert "7.77" not in text
        assert "floor" not in text
        assert answer["lines"][0]["trace"]["format"] == "redacted"

    def test_no_list_row_or_audience_is_served_to_it(self, told):
        api = Api(told.owner)
        path = f"/price-lists/{Version.objects.get(code='SECRET-B').pk}"
        for found in (
            api.get("/policies"),
            api.get("/price-lists"),
            api.get(path),
            api.get(f"{path}/rows"),
            api.get(f"{path}/members"),
            api.get(f"{path}/diff"),
            api.get(f"{path}/lint"),
            api.post("/policies/audience", {"audience": {}}),
            api.post("/price-lists", a_body(told, code="MINE")),
            api.post(f"{path}/approve"),
            api.post(f"{path}/publish"),
            api.post(f"{path}/end", {"reason": "x"}),
            api.post("/prices/explain", {"buyer_id": told.dealer.pk, "sku_code": "W550", "quantity": "1"}),
        ):
            assert (found.status_code, found.json()["code"]) == (403, "platform.scope_missing")

    @pytest.mark.parametrize("table", [Version, Member, Row])
    def test_its_database_role_cannot_read_the_tables_at_all(self, told, table):
        with (
            acting(told.owner),
            pytest.raises(DatabaseError),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(f"SELECT 1 FROM {table._meta.db_table}")

    def test_staff_without_the_scope_change_nothing(self, told):
        draft = told.draft({told.water.pk: "1"}, code="CHEAP")
        for role in (Role.ANALYST, Role.FINANCE, Role.WAREHOUSE, Role.SALES_OPERATIONS):
            api = Api(an_actor(told.brand, role))
            assert api.post(f"/price-lists/{draft.id}/approve").status_code == 403
            assert api.post(f"/price-lists/{draft.id}/publish").status_code == 403
        assert Version.objects.get(pk=draft.id).state == "DRAFT"


def test_the_next_quote_uses_what_was_just_published(market):
    market.published({market.water.pk: "10"})
    dealer = Api(market.owner)
    body = {"on": datetime.now(UTC).date().isoformat(), "lines": [{"sku_code": "W550", "quantity": "1"}]}
    assert dealer.post("/prices/preview", body).json()["gross_amount"] == "10.00"
    new = market.approved({market.water.pk: "9"})

    Api(market.manager).post(f"/price-lists/{new.id}/publish")

    assert dealer.post("/prices/preview", body).json()["gross_amount"] == "9.00"


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"audience": {"tier": ["A"]}}, 422),
        ({"valid_to": "2026-01-01"}, 422),
        ({"level": "LOWEST"}, 422),
        ({"currency": "XXQ"}, 422),
        ({"seller_id": 999_999}, 404),
        ({"code": "  "}, 422),
        ({"id": "6f1b9d2e-0000-4000-8000-000000000000"}, 422),
        ({"copy_from": "01900000-0000-7000-8000-000000000000"}, 404),
    ],
)
def test_a_bad_head_is_refused_and_no_draft_is_left(market, change, status):
    answer = Api(market.author).post("/price-lists", a_body(market, **change))

    assert answer.status_code == status, answer.content
    assert Version.objects.count() == 0
