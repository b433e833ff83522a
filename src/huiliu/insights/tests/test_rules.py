"""Merging, freshness, periods and growth, without a database."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import pairwise

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from huiliu.insights import rules
from huiliu.insights.compile import Shape, compiled
from huiliu.insights.definitions import Catalog, DefinitionInvalid, catalog, read
from huiliu.insights.types import Comparison, Grain
from huiliu.kernel.period import Period

AT = datetime(2026, 6, 1, tzinfo=UTC)
DAYS = st.dates(date(2015, 1, 1), date(2035, 12, 31))


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        (Decimal("12.5"), 2, "12.50"),
        (Decimal("1741218.731"), 2, "1741218.731"),
        (Decimal("0.000000"), 2, "0.00"),
        (Decimal("-0.004"), 2, "-0.004"),
        (0.1 + 0.2, 0, "0.3"),
        (Decimal("40.000000"), 0, "40"),
        (7, 0, "7"),
        (None, 2, None),
    ],
)
def test_figures_are_written_exactly_without_empty_places(value, decimals, text):
    assert rules.written(value, decimals=decimals) == text


@pytest.mark.parametrize(
    ("current", "before", "expected"),
    [
        ("349220341.63", "334216843.07", "0.044892"),
        ("5", "0", None),
        ("5", "-5", None),
        (None, "5", None),
        ("5", None, None),
        ("0", "5", "-1.000000"),
    ],
)
def test_growth_is_unknown_where_there_is_nothing_positive_to_grow_from(current, before, expected):
    def number(text: str | None) -> Decimal | None:
        return None if text is None else Decimal(text)

    assert rules.growth(number(current), number(before)) == number(expected)


@given(st.lists(st.integers(1, 400), min_size=1, max_size=120))
def test_merging_keeps_every_row_and_leaves_few_segments_of_each_size(sizes: list[int]):
    month = date(2026, 1, 1)
    pieces: list[rules.Piece] = []
    rewritten = 0
    for number, size in enumerate(sizes):
        pieces.append(rules.Piece(f"f{number}", "ordered", month, size))
        while groups := rules.to_merge(pieces):
            for group in groups:
                gone = {piece.file for piece in group}
                pieces = [piece for piece in pieces if piece.file not in gone]
                total = sum(piece.row_count for piece in group)
                rewritten += total
                pieces.append(rules.Piece("+".join(sorted(gone)), "ordered", month, total))

    assert sum(piece.row_count for piece in pieces) == sum(sizes)
    assert len(pieces) <= 7 * 8
    assert rewritten <= 8 * sum(sizes)


def test_everything_is_complete_up_to_the_last_instant_whose_transactions_have_all_ended():
    seconds = [AT + timedelta(seconds=number) for number in range(4)]
    horizons: list[tuple[int, datetime]] = []
    # Transaction 105 is open from the second instant on; the watermark stops at it until it ends.
    for upcoming, now, watermark, expected in [
        (100, seconds[0], 100, seconds[0]),
        (110, seconds[1], 105, seconds[0]),
        (120, seconds[2], 105, seconds[0]),
        (130, seconds[3], 130, seconds[3]),
    ]:
        horizons = rules.remember_horizon(horizons, upcoming=upcoming, now=now, watermark=watermark)
        assert rules.complete_at(horizons, watermark=watermark) == expected
    assert horizons == [(130, seconds[3])]


def test_a_transaction_that_writes_for_an_hour_does_not_grow_the_list_of_horizons():
    horizons: list[tuple[int, datetime]] = [(1, AT)]
    for second in range(3600):
        now = AT + timedelta(seconds=second)
        horizons = rules.remember_horizon(horizons, upcoming=10 + second, now=now, watermark=5)
    assert len(horizons) <= rules.HORIZONS_MAX + 2
    assert rules.complete_at(horizons, watermark=5) == AT


@settings(deadline=None, max_examples=60)
@given(DAYS, st.sampled_from(list(Grain)), st.integers(1, 28))
def test_the_engine_names_periods_as_the_rules_do(day: date, grain: Grain, fiscal_start_day: int):
    expected = rules.period_start(day, grain, fiscal_start_day=fiscal_start_day)

    assert _engine_name(day, grain, fiscal_start_day) == expected
    [(name, days)] = rules.periods_in(
        Period(day, day + timedelta(days=1)), grain, fiscal_start_day=fiscal_start_day
    )
    assert (name, days.start) == (expected, day)


_duckdb = duckdb.connect(":memory:")


def _engine_name(day: date, grain: Grain, fiscal_start_day: int) -> date:
    import ibis

    from huiliu.insights.compile import time_value

    table = ibis.table({"day": "date"}, name="days")
    sql = str(
        ibis.to_sql(table.select(name=time_value(table.day, grain, fiscal_start_day)), dialect="duckdb")
    )
    _duckdb.execute("CREATE OR REPLACE TABLE days AS SELECT $day::DATE AS day", {"day": day})
    [(found,)] = _duckdb.execute(sql).fetchall()
    return found.date() if isinstance(found, datetime) else found


@given(DAYS, st.integers(1, 800), st.sampled_from(list(Grain)))
def test_periods_cover_the_days_asked_for_without_gap_or_overlap(start: date, length: int, grain: Grain):
    period = Period(start, start + timedelta(days=length))
    found = rules.periods_in(period, grain, fiscal_start_day=26)

    assert found[0][1].start == period.start
    assert found[-1][1].end == period.end
    assert all(left[1].end == right[1].start for left, right in pairwise(found))
    assert len({name for name, _ in found}) == len(found)


@pytest.mark.parametrize(
    ("period", "comparison", "by_week", "expected"),
    [
        (("2026-04-01", "2026-05-01"), Comparison.PREVIOUS_PERIOD, False, ("2026-03-01", "2026-04-01")),
        (("2026-01-01", "2027-01-01"), Comparison.PREVIOUS_PERIOD, False, ("2025-01-01", "2026-01-01")),
        (("2026-04-10", "2026-04-20"), Comparison.PREVIOUS_PERIOD, False, ("2026-03-31", "2026-04-10")),
        (("2026-04-06", "2026-04-20"), Comparison.PREVIOUS_PERIOD, True, ("2026-03-23", "2026-04-06")),
        (("2024-02-29", "2024-03-01"), Comparison.LAST_YEAR, False, ("2023-02-28", "2023-03-01")),
        (("2026-04-06", "2026-04-20"), Comparison.LAST_YEAR, True, ("2025-04-07", "2025-04-21")),
    ],
)
def test_a_period_is_compared_with_its_like(period, comparison, by_week, expected):
    found = rules.comparison_period(
        Period(date.fromisoformat(period[0]), date.fromisoformat(period[1])), comparison, by_week=by_week
    )
    assert found == Period(date.fromisoformat(expected[0]), date.fromisoformat(expected[1]))


def test_every_shipped_metric_compiles_by_all_of_its_dimensions_at_once():
    known = catalog()
    assert len(known.metrics) >= 25
    alike: dict[tuple[str, ...], list[str]] = {}
    for metric in known.metrics.values():
        names = tuple(dimension.name for dimension in known.dimensions_of(metric))
        alike.setdefault(names, []).append(metric.name)
    for names, metrics in alike.items():
        by = ("fiscal_month", *(name for name in names if name not in list(Grain)))
        sql = compiled(Shape(tuple(metrics), by, (), (), is_ranged=True, fiscal_start_day=26), known)
        assert all(f'"{column}"' in sql for column in [*metrics, *(f"k{index}" for index in range(len(by)))])
        assert '"reach_now"' in sql


def test_the_sql_of_a_shape_holds_no_value_and_is_stable():
    shape = Shape(("gross_sales",), ("province",), (("city", False, 1, False),), (), is_ranged=False)

    assert compiled(shape, catalog()) == GOLDEN


GOLDEN = """\
SELECT
  "t2"."d0" AS "k0",
  "t2"."d0" AS "l0",
  COALESCE("t2"."shipped_amount", 0) AS "gross_sales"
