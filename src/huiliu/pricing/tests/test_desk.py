"""The price desk: one sheet saved in parts, goods found as people type them, changes, and the history of a version."""

from __future__ import annotations

from datetime import date
from decimal import Decimal as D  # noqa: N817
from uuid import UUID

import pytest

from huiliu.access.types import Role
from huiliu.kernel.ids import uuid7
from huiliu.platform.errors import Stale
from huiliu.policies import selectors as versions
from huiliu.policies import services as policies
from huiliu.policies.types import Audience
from huiliu.policies.wording import say_audience
from huiliu.pricing import errors, selectors, services
from huiliu.pricing.models import Row
from huiliu.pricing.types import PriceLevel
from huiliu.testing.actors import NOW, an_actor
from huiliu.testing.api import Api
from huiliu.testing.partners import a_partner
from huiliu.testing.pricing import BOTTLE, CASE, Market, a_row

pytestmark = pytest.mark.django_db


@pytest.fixture
def market() -> Market:
    return Market()


def prices(version_id: UUID) -> list[tuple[int, str, D | None]]:
    return list(
        Row.objects.filter(version_id=version_id)
        .order_by("sku_id", "unit")
        .values_list("sku_id", "unit", "unit_price")
    )


def test_a_part_of_a_sheet_puts_and_removes_in_one_step_and_names_the_version_for_the_next(market):
    head = market.draft({market.water.pk: "10", market.tea.pk: "5"})
    read = versions.get_version(head.id).version

    saved = services.save_sheet(
        actor=market.author,
        version_id=head.id,
        expected_version=read,
        put=[a_row("100", sku=market.water.pk, unit=CASE)],
        remove=[(market.water.pk, "瓶"), (market.tea.pk, "瓶")],
        now=NOW,
    )

    assert saved.version == read + 1
    assert prices(head.id) == [(market.water.pk, "箱", D(100))]


def test_two_editors_of_one_sheet_are_one_answer_and_one_stale_and_nothing_of_the_second_is_kept(market):
    head = market.draft()
    read = versions.get_version(head.id).version
    change = {"actor": market.author, "version_id": head.id, "expected_version": read, "now": NOW}
    services.save_sheet(**change, put=[a_row("11", sku=market.water.pk, unit=BOTTLE)], remove=[])

    with pytest.raises(Stale) as refused:
        services.save_sheet(**change, put=[], remove=[(market.water.pk, "瓶")])

    assert refused.value.facts == {"yours": read, "current": read + 1}
    assert prices(head.id) == [(market.water.pk, "瓶", D(11))]


def test_rows_from_elsewhere_make_an_open_editor_stale(market):
    head = market.draft()
    read = versions.get_version(head.id).version
    services.put_rows(
        actor=market.author, version_id=head.id, rows=[a_row("9", sku=market.tea.pk, unit=BOTTLE)], now=NOW
    )

    with pytest.raises(Stale):
        services.save_sheet(
            actor=market.author, version_id=head.id, expected_version=read, put=[], remove=[], now=NOW
        )


def test_a_bad_row_of_a_part_is_named_and_none_of_it_is_kept(market):
    head = market.draft()
    author = Api(market.author)
    sheet = author.get(f"/price-lists/{head.id}/sheet").json()
    body = {
        "version": sheet["version"],
        "put": [
            {"sku_code": "T500", "unit": "瓶", "unit_price": "4"},
            {"sku_code": "W550", "unit": "瓶", "unit_price": "4", "floor_price": "5"},
        ],
        "remove": [{"sku_id": market.water.pk, "unit": "瓶"}],
    }

    answer = author.post(f"/price-lists/{head.id}/sheet", body)

    assert (answer.status_code, answer.json()["code"]) == (422, "pricing.row_invalid")
    assert answer.json()["fields"][0]["field"] == "put[1].unit_price"
    assert prices(head.id) == [(market.water.pk, "瓶", D(10))]
    assert author.get(f"/price-lists/{head.id}/sheet").json()["version"] == sheet["version"]


def test_a_published_sheet_is_read_and_never_saved(market):
    head = market.published()
    author = Api(market.author)

    body = {"version": head.version, "put": [], "remove": [{"sku_id": market.water.pk, "unit": "瓶"}]}
    answer = author.post(f"/price-lists/{head.id}/sheet", body)

    assert (answer.status_code, answer.json()["code"]) == (409, "policies.published_is_never_edited")
    assert prices(head.id) == [(market.water.pk, "瓶", D(10))]


