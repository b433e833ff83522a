"""The catalog over HTTP: who keeps it, and that a partner sees its own range and nothing beside."""

from __future__ import annotations

import pytest

from huiliu.access.types import Role
from huiliu.catalog.models import Product, ScopeRule, Sku
from huiliu.platform import stamps
from huiliu.testing.actors import a_brand, an_actor, an_organization
from huiliu.testing.api import Api
from huiliu.testing.catalog import a_brand_mark, a_category, a_scope_rule, some_goods
from huiliu.testing.partners import a_partner

pytestmark = pytest.mark.django_db


class Channel:
    """Dealer A buys drinks, dealer B snacks; a store below dealer A buys water only."""

    def __init__(self) -> None:
        self.brand = a_brand()
        self.dealer = a_partner(parent=self.brand, name="瑞丰", tier="A")
        self.other = a_partner(parent=self.brand, name="恒泰", tier="B")
        self.store = a_partner(parent=self.dealer.organization, kind="STORE", name="鑫源", tier="C")
        self.water = some_goods("矿泉水", category="饮料 > 水", barcode="6901234567892", code="W1")
        self.tea = some_goods("茶饮料", category="饮料 > 茶", code="T1")
        self.chips = some_goods("薯片", category="零食", code="C1")
        self.rule = a_scope_rule("A", tiers=["A"], category_ids=[a_category("饮料").pk])
        a_scope_rule("B", tiers=["B"], category_ids=[a_category("零食").pk])
        a_scope_rule("C", tiers=["C"], sku_ids=[self.water.pk])

    def staff(self, role: Role = Role.ADMINISTRATOR) -> Api:
        return Api(an_actor(self.brand, role))

    def owner(self, partner, role: Role = Role.OWNER) -> Api:
        return Api(an_actor(partner.organization, role))


@pytest.fixture
def channel():
    return Channel()


def codes(response):
    return [item["code"] for item in response.json()["items"]]


def test_without_a_rule_a_partner_sees_no_goods_at_all(channel):
    ScopeRule.objects.all().delete()

    assert codes(channel.owner(channel.dealer).get("/catalog/products")) == []
    assert codes(channel.staff().get("/catalog/products")) == ["T1", "W1", "C1"]


def test_each_partner_sees_its_own_range(channel):
    assert codes(channel.owner(channel.dealer).get("/catalog/products")) == ["T1", "W1"]
    assert codes(channel.owner(channel.other).get("/catalog/products")) == ["C1"]
    assert codes(channel.owner(channel.store).get("/catalog/products")) == ["W1"]


def test_staff_sees_the_range_of_a_buyer_when_it_asks(channel):
    assert codes(channel.staff().get("/catalog/products", buyer_id=channel.other.pk)) == ["C1"]


def test_an_owner_sees_the_range_of_its_store_not_of_the_other_dealer(channel):
    owner = channel.owner(channel.dealer)

    assert codes(owner.get("/catalog/products", buyer_id=channel.store.pk)) == ["W1"]
    assert owner.get("/catalog/products", buyer_id=channel.other.pk).status_code == 404


@pytest.mark.parametrize("text", ["薯片", "shupian", "sp", "C1", "零食"])
def test_goods_outside_the_range_do_not_exist_for_a_search(channel, text):
    assert codes(channel.owner(channel.dealer).get("/catalog/products", text=text)) == []


def test_goods_outside_the_range_do_not_exist_by_id_or_barcode(channel):
    other = channel.owner(channel.other)

    assert other.get(f"/catalog/products/{channel.water.product_id}").status_code == 404
    assert other.get("/catalog/barcodes/6901234567892").status_code == 404
    own = channel.owner(channel.dealer)
    assert own.get(f"/catalog/products/{channel.water.product_id}").json()["code"] == "W1"
    scanned = own.get("/catalog/barcodes/6901234567892").json()
    assert (scanned["unit"], scanned["product"]["skus"][0]["code"]) == ("瓶", "W1")


