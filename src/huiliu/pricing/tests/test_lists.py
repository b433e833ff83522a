"""Price lists as a whole: rows, lint, ties, differences in words, what a publication changes, replay."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal as D  # noqa: N817

import pytest

from huiliu.kernel.ids import uuid7
from huiliu.kernel.refusals import SeveralRefused
from huiliu.policies import selectors as versions
from huiliu.policies.types import Audience, VersionFilters, VersionState
from huiliu.pricing import errors, rules, selectors, services
from huiliu.pricing.models import Row
from huiliu.pricing.rules import diff_in_words, diff_rows
from huiliu.pricing.types import BuyerChange, PriceLevel, RowDraft
from huiliu.testing.actors import NOW
from huiliu.testing.pricing import BOTTLE, CASE, Market, a_row
from huiliu.testing.trade import a_sku

pytestmark = pytest.mark.django_db
ON = date(2026, 6, 15)


@pytest.fixture
def market() -> Market:
    return Market()


def put(market: Market, *drafts: RowDraft, replace: bool = False) -> int:
    rows = services.rows_from_drafts(drafts)
    head = versions.list_versions(filters=VersionFilters(), limit=1)[0]
    return services.put_rows(actor=market.author, version_id=head.id, rows=rows, replace=replace, now=NOW)


def test_rows_come_back_as_they_were_put(market):
    head = market.draft({})
    rows = [
        a_row("2.5", sku=market.water.pk, unit=BOTTLE, breaks=[(240, "2.4"), (1200, "2.300001")], floor="2"),
        a_row(None, sku=market.water.pk, unit=CASE, breaks=[(240, "55")]),
        a_row("0.000001", sku=market.tea.pk, unit=BOTTLE),
    ]

    assert services.put_rows(actor=market.author, version_id=head.id, rows=rows, now=NOW) == 3

    assert set(services.rows_of(head.id)) == set(rows)


def test_a_row_of_the_same_goods_and_unit_is_replaced_and_a_full_load_drops_the_rest(market):
    market.draft({market.water.pk: "10", market.tea.pk: "5"})

    put(market, RowDraft(D(11), sku_code="W550"))
    assert sorted(Row.objects.values_list("sku_id", "unit_price")) == [
        (market.water.pk, D(11)),
        (market.tea.pk, D(5)),
    ]

    put(market, RowDraft(D(12), sku_code="W550"), replace=True)
    assert list(Row.objects.values_list("sku_id", "unit_price")) == [(market.water.pk, D(12))]


def test_every_bad_row_is_named_and_none_is_kept(market):
    market.draft({})

    with pytest.raises(SeveralRefused) as refused:
        services.rows_from_drafts(
            [
                RowDraft(D(1), sku_code="NOPE"),
                RowDraft(D(1), sku_code="W550", unit="吨"),
                RowDraft(D(1), sku_code="W550"),
                RowDraft(D(1)),
            ]
        )
    assert [one["field"] for one in refused.value.facts["fields"]] == [
        "rows[0].sku_code",
        "rows[1].unit",
        "rows[3].sku_id",
    ]

    with pytest.raises(SeveralRefused) as refused:
        put(
            market,
            RowDraft(D(0), sku_code="W550"),
            RowDraft(D(5), sku_code="T500", floor_price=D(6)),
            RowDraft(D(5), sku_code="W550"),
            RowDraft(D("1.0000001"), sku_code="T500", unit="箱"),
        )
    assert [one["field"] for one in refused.value.facts["fields"]] == [
        "rows[0].unit_price",
        "rows[1].unit_price",
        "rows[2].sku_id",
        "rows[3].unit_price",
    ]
    assert Row.objects.count() == 0


def test_thousands_of_rows_are_one_statement(market, django_assert_max_num_queries):
    head = market.draft({})
    rows = [a_row(str(1 + number), sku=number, unit=BOTTLE) for number in range(1, 5001)]

    with django_assert_max_num_queries(6):
        services.put_rows(actor=market.author, version_id=head.id, rows=rows, now=NOW)

    assert selectors.count_rows(head.id) == 5000
    page = selectors.page_rows(head.id, after=(4990, "瓶"), limit=500)
    assert [row.sku_id for row in page] == list(range(4991, 5001))


def test_two_lists_that_stand_equal_are_refused_at_publish_with_both_names(market):
    first = market.published({market.water.pk: "10", market.tea.pk: "5"}, code="EAST")
    rival = market.draft({market.water.pk: "9"}, code="WEST")

    with pytest.raises(errors.PricesTie) as refused:
        services.approve_price_list(actor=market.manager, version_id=rival.id, now=NOW)

    assert "EAST" in str(refused.value)
    assert "WEST" in str(refused.value)
    assert refused.value.facts["ties"] == [
        {"list": "EAST", "version": str(first.id), "sku_ids": [market.water.pk], "shared_buyers": None}
    ]
    assert "priority" in refused.value.remedy()
    assert market.price(market.dealer) == D(10)


def test_a_tie_that_came_between_approval_and_publish_is_refused_too(market):
    one = market.approved({market.water.pk: "10"}, code="EAST")
    other = market.approved({market.water.pk: "9"}, code="WEST")
    services.publish_price_list(actor=market.manager, version_id=one.id, now=NOW)

    with pytest.raises(errors.PricesTie):
        services.publish_price_list(actor=market.manager, version_id=other.id, now=NOW)

    assert market.price(market.dealer) == D(10)


@pytest.mark.parametrize("remedy", [{"priority": 1}, {"start": "2026-02-01"}])
def test_the_remedies_of_a_tie_work(market, remedy):
    market.published({market.water.pk: "10"}, code="EAST")

    market.published({market.water.pk: "9"}, code="WEST", **remedy)

    assert market.price(market.dealer) == D(9)


def test_the_lint_finds_what_publish_refuses_and_what_deserves_a_look(market):
    other = a_sku("X1")
    market.published({market.water.pk: "10", market.tea.pk: "5"}, code="BASE")
    market.published({market.water.pk: "9"}, code="PROMO", priority=5)
    market.draft({market.water.pk: "14", other.pk: "3"}, code="BASE", start="2026-07-01")
    head = versions.list_versions(filters=VersionFilters(code="BASE"), limit=1)[0]
    type(other).objects.filter(pk=other.pk).update(status="INACTIVE")
    Row.objects.filter(version_id=head.id, sku_id=other.pk).update(floor_price=D(2))

    findings = services.lint_price_list(version_id=head.id)

    assert {(one.severity, one.code) for one in findings} == {
        ("WARNING", "pricing.lint.rows_missing"),
        ("WARNING", "pricing.lint.large_change"),
        ("WARNING", "pricing.lint.goods_not_sold"),
        ("WARNING", "pricing.lint.covered_elsewhere"),
        ("WARNING", "pricing.lint.no_floor"),
    }
    covered = next(one for one in findings if one.code.endswith("covered_elsewhere"))
    assert (covered.facts["list"], covered.facts["wins"]) == ("PROMO", "PROMO")


def test_the_lint_names_errors_with_their_remedy(market):
    market.published({market.water.pk: "10"}, code="EAST")
    empty = market.draft({}, code="EMPTY", audience=Audience(tiers=("Z",)))
    tied = market.draft({market.water.pk: "9"}, code="WEST")
    strange = market.draft({market.tea.pk: "9"}, code="STRANGE", priority=3)
    Row.objects.filter(version_id=strange.id).update(unit="吨", sku_id=market.tea.pk)

    def errors_of(head):
        return [one.code for one in services.lint_price_list(version_id=head.id) if one.severity == "ERROR"]

    assert errors_of(empty) == ["pricing.lint.audience_empty", "pricing.list_empty"]
    assert errors_of(tied) == ["pricing.prices_tie"]
    assert errors_of(strange) == ["pricing.unit_unknown"]
    with pytest.raises(errors.PriceListEmpty):
        services.approve_price_list(actor=market.manager, version_id=empty.id, now=NOW)


def test_a_unit_that_holds_another_number_by_now_is_refused(market):
    head = market.draft({market.water.pk: "200"}, unit=CASE)
    Row.objects.filter(version_id=head.id).update(numerator=12)

    with pytest.raises(errors.PriceRowInvalid):
        services.approve_price_list(actor=market.manager, version_id=head.id, now=NOW)

    assert versions.get_version(head.id).state is VersionState.DRAFT


def test_a_difference_in_words_counts_everything_once(market):
    third = a_sku("J1")
    market.published({market.water.pk: "100", market.tea.pk: "50"})
    market.draft({market.water.pk: "108", third.pk: "3"}, start="2026-07-01")
    head = versions.list_versions(filters=VersionFilters(code="BASE"), limit=1)[0]

    diff, before = selectors.diff_price_list(version_id=head.id)

    assert before is not None
    assert before.version_no == 1
    assert [(row.before, row.after, row.percent) for row in diff.raised] == [(D(100), D(108), D("8.00"))]
    zh = diff_in_words(diff, has_before=True, name_of=selectors.sku_name, language="zh-Hans")
    assert zh[0] == "与上一版本相比：新增 1 个，取消 1 个，涨价 1 个（最高 8%）。"
    assert "生效日：2026年1月1日 → 2026年7月1日" in zh
    assert "W550 商品W550（瓶）：100 → 108（+8%）" in zh
    en = diff_in_words(diff, has_before=True, name_of=selectors.sku_name, language="en")
    assert en[0] == "Against the version before: 1 added, 1 removed, 1 raised, at most by 8 %."
    assert "Valid from: Jan 1, 2026 → Jul 1, 2026" in en


def test_the_first_version_and_a_version_without_changes_say_so():
    rows = [a_row("10"), a_row("5", sku=502)]

    first = diff_in_words(diff_rows((), rows), has_before=False, name_of=str)
    same = diff_in_words(diff_rows(rows, rows), has_before=True, name_of=str)

    assert (first, same) == (["本价目表的首个版本：共 2 个价格。"], ["价格没有变化。"])


def test_what_a_published_version_changed_is_told_per_buyer_and_goods(market):
    market.published({market.water.pk: "10", market.tea.pk: "5"})
    special = market.published(
        {market.water.pk: "8"}, code="A", audience=Audience(tiers=("A",)), level=PriceLevel.GROUP
    )
    skus = [(market.water.pk, BOTTLE), (market.tea.pk, BOTTLE)]
    buyers = [market.dealer.pk, market.other.pk]

    changes = selectors.price_changes(version_id=special.id, buyer_ids=buyers, skus=skus, on=ON)

    assert changes == [BuyerChange(market.dealer.pk, market.water.pk, "瓶", D(10), D(8))]


def test_what_a_successor_changed_is_seen_from_its_first_day(market):
    market.published({market.water.pk: "10", market.tea.pk: "5"})
    new = market.published({market.water.pk: "11"}, start="2026-07-01")
    asked = {"version_id": new.id, "buyer_ids": [market.dealer.pk]}
    skus = [(market.water.pk, BOTTLE), (market.tea.pk, BOTTLE)]

    assert selectors.price_changes(**asked, skus=skus, on=date(2026, 6, 30)) == []
    assert selectors.price_changes(**asked, skus=skus, on=date(2026, 7, 1)) == [
        BuyerChange(market.dealer.pk, market.water.pk, "瓶", D(10), D(11)),
        BuyerChange(market.dealer.pk, market.tea.pk, "瓶", D(5), None),
    ]


def test_a_draft_is_compared_as_if_it_were_published_and_stays_a_draft(market):
    market.published({market.water.pk: "10"})
    draft = market.draft({market.water.pk: "12"}, start="2026-05-01")
    asked = {"version_id": draft.id, "buyer_ids": [market.dealer.pk], "skus": [(market.water.pk, BOTTLE)]}

    assert selectors.price_changes(**asked, on=ON) == [
        BuyerChange(market.dealer.pk, market.water.pk, "瓶", D(10), D(12))
    ]
    assert selectors.price_changes(**asked, on=date(2026, 4, 30)) == []
    assert market.price(market.dealer) == D(10)


def test_a_stored_line_is_replayed_to_the_cent_after_everything_has_changed(market):
    market.published({market.water.pk: "100"}, unit=CASE)
    line = services.price_lines(
        actor=market.manager,
        seller_id=market.brand.pk,
        buyer_id=market.dealer.pk,
        currency="CNY",
        on=ON,
        wanted=[services.Wanted(market.water.pk, BOTTLE, D(77), D("0.13"))],
        now=NOW,
    )[0]
    stored = services.trace_of(line)
    market.published({market.water.pk: "150"}, unit=CASE)

    replayed = rules.replay(stored)

    assert line.gross_amount == D("320.83")
    assert (replayed.gross_amount, replayed.net_amount, replayed.tax_amount) == (
        line.gross_amount,
        line.net_amount,
        line.tax_amount,
    )


def test_every_line_without_a_price_is_named_at_once(market):
    market.published({market.water.pk: "10"})
    wanted = [services.Wanted(sku, BOTTLE, D(1), D("0.13")) for sku in (market.tea.pk, market.water.pk, 999)]

    with pytest.raises(SeveralRefused) as refused:
        services.price_lines(
            actor=market.manager,
            seller_id=market.brand.pk,
            buyer_id=market.dealer.pk,
            currency="CNY",
            on=ON,
            wanted=wanted,
            now=NOW,
        )

    assert [one["field"] for one in refused.value.facts["fields"]] == ["lines.0", "lines.2"]
    assert refused.value.facts["codes"] == ["pricing.no_price"]


def test_a_list_from_elsewhere_comes_in_one_go_by_system_work(market):
    system = replace(market.manager, user_id=None)
    head = services.import_price_list(
        actor=system,
        version_id=uuid7(),
        code="HISTORY",
        name="历史价",
        seller_id=market.brand.pk,
        level=PriceLevel.BASE,
        currency="CNY",
        audience=Audience(),
        valid_from=date(2026, 1, 1),
        valid_to=None,
        rows=[a_row("7", sku=market.water.pk, unit=BOTTLE)],
        now=NOW,
    )

    assert head.state is VersionState.PUBLISHED
    assert market.price(market.dealer) == D(7)
