"""An empty workbook to fill in: titles, drop-downs, text columns for codes, and what each column wants."""

from __future__ import annotations

from io import BytesIO
from typing import Any, Final

import xlsxwriter

from huiliu.integrations.importing.mapping import EntityMapping, Field

_ROWS: Final = 10_000  # how far down drop-downs and formats go
_WORDS: Final = {
    "zh": ("说明", "列", "必填", "填写说明", "可选值", "示例", "必填", "是", "否"),
    "en": ("Instructions", "Column", "Needed", "What to write", "Choices", "Example", "needed", "yes", "no"),
}
_KIND_NOTES: Final = {
    "date": ("日期，例如 2026-03-05 或 2026年3月5日", "A day, such as 2026-03-05"),
    "boolean": ("是 或 否", "yes or no"),
    "decimal": ("数字", "A number"),
    "whole": ("整数", "A whole number"),
    "rate": ("13% 或 0.13", "13% or 0.13"),
}


def template(mapping: EntityMapping, *, locale: str) -> bytes:
    """The workbook: the sheet to fill in first, the instructions behind it."""
    english = locale.startswith("en")
    words = _WORDS["en" if english else "zh"]
    stream = BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True, "strings_to_formulas": False})
    page, notes = book.add_worksheet(mapping.title(locale)[:31]), book.add_worksheet(words[0])
    needed = book.add_format({"bold": True, "bg_color": "#FDE9D9", "border": 1})
    plain = book.add_format({"bold": True, "bg_color": "#F2F2F2", "border": 1})
    formats = {
        "code": book.add_format({"num_format": "@"}),
        "text": book.add_format({"num_format": "@"}),
        "date": book.add_format({"num_format": "yyyy-mm-dd"}),
    }
    for place, one in enumerate(mapping.fields):
        title = f"{one.title(locale)}*" if one.required else one.title(locale)
        page.write_string(0, place, title, needed if one.required else plain)
        page.set_column(place, place, max(12, 2 * len(title) + 2), formats.get(one.kind))
        if note := note_of(one, locale):
            page.write_comment(0, place, note, {"x_scale": 2})
        _drop_down(page, place, one, locale=locale)
    page.freeze_panes(1, 0)
    _instructions(notes, book, mapping, words, locale=locale)
    book.close()
    return stream.getvalue()


def note_of(one: Field, locale: str) -> str:
    """What a column wants, in a line."""
    english = locale.startswith("en")
    said = one.note(locale) or _KIND_NOTES.get(one.kind, ("", ""))[english]
    choices = ("、" if not english else ", ").join(one.words(locale))
    return "; ".join(part for part in (said, choices) if part)


def _drop_down(page: Any, place: int, one: Field, *, locale: str) -> None:
    offered = list(one.words(locale))
    if one.kind == "boolean":
        offered = list(_WORDS["en" if locale.startswith("en") else "zh"][7:9])
    if offered:
        page.data_validation(
            1, place, _ROWS, place, {"validate": "list", "source": offered, "error_type": "warning"}
        )


def _instructions(
    page: Any, book: Any, mapping: EntityMapping, words: tuple[str, ...], *, locale: str
) -> None:
    english = locale.startswith("en")
    bold, wrap = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
    page.set_column(0, 0, 22)
    page.set_column(1, 1, 8)
    page.set_column(2, 4, 44, wrap)
    page.merge_range(0, 0, 0, 4, mapping.note_en if english else mapping.note_zh, wrap)
    page.set_row(0, 48)
    page.write_row(2, 0, words[1:6], bold)
    for place, one in enumerate(mapping.fields, start=3):
        cells = (
            one.title(locale),
            words[6] if one.required else "",
            one.note(locale) or _KIND_NOTES.get(one.kind, ("", ""))[english],
            (", " if english else "、").join(one.words(locale)),
            one.example,
        )
        for column, text in enumerate(cells):
            page.write_string(place, column, text)