def test_of_a_product_only_the_skus_in_range_are_shown(channel):
    Sku.objects.filter(pk=channel.tea.pk).update(product_id=channel.water.product_id)
    stamps.forget()

    item = channel.owner(channel.store).get(f"/catalog/products/{channel.water.product_id}").json()

    assert [sku["code"] for sku in item["skus"]] == ["W1"]


def test_a_wrong_barcode_is_told_with_the_right_digit(channel):
    answer = channel.staff().get("/catalog/barcodes/6901234567891")

    assert (answer.status_code, answer.json()["facts"]["expected"]) == (422, "2")


def test_figures_go_out_as_plain_decimal_strings(channel):
    Sku.objects.filter(pk=channel.water.pk).update(order_minimum="24", standard_cost="0.8")
    stamps.forget()

    sku = channel.staff().get(f"/catalog/products/{channel.water.product_id}").json()["skus"][0]
    seen = (
        channel.owner(channel.dealer).get(f"/catalog/products/{channel.water.product_id}").json()["skus"][0]
    )

    assert (sku["tax_rate"], sku["order_minimum"], sku["order_limit"], sku["standard_cost"]) == (
        "0.13",
        "24",
        None,
        "0.8",
    )
    assert sku["units"][0] == {
        "unit": "箱",
        "numerator": 24,
        "denominator": 1,
        "barcode": "",
        "barcode_repaired": False,
        "order_step": "0",
        "is_order_unit": True,
    }
    assert (seen["standard_cost"], seen["version"]) == (None, 0)


def test_pages_follow_each_other_by_pinyin(channel):
    first = channel.staff().get("/catalog/products", limit=2).json()
    second = channel.staff().get("/catalog/products", limit=2, cursor=first["next_cursor"]).json()

    assert [item["code"] for item in first["items"] + second["items"]] == ["T1", "W1", "C1"]
    assert second["next_cursor"] is None


def test_a_preview_names_who_gains_and_who_loses_and_changes_nothing(channel):
    body = {
        "rule": {"name": "x", "valid_from": "2020-01-01", "tiers": ["A", "B"], "sku_ids": [channel.water.pk]},
        "replaces_id": channel.rule.pk,
    }

    answer = channel.staff().post("/catalog/scope-rules/preview", body).json()

    assert answer == {
        "buyers": 3,
        "gaining": 1,
        "losing": 1,
        "found": 2,
        "skus": [
            {"id": channel.tea.pk, "code": "T1", "name": channel.tea.name, "gaining": 0, "losing": 1},
            {"id": channel.water.pk, "code": "W1", "name": channel.water.name, "gaining": 1, "losing": 0},
        ],
        "effects": [
            {
                "organization_id": channel.dealer.pk,
                "name": "瑞丰",
                "gained_sku_ids": [],
                "lost_sku_ids": [channel.tea.pk],
            },
            {
                "organization_id": channel.other.pk,
                "name": "恒泰",
                "gained_sku_ids": [channel.water.pk],
                "lost_sku_ids": [],
            },
        ],
    }
    assert ScopeRule.objects.get(pk=channel.rule.pk).tiers == ["A"]


def test_a_preview_is_searched_by_name(channel):
    body = {"rule": {"name": "x", "valid_from": "2020-01-01", "tiers": ["A", "B"]}, "text": "恒泰"}

    answer = channel.staff().post("/catalog/scope-rules/preview", body).json()

    assert (answer["gaining"], answer["found"]) == (2, 1)
    assert [one["name"] for one in answer["effects"]] == ["恒泰"]


def why(channel, partner, sku, role=Role.SALES_OPERATIONS):
    query = f"buyer_id={partner.pk}&sku_id={sku.pk}"
    return channel.staff(role).get(f"/catalog/scope-rules/why?{query}")