def test_the_sheet_has_every_row_beside_the_price_in_force_and_the_goods_with_their_units(market):
    market.published({market.water.pk: "10"})
    draft = market.draft({market.water.pk: "11.5", market.tea.pk: "5"}, start="2026-07-01")

    sheet = Api(market.author).get(f"/price-lists/{draft.id}/sheet").json()

    assert [(row["sku_id"], row["unit_price"], row["price_before"]) for row in sheet["rows"]] == [
        (market.water.pk, "11.5", "10"),
        (market.tea.pk, "5", None),
    ]
    water = next(one for one in sheet["goods"] if one["code"] == "W550")
    assert water["units"] == [
        {"unit": "箱", "numerator": 24, "denominator": 1},
        {"unit": "瓶", "numerator": 1, "denominator": 1},
    ]
    assert Api(market.owner).get(f"/price-lists/{draft.id}/sheet").status_code == 403


def test_goods_are_found_by_code_name_or_initials_and_unknown_codes_are_absent(market):
    market.water.name = "天然泉水"
    market.water.save()
    author = Api(market.author)

    by_codes = author.post("/prices/goods", {"codes": ["W550", " T500 ", "NOPE"]}).json()
    assert [one["code"] for one in by_codes] == ["T500", "W550"]
    by_text = author.post("/prices/goods", {"text": "w5"}).json()
    assert [one["code"] for one in by_text] == ["W550"]
    assert Api(market.owner).post("/prices/goods", {"text": "w"}).status_code == 403


def test_changes_are_all_listed_the_largest_first_in_pages_and_by_kind(market):
    market.published({market.water.pk: "10", market.tea.pk: "5"})
    draft = market.draft({market.water.pk: "11"}, start="2026-07-01")
    services.put_rows(
        actor=market.author, version_id=draft.id, rows=[a_row("99", sku=market.tea.pk, unit=CASE)], now=NOW
    )
    author, path = Api(market.author), f"/price-lists/{draft.id}/changes"

    first = author.get(path, limit=2).json()
    second = author.get(path, limit=2, cursor=first["next_cursor"]).json()
    rows = first["items"] + second["items"]

    assert [(row["kind"], row["unit"], row["percent"]) for row in rows] == [
        ("raised", "瓶", "10.00"),
        ("removed", "瓶", None),
        ("added", "箱", None),
    ]
    assert rows[0]["before"]["unit_price"] == "10"
    assert [row["sku_id"] for row in author.get(path, kind="removed").json()["items"]] == [market.tea.pk]
    assert author.get(path, text="t5", kind="raised").json()["items"] == []


def test_lint_leads_to_each_bad_row(market):
    head = market.draft({market.water.pk: "10", market.tea.pk: "5"})
    Row.objects.filter(version_id=head.id).update(unit_price=D(3), floor_price=D(4))

    lint = Api(market.author).get(f"/price-lists/{head.id}/lint").json()

    found = [(one["code"], one["facts"]["sku_id"], one["facts"]["unit"]) for one in lint["findings"]]
    assert found == [
        ("pricing.row_invalid", market.water.pk, "瓶"),
        ("pricing.row_invalid", market.tea.pk, "瓶"),
    ]
    assert lint["goods"] == {str(sku.pk): sku.name for sku in (market.water, market.tea)}


def test_the_history_says_who_did_what_when_and_what_it_changed(market):
    head = market.draft()
    author = Api(market.author)
    body = {
        "name": "新名",
        "level": "GROUP",
        "valid_from": "2026-01-01",
        "audience": {"tiers": ["A"], "except_for": {"organization_ids": [market.dealer.pk]}},
        "late_joiners": False,
        "version": versions.get_version(head.id).version,
    }
    assert author.put(f"/price-lists/{head.id}", body).status_code == 200

    history = author.get(f"/policies/{head.id}/history").json()

    assert [one["action"] for one in history] == ["policy.edited", "prices.rows_put", "policy.drafted"]
    assert history[1]["rows"] == 1
    assert {(one["what"], one["before"], one["after"]) for one in history[0]["changes"]} == {
        ("name", "价目 BASE", "新名"),
        ("audience", "全部客户", "A级，除苏州瑞丰商贸外"),
        ("late_joiners", "true", "false"),
        ("level", "5", "3"),
    }