FROM (
  SELECT
    "t1"."province" AS "d0",
    SUM("t1"."gross_amount") AS "shipped_amount"
  FROM (
    SELECT
      *
    FROM "fact_shipped" AS "t0"
    WHERE
      "t0"."date" >= CAST($start AS DATE)
      AND "t0"."date" < CAST($stop AS DATE)
      AND "t0"."seller_kind" IN ('BRAND', 'BRANCH')
      AND "t0"."city" IN ($f0_0)
  ) AS "t1"
  GROUP BY
    1
) AS "t2"
ORDER BY
  COALESCE("t2"."shipped_amount", 0) DESC,
  "t2"."d0" ASC
LIMIT $limit"""


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("[measures.x]\nfact='nowhere'\naggregate='count'", "no fact"),
        ("[measures.x]\nfact='order'\naggregate='sum'\ncolumn='weight'", "has no"),
        ("[measures.x]\nfact='order'\naggregate='guess'", "guess"),
        ("[measures.x]\nfact='order'\naggregate='count'\nsize=3", "size"),
        ("[metrics.x]\nzh='a'", "unit"),
        (
            "[measures.m]\nfact='order'\naggregate='distinct'\ncolumn='partner_id'\n"
            "[metrics.x]\nzh='a'\nen='a'\nexplanation_zh='a'\nexplanation_en='a'\nunit='count'\n"
            "additivity='additive'\nplus=['m']\ndrill=['order']",
            "is not additive",
        ),
        ("[surprise]\na=1", "unknown tables"),
    ],
)
def test_a_metric_file_that_does_not_compute_is_refused_by_name(tmp_path, text, reason):
    (tmp_path / "wrong.toml").write_text(text)

    with pytest.raises(DefinitionInvalid, match=reason):
        read(tmp_path)


def test_an_empty_folder_is_an_empty_catalog(tmp_path):
    assert read(tmp_path).metrics == Catalog({}, {}).metrics == {}
