"""What one version of a list changes against another, and the sentence that says it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Final

from huiliu.kernel.money import EXACT, plain_text, round_half_up
from huiliu.pricing.rules.wording import day_in_words, level_in_words
from huiliu.pricing.types import ListDiff, PriceLevel, PriceRow, PriceVersion, RowChange, RowKey

_WORDS: Final[dict[str, dict[str, str]]] = {
    "en": {
        "first": "The first version of this list: {added} prices.",
        "same": "No price changes.",
        "added": "{count} added",
        "removed": "{count} removed",
        "raised": "{count} raised, at most by {percent} %",
        "lowered": "{count} lowered, at most by {percent} %",
        "terms": "{count} with other quantity breaks or floor",
        "unchanged": "{count} unchanged",
        "summary": "Against the version before: {parts}.",
        "row+": "{name} ({unit}): new at {price}",
        "row-": "{name} ({unit}): no longer priced, was {price}",
        "row>": "{name} ({unit}): {before} → {after} ({percent} %)",
        "row~": "{name} ({unit}): still {price}, other breaks or floor",
        "head": "{what}: {before} → {after}",
        "join": ", ",
    },
    "zh-Hans": {
        "first": "本价目表的首个版本：共 {added} 个价格。",
        "same": "价格没有变化。",
        "added": "新增 {count} 个",
        "removed": "取消 {count} 个",
        "raised": "涨价 {count} 个（最高 {percent}%）",
        "lowered": "降价 {count} 个（最多 {percent}%）",
        "terms": "阶梯或底价调整 {count} 个",
        "unchanged": "不变 {count} 个",
        "summary": "与上一版本相比：{parts}。",
        "row+": "{name}（{unit}）：新增，{price}",
        "row-": "{name}（{unit}）：取消，原价 {price}",
        "row>": "{name}（{unit}）：{before} → {after}（{percent}%）",
        "row~": "{name}（{unit}）：价格仍为 {price}，阶梯或底价有调整",
        "head": "{what}：{before} → {after}",
        "join": "，",
    },
    "zh-Hant": {
        "first": "本價目表的首個版本：共 {added} 個價格。",
        "same": "價格沒有變化。",
        "added": "新增 {count} 個",
        "removed": "取消 {count} 個",
        "raised": "漲價 {count} 個（最高 {percent}%）",
        "lowered": "降價 {count} 個（最多 {percent}%）",
        "terms": "階梯或底價調整 {count} 個",
        "unchanged": "不變 {count} 個",
        "summary": "與上一版本相比：{parts}。",
        "row+": "{name}（{unit}）：新增，{price}",
        "row-": "{name}（{unit}）：取消，原價 {price}",
        "row>": "{name}（{unit}）：{before} → {after}（{percent}%）",
        "row~": "{name}（{unit}）：價格仍為 {price}，階梯或底價有調整",
        "head": "{what}：{before} → {after}",
        "join": "，",
    },
}
#: What stands where a head says nothing, such as the end of a list without one.
NOTHING: Final = "–"
_HEAD: Final = {
    "en": {
        "valid_from": "Valid from",
        "valid_to": "Valid to",
        "level": "Level",
        "priority": "Priority",
        "currency": "Currency",
        "audience": "Audience",
        "project": "Project",
        "name": "Name",
    },
    "zh-Hans": {
        "valid_from": "生效日",
        "valid_to": "失效日",
        "level": "层级",
        "priority": "优先级",
        "currency": "币种",
        "audience": "适用范围",
        "project": "项目",
        "name": "名称",
    },
    "zh-Hant": {
        "valid_from": "生效日",
        "valid_to": "失效日",
        "level": "層級",
        "priority": "優先級",
        "currency": "幣種",
        "audience": "適用範圍",
        "project": "專案",
        "name": "名稱",
    },
}


def diff_rows(before: Iterable[PriceRow], after: Iterable[PriceRow]) -> ListDiff:
    """Every row of either side, once: added, removed, raised, lowered, other terms, or unchanged."""
    old = {(row.sku_id, row.unit.unit): row for row in before}
    new = {(row.sku_id, row.unit.unit): row for row in after}
    raised: list[RowChange] = []
    lowered: list[RowChange] = []
    terms: list[RowKey] = []
    for key in sorted(old.keys() & new.keys()):
        was, now = price_of(old[key]), price_of(new[key])
        if was == now:
            if (old[key].breaks, old[key].floor_price) != (new[key].breaks, new[key].floor_price):
                terms.append(RowKey(*key, now))
            continue
        change = RowChange(*key, was, now, percent_of(was, now))
        (raised if now > was else lowered).append(change)
    unchanged = len(old.keys() & new.keys()) - len(raised) - len(lowered) - len(terms)
    return ListDiff(
        added=tuple(RowKey(*key, price_of(new[key])) for key in sorted(new.keys() - old.keys())),
        removed=tuple(RowKey(*key, price_of(old[key])) for key in sorted(old.keys() - new.keys())),
        raised=tuple(raised),
        lowered=tuple(lowered),
        terms=tuple(terms),
        unchanged=unchanged,
    )


def price_of(row: PriceRow) -> Decimal:
    """The price a row is known by: its own, else that of its first break."""
    return row.unit_price if row.unit_price is not None else row.breaks[0].unit_price


def percent_of(before: Decimal, after: Decimal) -> Decimal:
    """The change in percent of the price before, two decimals: 100 to 108 is 8.00."""
    return round_half_up(EXACT.divide(EXACT.multiply(EXACT.subtract(after, before), 100), before), 2)


def diff_heads(before: PriceVersion, after: PriceVersion) -> tuple[tuple[str, str, str], ...]:
    """What differs between two heads, as text."""
    found = []
    for name in ("valid_from", "valid_to", "level", "priority", "currency", "project"):
        was, now = getattr(before, name), getattr(after, name)
        if was != now:
            found.append((name, _text(was), _text(now)))
    return tuple(found)


def _text(value: object) -> str:
    if value is None or value == "":
        return NOTHING
    return str(getattr(value, "name", value))


def diff_in_words(
    diff: ListDiff,
    *,
    has_before: bool,
    name_of: Callable[[int], str],
    language: str = "zh-Hans",
    rows_max: int = 50,
) -> list[str]:
    """The summary, what changed of the head, then a sentence per row, the largest changes first."""
    words = _WORDS.get(language, _WORDS["en"])
    if not has_before:
        return [words["first"].format(added=len(diff.added))]
    heads = _HEAD.get(language, _HEAD["en"])
    said = [_summary(diff, words)]
    said += [
        words["head"].format(
            what=heads.get(what, what),
            before=_head_in_words(what, before, language),
            after=_head_in_words(what, after, language),
        )
        for what, before, after in diff.head
    ]
    return said + _rows(diff, words, name_of)[:rows_max]


def _head_in_words(what: str, text: str, language: str) -> str:
    """A value of the head as the reader says it: days and levels; the rest stands as it is."""
    if text == NOTHING:
        return text
    if what in ("valid_from", "valid_to"):
        return day_in_words(date.fromisoformat(text), language)
    return level_in_words(PriceLevel[text], language) if what == "level" else text


def _summary(diff: ListDiff, words: dict[str, str]) -> str:
    parts = []
    for name in ("added", "removed", "raised", "lowered", "terms"):
        if rows := getattr(diff, name):
            percent = _largest(rows) if name in ("raised", "lowered") else ""
            parts.append(words[name].format(count=len(rows), percent=percent))
    if not parts:
        return words["same"]
    if diff.unchanged:
        parts.append(words["unchanged"].format(count=diff.unchanged))
    return words["summary"].format(parts=words["join"].join(parts))


def _largest(rows: Sequence[RowChange]) -> str:
    return plain_text(max(abs(row.percent) for row in rows))


def _rows(diff: ListDiff, words: dict[str, str], name_of: Callable[[int], str]) -> list[str]:
    said = []
    for change in sorted(
        (*diff.raised, *diff.lowered), key=lambda row: (-abs(row.percent), row.sku_id, row.unit)
    ):
        percent = ("+" if change.percent > 0 else "") + plain_text(change.percent)
        said.append(
            words["row>"].format(
                name=name_of(change.sku_id),
                unit=change.unit,
                before=plain_text(change.before),
                after=plain_text(change.after),
                percent=percent,
            )
        )
    for mark, rows in (("row+", diff.added), ("row-", diff.removed), ("row~", diff.terms)):
        said += [
            words[mark].format(name=name_of(row.sku_id), unit=row.unit, price=plain_text(row.price))
            for row in rows
        ]
    return said