def test_who_matches_later_joins_only_where_the_version_says_so(market):
    tier_a = Audience(tiers=("A",))
    open_ = market.published(code="OPEN", audience=tier_a, level=PriceLevel.GROUP)
    closed = market.draft(code="CLOSED", audience=tier_a, level=PriceLevel.GROUP, priority=5)
    services.update_price_list(
        actor=market.author,
        version_id=closed.id,
        expected_version=None,
        name="不再增加",
        level=PriceLevel.GROUP,
        currency="CNY",
        audience=tier_a,
        valid_from=date(2026, 1, 1),
        valid_to=None,
        priority=5,
        project="",
        late_joiners=False,
        now=NOW,
    )
    services.approve_price_list(actor=market.manager, version_id=closed.id, now=NOW)
    services.publish_price_list(actor=market.manager, version_id=closed.id, now=NOW)
    late = a_partner(parent=market.brand, name="无锡新客", tier="A").organization

    policies.welcome_organizations(organization_ids=[late.pk], now=NOW)

    assert versions.members_of(open_.id) == [market.dealer.pk, late.pk]
    assert versions.members_of(closed.id) == [market.dealer.pk]


def test_an_audience_is_looked_through_by_name(market):
    api = Api(market.author)
    body = {"audience": {"kinds": ["DISTRIBUTOR"]}, "text": "瑞丰", "limit": 5}

    found = api.post("/policies/audience", body).json()

    assert (found["count"], [one["name"] for one in found["sample"]]) == (2, ["苏州瑞丰商贸"])
    assert found["words"] == "经销商"


@pytest.mark.parametrize(
    ("audience", "language", "said"),
    [
        (Audience(), "zh-Hans", "全部客户"),
        (Audience(under_ids=(4,), tiers=("A", "B")), "zh-Hans", "华东及下级、A/B级"),
        (
            Audience(under_ids=(4,), except_for=Audience(tags=("KA",))),
            "zh-Hans",
            "华东及下级，除带标签“KA”外",
        ),
        (Audience(any_of=(Audience(tiers=("A",)), Audience(kinds=("STORE",)))), "zh-Hans", "A级或终端门店"),
        (Audience(organization_ids=(1, 2, 3, 5)), "zh-Hans", "#1、#2、#3等 4 个"),
        (Audience(under_ids=(4,), tiers=("A",)), "en", "华东 and everyone below, tier A"),
        (Audience(except_for=Audience(organization_ids=(9,))), "en", "every customer, except #9"),
    ],
)
def test_an_audience_is_one_sentence(audience, language, said):
    def name_of(_part: str, value: str) -> str | None:
        return {"4": "华东"}.get(value)

    assert say_audience(audience, name_of=name_of, language=language) == said


def test_comments_on_a_version_stay_with_those_who_see_policies(market):
    head = market.draft()
    author = Api(market.author)
    body = {"id": str(uuid7()), "subject_type": "policy", "subject_id": str(head.id), "text": "底价再核一下"}
    assert author.post("/comments", body).status_code == 201

    seen = Api(market.manager).get("/comments", subject_type="policy", subject_id=str(head.id)).json()
    assert [one["text"] for one in seen["items"]] == ["底价再核一下"]
    answer = Api(market.owner).get("/comments", subject_type="policy", subject_id=str(head.id))
    assert answer.status_code == 403


def test_authorities_by_hand_are_told_to_staff_only(market):
    told = Api(market.author).get("/prices/authorities").json()
    assert {"role": "CHANNEL_MANAGER", "discount_max": "0.10", "may_go_below_floor": False} in told
    assert Api(an_actor(market.dealer, Role.OWNER)).get("/prices/authorities").status_code == 403


def test_a_sheet_refuses_the_same_goods_and_unit_twice(market):
    head = market.draft()
    row = a_row("9", sku=market.water.pk, unit=BOTTLE)
    with pytest.raises(errors.PriceRowInvalid):
        services.save_sheet(
            actor=market.author,
            version_id=head.id,
            expected_version=versions.get_version(head.id).version,
            put=[row, row],
            remove=[],
            now=NOW,
        )
    assert selectors.count_rows(head.id) == 1
