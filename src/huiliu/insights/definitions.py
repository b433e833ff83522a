"""Reads the metric files and refuses what would not compute: one place says what every figure means."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from huiliu.insights.dimensions import DIMENSIONS, knows
from huiliu.insights.errors import MetricUnknown
from huiliu.insights.facts import FACTS
from huiliu.insights.types import Additivity, Aggregate, Dimension, Measure, Metric, Unit

FOLDER = Path(__file__).parent / "metrics"


class DefinitionInvalid(Exception):
    """A metric file that does not compute: the process must not start with it."""


class Catalog:
    """All measures and metrics by name."""

    def __init__(self, measures: Mapping[str, Measure], metrics: Mapping[str, Metric]) -> None:
        self.measures = dict(measures)
        self.metrics = dict(metrics)
        for measure in self.measures.values():
            self._check_measure(measure)
        for metric in self.metrics.values():
            self._check_metric(metric)

    def metric(self, name: str) -> Metric:
        """Raises: MetricUnknown."""
        found = self.metrics.get(name)
        if found is None:
            raise MetricUnknown(f"There is no metric {name!r}.", metric=name)
        return found

    def parts_of(self, metric: Metric) -> list[Measure]:
        """The measures a metric is made of, numerator first, each once."""
        if metric.is_ratio:
            names = [
                measure.name
                for part in (metric.numerator, metric.denominator)
                for measure in self.parts_of(self.metrics[part])
            ]
        else:
            names = [*metric.plus, *metric.minus]
        return [self.measures[name] for name in dict.fromkeys(names)]

    def dimensions_of(self, metric: Metric) -> list[Dimension]:
        """The dimensions that every part of the metric knows."""
        return [
            dimension
            for dimension in DIMENSIONS.values()
            if all(self.measure_for(part, [dimension]) is not None for part in self.parts_of(metric))
        ]

    def measure_for(self, measure: Measure, dimensions: Iterable[Dimension]) -> Measure | None:
        """The measure, or its line-grained twin, that knows all the dimensions."""
        wanted = list(dimensions)
        if all(knows(measure, dimension) for dimension in wanted):
            return measure
        return self.measure_for(self.measures[measure.by_line], wanted) if measure.by_line else None

    def _check_measure(self, measure: Measure) -> None:
        fact = FACTS.get(measure.fact)
        if fact is None:
            raise DefinitionInvalid(f"{measure.name}: there is no fact {measure.fact!r}")
        columns = set(fact.column_names())
        needed = {measure.date, *(column for column, _ in measure.where)}
        if measure.aggregate is not Aggregate.COUNT:
            needed.add(measure.column)
        if needed - columns:
            raise DefinitionInvalid(f"{measure.name}: {measure.fact} has no {sorted(needed - columns)}")
        if measure.aggregate is Aggregate.PERCENTILE and not 0 < measure.fraction < 1:
            raise DefinitionInvalid(f"{measure.name}: a percentile needs a fraction between 0 and 1")
        if measure.aggregate is Aggregate.TRAILING and measure.days < 1:
            raise DefinitionInvalid(f"{measure.name}: a trailing measure needs days")
        if measure.by_line and measure.by_line not in self.measures:
            raise DefinitionInvalid(f"{measure.name}: there is no measure {measure.by_line!r}")

    def _check_metric(self, metric: Metric) -> None:
        name = metric.name
        if metric.is_ratio != (metric.additivity is Additivity.RATIO):
            raise DefinitionInvalid(f"{name}: a ratio has a numerator and a denominator, and says it is one")
        if metric.is_ratio:
            for part in (metric.numerator, metric.denominator):
                if part not in self.metrics or self.metrics[part].is_ratio:
                    raise DefinitionInvalid(f"{name}: {part!r} is not a metric a ratio can stand on")
        elif not metric.plus:
            raise DefinitionInvalid(f"{name}: say which measures it adds up")
        for measure in (*metric.plus, *metric.minus):
            if measure not in self.measures:
                raise DefinitionInvalid(f"{name}: there is no measure {measure!r}")
        if not metric.drill or any(fact not in FACTS for fact in metric.drill):
            raise DefinitionInvalid(f"{name}: say which facts stand behind it")
        self._check_additivity(metric)

    def _check_additivity(self, metric: Metric) -> None:
        kinds = {self.measures[name].aggregate for name in (*metric.plus, *metric.minus)}
        allowed = {
            Additivity.ADDITIVE: {Aggregate.SUM, Aggregate.COUNT},
            Additivity.SEMI_ADDITIVE: {Aggregate.AS_OF, Aggregate.TRAILING},
            Additivity.DISTINCT: {Aggregate.DISTINCT, Aggregate.COUNT},
            Additivity.PERCENTILE: {Aggregate.PERCENTILE},
            Additivity.RATIO: set(Aggregate),
        }[metric.additivity]
        if kinds - allowed:
            raise DefinitionInvalid(f"{metric.name}: {sorted(kinds - allowed)} is not {metric.additivity}")
        alone = {Additivity.DISTINCT, Additivity.PERCENTILE}
        if metric.additivity in alone and len(metric.plus) + len(metric.minus) != 1:
            raise DefinitionInvalid(f"{metric.name}: distinct counts and percentiles do not add up")


def _measure(name: str, given: dict[str, Any]) -> Measure:
    where = given.pop("where", {})
    return Measure(
        name=name,
        aggregate=Aggregate(given.pop("aggregate")),
        where=tuple(sorted((column, tuple(values)) for column, values in where.items())),
        **given,
    )


def _metric(name: str, given: dict[str, Any]) -> Metric:
    for field in ("plus", "minus", "drill"):
        given[field] = tuple(given.get(field, ()))
    return Metric(
        name=name, unit=Unit(given.pop("unit")), additivity=Additivity(given.pop("additivity")), **given
    )


def read(folder: Path) -> Catalog:
    """The catalog of all `*.toml` files of a folder.

    Raises: DefinitionInvalid naming the file, for anything unknown, twice defined or not computable.
    """
    measures: dict[str, Measure] = {}
    metrics: dict[str, Metric] = {}
    for path in sorted(folder.glob("*.toml")):
        try:
            text = tomllib.loads(path.read_text(encoding="utf-8"))
            for name, given in text.pop("measures", {}).items():
                _once(name, measures)
                measures[name] = _measure(name, given)
            for name, given in text.pop("metrics", {}).items():
                _once(name, metrics)
                metrics[name] = _metric(name, given)
            if text:
                raise DefinitionInvalid(f"unknown tables {sorted(text)}")
        except (tomllib.TOMLDecodeError, TypeError, ValueError, KeyError, DefinitionInvalid) as error:
            raise DefinitionInvalid(f"{path.name}: {error}") from error
    return Catalog(measures, metrics)


def _once(name: str, known: Mapping[str, object]) -> None:
    if name in known:
        raise DefinitionInvalid(f"{name} is defined twice")


@cache
def catalog() -> Catalog:
    """The metrics this version of Huiliu ships."""
    return read(FOLDER)