def test_why_a_partner_may_or_may_not_buy_names_the_rules(channel):
    a_scope_rule("不卖水", is_allow=False, organization_ids=[channel.dealer.pk], sku_ids=[channel.water.pk])

    tea, water = (
        why(channel, channel.dealer, channel.tea).json(),
        why(channel, channel.dealer, channel.water).json(),
    )

    assert (tea["allowed"], tea["because"], [one["name"] for one in tea["rules"]]) == (True, "allowed", ["A"])
    assert (water["allowed"], water["because"]) == (False, "denied")
    assert [(one["name"], one["is_allow"]) for one in water["rules"]] == [("不卖水", False), ("A", True)]
    chips = why(channel, channel.dealer, channel.chips).json()
    assert (chips["allowed"], chips["because"], chips["rules"]) == (False, "no_rule", [])


def test_why_looks_at_the_state_of_the_partner_and_of_the_goods(channel):
    Sku.objects.filter(pk=channel.tea.pk).update(status="STOPPED")
    stamps.forget()
    stopped = why(channel, channel.dealer, channel.tea).json()
    channel.dealer.status = "FROZEN"
    channel.dealer.save()
    stamps.forget()

    assert (stopped["allowed"], stopped["because"]) == (False, "stopped")
    frozen = why(channel, channel.dealer, channel.water).json()
    assert (frozen["allowed"], frozen["because"]) == (False, "not_trading")
    assert "FROZEN" in frozen["detail"]


def test_why_is_for_staff(channel):
    query = f"buyer_id={channel.dealer.pk}&sku_id={channel.water.pk}"
    assert channel.owner(channel.dealer).get(f"/catalog/scope-rules/why?{query}").status_code == 403
    assert why(channel, channel.dealer, type("No", (), {"pk": 999_999})).status_code == 404


def test_a_branch_previews_only_its_own_partners(channel):
    east = an_organization(kind="BRANCH", parent=channel.brand)
    mine = a_partner(parent=east, tier="A")
    api = Api(an_actor(east, Role.SALES_OPERATIONS))

    answer = api.post("/catalog/scope-rules/preview", {"replaces_id": channel.rule.pk}).json()

    assert (answer["buyers"], [one["organization_id"] for one in answer["effects"]]) == (1, [mine.pk])


def test_a_new_rule_reaches_the_partner_with_its_next_request(channel):
    owner = channel.owner(channel.dealer)
    before = codes(owner.get("/catalog/products"))

    channel.staff().post(
        "/catalog/scope-rules",
        {"name": "x", "valid_from": "2020-01-01", "is_allow": False, "sku_ids": [channel.tea.pk]},
    )

    assert (before, codes(owner.get("/catalog/products"))) == (["T1", "W1"], ["W1"])


PRODUCT = {"name": "x", "category_id": "{category}"}
SKU = {"name": "x", "base_unit": "瓶"}
RULE = {"name": "x", "valid_from": "2026-01-01"}
ROUTES = [
    # method, path, body, statuses of (anonymous, analyst, partner's owner, sales operations)
    ("get", "/catalog/products", None, (401, 200, 200, 200)),
    ("get", "/catalog/products/{product}", None, (401, 200, 200, 200)),
    ("get", "/catalog/barcodes/6901234567892", None, (401, 200, 200, 200)),
    ("get", "/catalog/brands", None, (401, 200, 200, 200)),
    ("get", "/catalog/categories", None, (401, 200, 200, 200)),
    ("get", "/catalog/scope-rules", None, (401, 200, 403, 200)),
    ("post", "/catalog/brands", {"code": "N", "name": "x"}, (401, 403, 403, 201)),
    ("put", "/catalog/brands/{brand}", {"name": "x", "version": 1}, (401, 403, 403, 200)),
    ("post", "/catalog/categories", {"code": "N", "name": "x"}, (401, 403, 403, 201)),
    ("put", "/catalog/categories/{category}", {"name": "x", "version": 1}, (401, 403, 403, 200)),
    ("post", "/catalog/products", {"code": "N", **PRODUCT}, (401, 403, 403, 201)),
    ("put", "/catalog/products/{product}", {"version": 1, **PRODUCT}, (401, 403, 403, 200)),
    ("post", "/catalog/products/{product}/status", {"status": "STOPPED", "version": 1}, (401, 403, 403, 200)),
    ("post", "/catalog/products/{product}/skus", {"code": "N", **SKU}, (401, 403, 403, 201)),
    ("put", "/catalog/skus/{sku}", {"version": 1, **SKU}, (401, 403, 403, 200)),
    ("post", "/catalog/skus/{sku}/status", {"status": "STOPPED", "version": 1}, (401, 403, 403, 200)),
    ("post", "/catalog/scope-rules", RULE, (401, 403, 403, 201)),
    ("put", "/catalog/scope-rules/{rule}", {"version": 1, **RULE}, (401, 403, 403, 200)),
    ("delete", "/catalog/scope-rules/{rule}", None, (401, 403, 403, 200)),
    ("post", "/catalog/scope-rules/preview", {"rule": RULE}, (401, 403, 403, 200)),
]


