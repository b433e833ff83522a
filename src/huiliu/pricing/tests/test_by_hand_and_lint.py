"""Prices by hand stay inside an authority, lists nobody could bill by stay unpublished, traces are masked."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiliu.kernel.money import round_half_up
from huiliu.kernel.refusals import SeveralRefused
from huiliu.pricing.errors import (
    AmountNotReachable,
    OverrideNeedsApproval,
    OverrideReasonMissing,
    PriceNotPositive,
    PriceRowInvalid,
    PricesTie,
)
from huiliu.pricing.rules import (
    PriceBook,
    after_amount_edit,
    apply_override,
    check_no_ties,
    check_rows,
    differences,
    find_ties,
    floor_of,
    redact,
    render,
    replay,
    resolve,
    snapshot,
    steps_of,
)
from huiliu.pricing.types import Authority, PricedLine, PriceLevel, PriceOverride
from huiliu.testing.pricing import BOTTLE, BUYER, CASE, COLA, PACK, a_query, a_row, a_version

D = Decimal
SALES = Authority("SALES_OPERATIONS", D("0.05"))
MANAGER = Authority("CHANNEL_MANAGER", D("0.15"))
DIRECTOR = Authority("ADMINISTRATOR", D("1"), may_go_below_floor=True)


def a_line(*, floor: str | None = "88.00", quantity: str = "24") -> PricedLine:
    return resolve(PriceBook([a_version(a_row("100.00", floor=floor))]), a_query(quantity))


def by_hand(price: str, reason: str = "rival offer") -> PriceOverride:
    return PriceOverride(D(price), reason)


def test_a_price_within_authority_is_applied_and_traced() -> None:
    line = apply_override(a_line(quantity="77"), by_hand("95.00"), SALES)

    assert (line.unit_price, line.gross_amount) == (D("95.00"), D("304.79"))
    assert line.net_amount + line.tax_amount == line.gross_amount
    assert line.trace.override is not None
    assert (line.trace.override.role, line.trace.override.discount) == ("SALES_OPERATIONS", D("0.05"))
    assert [(step.rule, step.before, step.after) for step in steps_of(line)] == [
        ("LIST_PRICE", None, D("100.00")),
        ("OVERRIDE", D("100.00"), D("95.00")),
        ("POSTED", None, D("304.79")),
    ]


def test_a_price_beyond_authority_is_refused_without_naming_the_floor() -> None:
    line = a_line()

    with pytest.raises(OverrideNeedsApproval) as refusal:
        apply_override(line, by_hand("87.00"), SALES)

    assert refusal.value.facts == {
        "exceeds": ["discount", "floor"],
        "discount": D("0.13"),
        "discount_max": D("0.05"),
        "resolved_unit_price": D("100.00"),
        "asked_unit_price": D("87.00"),
        "field": "unit_price",
    }
    assert "88" not in str(refusal.value)


def test_an_approver_whose_authority_covers_it_lets_it_pass() -> None:
    line = apply_override(a_line(), by_hand("90.00"), SALES, approver=MANAGER)

    assert line.trace.override is not None
    assert line.trace.override.approved_by_role == "CHANNEL_MANAGER"
    with pytest.raises(OverrideNeedsApproval):
        apply_override(a_line(), by_hand("87.00"), SALES, approver=MANAGER)
    assert apply_override(a_line(), by_hand("87.00"), SALES, approver=DIRECTOR).unit_price == D("87.00")


def test_the_floor_is_compared_in_whatever_unit_the_price_is_set() -> None:
    book = PriceBook([a_version(a_row("96.00", floor="72.00"))])  # per 箱 of 24: 3.00 per 瓶
    line = resolve(book, a_query("24", unit=BOTTLE))

    assert apply_override(line, by_hand("3.00"), Authority("X", D("0.5"))).gross_amount == D("72.00")
    with pytest.raises(OverrideNeedsApproval) as refusal:
        apply_override(line, by_hand("2.999999"), Authority("X", D("0.5")))
    assert refusal.value.facts["exceeds"] == ["floor"]
    assert refusal.value.facts["resolved_unit_price"] == D("4")


def test_a_list_without_floor_is_guarded_by_the_next_lists_floor() -> None:
    special = a_version(a_row("90"), level=PriceLevel.CUSTOMER, audience=[BUYER])
    expired = a_version(a_row("50", floor="99"), level=PriceLevel.CUSTOMER, end="2026-02-01")
    book = PriceBook([expired, special, a_version(a_row("100", floor="84"))])

    line = resolve(book, a_query())

    assert floor_of(line) == D("3.5")  # 84 per 箱 of 24
    assert floor_of(a_line(floor=None)) is None


@pytest.mark.parametrize("price", ["0", "-1", "0.0000001", "NaN", "100000000000000"])
def test_what_is_no_price_is_refused(price: str) -> None:
    with pytest.raises(PriceNotPositive):
        apply_override(a_line(), by_hand(price), DIRECTOR)


def test_a_price_set_by_hand_needs_a_reason() -> None:
    with pytest.raises(OverrideReasonMissing):
        apply_override(a_line(), by_hand("99", "  "), DIRECTOR)


def test_a_line_set_by_hand_replays_to_the_cent_through_json() -> None:
    line = apply_override(a_line(quantity="77"), by_hand("90.123456"), SALES, approver=DIRECTOR)

    stored = json.loads(json.dumps(snapshot(line)))

    assert replay(stored) == line
    assert replay(stored).gross_amount == D(stored["amount"])


@given(st.integers(1, 10**6), st.integers(1, 10**12))
def test_after_any_edit_of_the_amount_the_three_numbers_agree(units: int, cents: int) -> None:
    quantity, amount = D(units), D(cents).scaleb(-2)
    try:
        line = after_amount_edit(quantity=quantity, amount=amount, exponent=2)
    except AmountNotReachable as refusal:
        nearest = refusal.facts
    else:
        nearest = {"amount_below": line.amount - 1, "amount_above": line.amount + 1}
        assert line.amount == amount == round_half_up(line.quantity * line.unit_price, 2)
        assert line.unit_price == round(line.unit_price, 6)
    assert nearest["amount_below"] < amount < nearest["amount_above"]


def test_small_quantities_reach_every_amount() -> None:
    for cents in range(1, 2_000):
        amount = D(cents).scaleb(-2)
        assert after_amount_edit(quantity=D(9_999), amount=amount, exponent=2).amount == amount


def test_a_re_quote_tells_only_what_changed() -> None:
    old_book = PriceBook([a_version(a_row("100"), a_row("50", sku=502), a_row("10", sku=503))])
    new_book = PriceBook([a_version(a_row("101"), a_row("50", sku=502), a_row("9", sku=504))])
    before = [resolve(old_book, a_query(sku=sku)) for sku in (COLA, 502, 503)] + [None, None]
    after = [resolve(new_book, a_query(sku=sku)) for sku in (COLA, 502)] + [
        None,
        resolve(new_book, a_query(sku=504)),
        None,
    ]

    changed = differences(before, after)

    assert [(one.sku_id, one.amount_before, one.amount_after) for one in changed] == [
        (COLA, D("100.00"), D("101.00")),
        (503, D("10.00"), None),
        (504, None, D("9.00")),
    ]


def test_lists_that_stand_equal_are_refused_at_publication_with_both_names() -> None:
    published = a_version(level=PriceLevel.GROUP, audience=[BUYER, 8], code="GOLD")
    new = a_version(level=PriceLevel.GROUP, audience=[BUYER, 9], code="SOUTH")

    with pytest.raises(PricesTie) as refusal:
        check_no_ties(new, [published, a_version()])

    assert refusal.value.facts["ties"] == [
        {"list": "GOLD", "version": str(published.head.version_id), "sku_ids": [COLA], "shared_buyers": 1}
    ]
    assert "SOUTH would stand equal with GOLD" in str(refusal.value)


@pytest.mark.parametrize(
    "changed",
    [
        {"level": PriceLevel.REGION},
        {"priority": 1},
        {"width": 3},
        {"start": "2026-01-02"},
        {"audience": [9, 10]},
        {"project": "DEAL-1"},
        {"seller": 2},
        {"currency": "USD"},
    ],
    ids=str,
)
def test_any_difference_that_decides_is_no_tie(changed: dict[str, object]) -> None:
    common: dict[str, object] = {"level": PriceLevel.GROUP, "audience": [BUYER, 8]}
    published = a_version(**common)  # type: ignore[arg-type]
    assert len(find_ties([published, a_version(**common)])) == 1  # type: ignore[arg-type]

    new = a_version(**(common | changed))  # type: ignore[arg-type]

    assert find_ties([published, new]) == []
    check_no_ties(new, [published])


def test_lists_for_everyone_tie_unless_their_goods_differ() -> None:
    one, other = a_version(), a_version()
    far = a_version(a_row(sku=502))

    ties = find_ties([far, other, one])

    assert [(tie.one, tie.other, tie.sku_ids, tie.shared_buyers) for tie in ties] == [
        (one.head, other.head, (COLA,), None)
    ]


@given(st.lists(st.tuples(st.sets(st.integers(0, 5), max_size=4), st.booleans()), max_size=7))
def test_every_pair_that_shares_a_buyer_is_found_once(audiences: list[tuple[set[int], bool]]) -> None:
    versions = [a_version(audience=None if everyone else buyers, width=1) for buyers, everyone in audiences]

    ties = {(tie.one.publish_no, tie.other.publish_no) for tie in find_ties(versions)}

    expected = set()
    for index, one in enumerate(versions):
        for other in versions[index + 1 :]:
            sides = [side for side in (one.audience, other.audience) if side is not None]
            if not sides or frozenset.intersection(*sides):
                expected.add((one.head.publish_no, other.head.publish_no))
    assert ties == expected


def test_every_bad_row_is_told_with_its_place() -> None:
    rows = [
        a_row("100", floor="90"),
        a_row("5", unit=PACK),
        a_row("100"),
        a_row("0", sku=2),
        a_row(None, sku=3),
        a_row("80", sku=4, floor="90"),
        a_row("80", sku=5, breaks=[(48, "70"), (24, "75")]),
        a_row("80", sku=6, breaks=[(24, "0.0000001")]),
        a_row("80", sku=7, breaks=[(0, "70")]),
    ]

    with pytest.raises(SeveralRefused) as refusal:
        check_rows(rows)

    assert [one["field"] for one in refusal.value.facts["fields"]] == [
        "rows[2].sku_id",
        "rows[3].unit_price",
        "rows[4].unit_price",
        "rows[5].unit_price",
        "rows[6].breaks",
        "rows[7].breaks[0].unit_price",
        "rows[8].breaks",
    ]


def test_good_rows_pass_and_one_bad_row_is_its_own_refusal() -> None:
    check_rows([a_row("100", floor="100", breaks=[(24, "100")]), a_row("5", unit=BOTTLE)])

    with pytest.raises(PriceRowInvalid) as refusal:
        check_rows([a_row("100"), a_row("99")])
    assert refusal.value.facts == {"sku_id": COLA, "field": "rows[1].sku_id"}


def a_secretive_line() -> PricedLine:
    book = PriceBook(
        [
            a_version(a_row("100.00", floor="61.23"), code="BASE"),
            a_version(a_row("97.00"), level=PriceLevel.GROUP, priority=77, audience=range(4321), code="GOLD"),
            a_version(a_row("79.00"), level=PriceLevel.GROUP, start="2026-07-01", code="SUMMER-SECRET"),
        ]
    )
    return apply_override(
        resolve(book, a_query()), by_hand("96.50", "their owner is a friend"), SALES, approver=DIRECTOR
    )


def test_a_partner_reads_why_but_not_what_is_not_its_to_know() -> None:
    stored = snapshot(a_secretive_line())

    shown = redact(stored)

    text = json.dumps(shown)
    for secret in (
        "61.23",
        "77",
        "4321",
        "79.00",
        "SUMMER-SECRET",
        "friend",
        "SALES",
        "publish_no",
        "seller",
    ):
        assert secret not in text
        assert secret in json.dumps(stored)
    assert [(one["list"], one["reason"]) for one in shown["candidates"]] == [
        ("GOLD", "WON"),
        ("BASE", "LOWER_LEVEL"),
    ]
    assert shown["amount"] == "96.50"
    with pytest.raises(ValueError, match="cannot be replayed"):
        replay(shown)


def test_a_trace_reads_as_sentences_in_chinese_and_english() -> None:
    stored = snapshot(a_secretive_line())

    assert render(redact(stored)) == [
        "取自GOLD（客户组/等级价）：每箱 97.00",
        "手工改价：每箱 96.50",
        "金额 96.50 CNY，仅舍入一次",
        "BASE（基础价）层级较低",
    ]
    assert render(stored, "en") == [
        "GOLD (customer group price) decides: 97.00 per 箱",
        "set by hand: 96.50 per 箱",
        "amount 96.50 CNY, rounded once",
        "SUMMER-SECRET (customer group price) starts on 2026-07-01",
        "BASE (base price) stands on a lower level",
    ]


def test_a_break_is_a_step_of_its_own() -> None:
    line = resolve(PriceBook([a_version(a_row("100", breaks=[(48, "95")]))]), a_query("48", unit=CASE))

    assert [(step.rule, step.before, step.after, step.because) for step in steps_of(line)] == [
        ("LIST_PRICE", None, D("100"), "LEVEL_BASE"),
        ("QUANTITY_BREAK", D("100"), D("95"), "QUANTITY_REACHED"),
        ("POSTED", None, D("190.00"), "ROUNDED_ONCE"),
    ]
