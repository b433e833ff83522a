"""An empty workbook to fill in: titles, drop-downs, text columns for codes, and what each column wants."""

from __future__ import annotations

from io import BytesIO
from typing import Any, Final

import xlsxwriter

from huiliu.integrations.importing.mapping import EntityMapping, Field
from huiliu.integrations.screen_texts import in_language
from huiliu.platform.settings_types import Words

_ROWS: Final = 10_000  # how far down drop-downs and formats go
_INSTRUCTIONS: Final = Words("说明", "Instructions")
_HEADS: Final = (
    Words("列", "Column"),
    Words("必填", "Needed"),
    Words("填写说明", "What to write"),
    Words("可选值", "Choices"),
    Words("示例", "Example"),
)
_NEEDED: Final = Words("必填", "needed")
_YES_OR_NO: Final = (Words("是", "yes"), Words("否", "no"))
_KIND_NOTES: Final = {
    "date": Words("日期，例如 2026-03-05 或 2026年3月5日", "A day, such as 2026-03-05"),
    "boolean": Words("是 或 否", "yes or no"),
    "decimal": Words("数字", "A number"),
    "whole": Words("整数", "A whole number"),
    "rate": Words("13% 或 0.13", "13% or 0.13"),
}


def template(mapping: EntityMapping, *, locale: str) -> bytes:
    """The workbook: the sheet to fill in first, the instructions behind it."""
    stream = BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True, "strings_to_formulas": False})
    page, notes = (
        book.add_worksheet(mapping.title(locale)[:31]),
        book.add_worksheet(_said(_INSTRUCTIONS, locale)),
    )
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
    _instructions(notes, book, mapping, locale=locale)
    book.close()
    return stream.getvalue()


def note_of(one: Field, locale: str) -> str:
    """What a column wants, in a line."""
    return "; ".join(part for part in (_wish(one, locale), _choices(one, locale)) if part)


def _said(words: Words, locale: str) -> str:
    return in_language(words.zh, words.en, locale)


def _wish(one: Field, locale: str) -> str:
    kind = _KIND_NOTES.get(one.kind)
    return one.note(locale) or (_said(kind, locale) if kind else "")


def _choices(one: Field, locale: str) -> str:
    return (", " if locale.startswith("en") else "、").join(one.words(locale))


def _drop_down(page: Any, place: int, one: Field, *, locale: str) -> None:
    offered = list(one.words(locale))
    if one.kind == "boolean":
        offered = [_said(one, locale) for one in _YES_OR_NO]
    if offered:
        page.data_validation(
            1, place, _ROWS, place, {"validate": "list", "source": offered, "error_type": "warning"}
        )


def _instructions(page: Any, book: Any, mapping: EntityMapping, *, locale: str) -> None:
    bold, wrap = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
    page.set_column(0, 0, 22)
    page.set_column(1, 1, 8)
    page.set_column(2, 4, 44, wrap)
    page.merge_range(0, 0, 0, 4, in_language(mapping.note_zh, mapping.note_en, locale), wrap)
    page.set_row(0, 48)
    page.write_row(2, 0, [_said(one, locale) for one in _HEADS], bold)
    for place, one in enumerate(mapping.fields, start=3):
        cells = (
            one.title(locale),
            _said(_NEEDED, locale) if one.required else "",
            _wish(one, locale),
            _choices(one, locale),
            one.example,
        )
        for column, text in enumerate(cells):
            page.write_string(place, column, text)