@pytest.mark.parametrize(("method", "path", "content", "statuses"), ROUTES, ids=lambda value: str(value)[:50])
def test_each_route_answers_who_may_and_nobody_else(channel, method, path, content, statuses):
    facts = {
        "product": channel.water.product_id,
        "sku": channel.water.pk,
        "brand": a_brand_mark().pk,
        "category": a_category("饮料 > 水").pk,
        "rule": channel.rule.pk,
    }
    path = path.format(**facts)
    if content and "category_id" in content:
        content = content | {"category_id": facts["category"]}
    before = [list(model.objects.order_by("pk").values()) for model in (Product, Sku, ScopeRule)]
    callers = (Api(), channel.staff(Role.ANALYST), channel.owner(channel.dealer))

    def send(api):
        return getattr(api, method)(path) if content is None else getattr(api, method)(path, content)

    for caller, status in zip(callers, statuses, strict=False):
        assert send(caller).status_code == status
    assert [list(model.objects.order_by("pk").values()) for model in (Product, Sku, ScopeRule)] == before
    assert send(channel.staff(Role.SALES_OPERATIONS)).status_code == statuses[3]


@pytest.mark.parametrize(
    "units",
    [
        [{"unit": "箱", "numerator": 0}],
        [{"unit": "箱", "denominator": 0}],
        [{"unit": "箱", "numerator": 24}, {"unit": "箱", "numerator": 12}],
        [{"unit": "瓶", "barcode": "6901234567891"}],
        [{"unit": "箱\x00"}],
    ],
)
def test_a_sku_with_wrong_units_is_refused_and_not_made(channel, units):
    answer = channel.staff().post(
        f"/catalog/products/{channel.water.product_id}/skus", {"code": "N", **SKU, "units": units}
    )

    assert answer.status_code == 422
    assert Sku.objects.count() == 3


@pytest.mark.parametrize(
    "custom", [{"Upper": 1}, {"a": {"b": 1}}, {"a": 1.5}, {"a": "\x00"}, {"a": "\ud800"}, {"a": 2**60}]
)
def test_custom_fields_of_other_shapes_are_refused(channel, custom):
    answer = channel.staff().post(
        "/catalog/products",
        {"code": "N", "name": "x", "category_id": a_category().pk, "custom": custom},
    )

    assert answer.status_code == 422


def test_a_barcode_in_use_is_a_conflict_that_names_the_goods(channel):
    body = {"code": "N", **SKU, "units": [{"unit": "瓶", "barcode": "6901234567892"}]}

    answer = channel.staff().post(f"/catalog/products/{channel.tea.product_id}/skus", body)

    assert answer.status_code == 409
    assert (answer.json()["code"], answer.json()["facts"]["sku_code"]) == ("catalog.barcode_taken", "W1")
