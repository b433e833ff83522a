"""An answer as the rows of a file."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator

from huiliu.insights.definitions import Catalog
from huiliu.insights.dimensions import DIMENSIONS
from huiliu.insights.types import Answer

_BEFORE = {"zh": "对比期", "en": "compared"}
_GROWTH = {"zh": "增长率", "en": "growth"}
#: A cell that begins so is run as a formula by spreadsheets.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def rows(answer: Answer, catalog: Catalog, *, locale: str) -> Iterator[list[str]]:
    """The heading, then one list of texts a row; unknown is empty."""
    language = "en" if locale.startswith("en") else "zh"
    metrics = [catalog.metric(name) for name in answer.query.metrics]
    names = [metric.en if language == "en" else metric.zh for metric in metrics]
    heading = []
    for name in answer.query.dimensions:
        dimension = DIMENSIONS[name]
        word = dimension.en if language == "en" else dimension.zh
        heading += [f"{word} #", word] if dimension.lookup else [word]
    heading += names
    if answer.compared_with is not None:
        heading += [f"{name} ({_BEFORE[language]})" for name in names]
        heading += [f"{name} ({_GROWTH[language]})" for name in names]
    yield heading
    for row in answer.rows:
        cells: list[str | None] = []
        for name, key, label in zip(answer.query.dimensions, row.keys, row.labels, strict=True):
            cells += [_safe(key), _safe(label)] if DIMENSIONS[name].lookup else [_safe(label)]
        cells += [*row.values, *(row.before or ()), *(row.growth or ())]
        yield [cell or "" for cell in cells]


def _safe(text: str | None) -> str | None:
    return f"'{text}" if text and text.startswith(_FORMULA) else text


def as_csv(lines: Iterable[list[str]]) -> bytes:
    """UTF-8 with the mark that Excel and WPS need to read Chinese."""
    text = io.StringIO()
    csv.writer(text).writerows(lines)
    return text.getvalue().encode("utf-8-sig")
